import type { PathSegment } from '../../json/pointer.ts';
import type { PropertyBag, ReportingDescriptor, ReportingDescriptorReference, Result } from '../../model/model.ts';
import { isCwe, numberOfId } from '../../run/cwe.ts';
import { cweKindOf, cweVersion } from '../../run/cwe-numbers.ts';
import { isToolRule } from '../../run/is-tool-rule.ts';
import { type TaxonLookup, taxaIn } from '../../run/taxa.ts';
import { defineRule } from '../rule.ts';

/** Longer texts are no names of weaknesses. */
const maxText = 500;

/** What rules and results say of themselves; a taxonomy may well describe categories and views. */
export const knownWeakness = defineRule({
  id: 'SF-V802',
  name: 'known-weakness',
  level: 'warning',
  summary: 'A CWE that a rule or a result names is a weakness.',
  explanation: {
    cause:
      'A placeholder or a number with a typing error was written, or a category such as CWE-310 in place of a weakness.',
    reason:
      'Categories and views group weaknesses for reading. MITRE forbids to map findings to them, and consumers that know weaknesses only find nothing.',
    repair: 'None: which weakness was meant is not known.',
    before: '{ "id": "shop/no-md5", "properties": { "tags": ["external/cwe/cwe-310"] } }',
    after: '{ "id": "shop/no-md5", "properties": { "tags": ["external/cwe/cwe-327"] } }',
  },
  visits: ['reportingDescriptor', 'result'],
  check(object, { path, result, context }, report) {
    if (result === undefined ? !isToolRule(path) : !mayClaim(result)) return;
    const told = new Set<string>();
    for (const { text, at } of claimsOf(object as Claimant, taxaIn(context))) {
      for (const { name, message } of defectsIn(text)) {
        if (told.has(name)) continue;
        told.add(name);
        report({ message, at, value: text });
      }
    }
  },
});

/** What a rule and a result have that may name weaknesses. */
type Claimant = Pick<Result, 'taxa' | 'properties'> & Partial<Pick<ReportingDescriptor, 'relationships' | 'id'>>;

/** Few results claim anything: the others are done with here. */
function mayClaim({ taxa, properties }: Result): boolean {
  return taxa !== undefined || properties?.['cwe'] !== undefined || properties?.tags !== undefined;
}

/** A text that claims to name weaknesses. */
interface Claim {
  readonly text: string;
  readonly at: readonly PathSegment[];
}

function* claimsOf({ taxa, relationships, properties, id }: Claimant, lookup: TaxonLookup): Generator<Claim> {
  for (const [index, taxon] of (taxa ?? []).entries()) yield* claimOfTaxon(taxon, ['taxa', index], lookup);
  for (const [index, { target }] of (relationships ?? []).entries()) {
    yield* claimOfTaxon(target, ['relationships', index, 'target'], lookup);
  }
  yield* claimsInProperty(properties);
  const tags: unknown = properties?.tags;
  for (const [index, tag] of (Array.isArray(tags) ? (tags as unknown[]) : []).entries()) {
    if (typeof tag === 'string') yield { text: tag, at: ['properties', 'tags', index] };
  }
  const own = numberOfId(id);
  if (own !== undefined) yield { text: `CWE-${own}`, at: ['id'] };
}

/** The id of a taxon of CWE, in the form `CWE-79`. */
function* claimOfTaxon(
  reference: ReportingDescriptorReference,
  at: readonly PathSegment[],
  lookup: TaxonLookup,
): Generator<Claim> {
  const { taxonomy, id } = lookup.find(reference);
  if (taxonomy === undefined || id === undefined || !isCwe(taxonomy)) return;
  yield { text: /^cwe/i.test(id) ? id : `CWE-${id}`, at };
}

/** What stands under `cwe` is about nothing else, whether it says CWE or not. */
function* claimsInProperty(properties: PropertyBag | undefined): Generator<Claim> {
  const value: unknown = properties?.['cwe'];
  const isList = Array.isArray(value);
  for (const [index, element] of (isList ? (value as unknown[]) : [value]).entries()) {
    if (typeof element !== 'string' && typeof element !== 'number') continue;
    const text = String(element).trim();
    const at = isList ? ['properties', 'cwe', index] : ['properties', 'cwe'];
    // The National Vulnerability Database has two names for what it does not classify.
    if (text === '' || /^NVD-CWE-/i.test(text)) continue;
    yield { text: /cwe/i.test(text) ? text : `CWE-${text}`, at };
  }
}

function* defectsIn(text: string): Generator<{ readonly name: string; readonly message: string }> {
  const start = text.slice(0, maxText);
  // Lists such as CWE-Top-25 are no weaknesses, and do not claim to be.
  if (/top[-_ ]?\d/i.test(start)) return;
  for (const [, digits = ''] of start.matchAll(/\bcwe[-_:/ ]?(\d+)\b/gi)) {
    const name = `CWE-${digits.replace(/^0+(?=\d)/, '')}`;
    const kind = cweKindOf(Number(digits));
    if (kind === 'unknown') {
      yield { name, message: `There is no ${name} in CWE ${cweVersion}. Write the number of the weakness.` };
    } else if (kind === 'category-or-view') {
      yield {
        name,
        message: `${name} is a category or a view of CWE ${cweVersion}, not a weakness. Write the weakness itself.`,
      };
    }
  }
  const word = /^(?:external\/cwe\/)?cwe[-_:]([a-z0-9]+)$/i.exec(start)?.[1];
  if (word !== undefined && /[a-z]/i.test(word)) {
    yield {
      name: word,
      message: `'${start}' names no weakness, because '${word}' is not a number. Write the number of the weakness.`,
    };
  }
}
