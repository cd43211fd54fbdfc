import { cweOf } from '../taxonomies/cwe.ts';
import type { Taxon } from '../taxonomies/taxon.ts';

/** What the OWASP Dependency-Check plug-in packs into the message of an issue. */
export interface DependencyMessage {
  /** File or package, as written. */
  readonly name: string;
  /** CVE, GHSA and other ids. */
  readonly advisories: readonly string[];
  /** The highest CVSS number. */
  readonly score: number | undefined;
  readonly taxa: readonly Taxon[];
}

const advisory = /\b(?:CVE-\d{4}-\d{4,19}|GHSA(?:-[0-9a-z]{4}){3}|OSV-\d{4}-\d{1,19})\b/gi;
const highestScore = /^(?:Highest )?CVSS Score$/i;

/** Reads `Filename: a.jar | Reference: CVE-… | CVSS Score: 6.4 | Category: CWE-120 | …`; undefined for other messages. */
export function readDependencyMessage(message: string): DependencyMessage | undefined {
  if (!message.startsWith('Filename: ')) return undefined;
  const parts = message.split(' | ').map((part) => {
    const colon = part.indexOf(': ');
    return colon === -1
      ? { label: '', value: part }
      : { label: part.slice(0, colon).trim(), value: part.slice(colon + 2) };
  });
  const name = parts[0]?.value.trim() ?? '';
  if (name === '' || parts.length < 2) return undefined;
  const references = parts.filter(({ label }) => /^References?$/i.test(label)).map(({ value }) => value);
  const score = Number(parts.find(({ label }) => highestScore.test(label))?.value.trim() || undefined);
  const taxa = parts
    .filter(({ label }) => /^Category$/i.test(label))
    .flatMap(({ value }) => value.split(',').map(cweOf))
    .filter((taxon) => taxon !== undefined);
  return {
    name,
    advisories: [...new Set(references.flatMap((text) => text.match(advisory) ?? []))],
    score: score >= 0 && score <= 10 ? score : undefined,
    taxa,
  };
}
