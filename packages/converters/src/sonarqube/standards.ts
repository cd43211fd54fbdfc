import { cweKindOf } from '@sariflow/sarif';
import { cweOf } from '../taxonomies/cwe.ts';
import type { Taxon } from '../taxonomies/taxon.ts';

/** Security standards of Sonar whose classes are taxa, and the names of their taxonomies. */
const lists: ReadonlyMap<string, string> = new Map([
  ['owaspTop10', 'OWASP Top 10 2017'],
  ['owaspTop10-2021', 'OWASP Top 10 2021'],
  ['owaspTop10-2025', 'OWASP Top 10 2025'],
  ['owaspMobileTop10-2024', 'OWASP Mobile Top 10 2024'],
]);

const numbered = /^(a|m)0*([1-9]\d?)$/i;
const tagOfCwe = /^cwe-0*([1-9]\d{0,4})$/i;
const tagOfOwasp = /^owasp-(?:(\d{4})-)?(a|m)0*([1-9]\d?)$/i;
const linkToCwe = /cwe\.mitre\.org\/data\/definitions\/0*([1-9]\d{0,4})\b/gi;

/** The class that an entry of `securityStandards` names, such as `cwe:79` or `owaspTop10-2021:a3`. */
export function taxonOfStandard(text: string): Taxon | undefined {
  const colon = text.indexOf(':');
  if (colon === -1) return undefined;
  const [standard, value] = [text.slice(0, colon), text.slice(colon + 1)];
  if (standard === 'cwe') return isWeakness(value) ? cweOf(value) : undefined;
  const taxonomy = lists.get(standard);
  const match = numbered.exec(value);
  if (taxonomy === undefined || match === null) return undefined;
  return { taxonomy, id: `${(match[1] as string).toUpperCase()}${(match[2] as string).padStart(2, '0')}` };
}

/** The class that a tag names, such as `cwe-937` or `owasp-a9`; most tags name none. */
export function taxonOfTag(tag: string): Taxon | undefined {
  // Nearly all tags are other words.
  const first = tag.charCodeAt(0) | 0x20;
  if (first === 0x63) {
    const number = tagOfCwe.exec(tag)?.[1];
    return number === undefined || !isWeakness(number) ? undefined : { taxonomy: 'CWE', id: number };
  }
  if (first !== 0x6f) return undefined;
  const match = tagOfOwasp.exec(tag);
  if (match === null) return undefined;
  const letter = (match[2] as string).toUpperCase();
  const list = letter === 'M' ? 'OWASP Mobile Top 10' : 'OWASP Top 10';
  return {
    taxonomy: match[1] === undefined ? list : `${list} ${match[1]}`,
    id: `${letter}${(match[3] as string).padStart(2, '0')}`,
  };
}

/** The weakness classes that a description links to. */
export function taxaOfLinks(html: string): Taxon[] {
  const numbers = Array.from(html.matchAll(linkToCwe), (match) => match[1] as string);
  return numbers.filter(isWeakness).map((id) => ({ taxonomy: 'CWE', id }));
}

/**
 * Whether consumers may see a tag. One such as `cwe-937` names a category of CWE, which is not a weakness that a finding can
 * have; the plug-in for dependencies gives it to each of its issues.
 */
export function isPlainTag(tag: string): boolean {
  const number = tagOfCwe.exec(tag)?.[1];
  return tag !== '' && (number === undefined || isWeakness(number));
}

/** Not a category or a view, which CWE numbers like weaknesses. */
function isWeakness(number: string): boolean {
  return /^\d{1,5}$/.test(number) && cweKindOf(Number(number)) === 'weakness';
}

/** Each class once (§3.19.23). */
export function distinctTaxa(taxa: readonly Taxon[]): Taxon[] {
  return [...new Map(taxa.map((taxon) => [`${taxon.taxonomy} ${taxon.id}`, taxon])).values()];
}
