import type { PropertyBag, ReportingDescriptor, Result, RunHeader } from '../model/model.ts';
import { type FoundTaxon, TaxonLookup } from './taxa.ts';

/** Where it is written that a result is about a weakness, the most reliable place first. */
export type WeaknessSource = 'taxa' | 'implied' | 'related' | 'properties' | 'tags' | 'rule';

/** A weakness that a result is about. */
export interface Weakness {
  /** In the form `CWE-79`. */
  readonly id: string;
  readonly source: WeaknessSource;
  /** Whether the result belongs to the weakness, its rule only relates to it, or a text mentions it. */
  readonly confidence: 'member' | 'related' | 'mentioned';
}

const confidences = {
  taxa: 'member',
  implied: 'member',
  related: 'related',
  properties: 'mentioned',
  tags: 'mentioned',
  rule: 'mentioned',
} as const satisfies Record<WeaknessSource, Weakness['confidence']>;

const mention = /\bcwe[-_:/ ]?0*([1-9]\d{0,4})\b/gi;

/** An id that is a weakness, or that of a rule below one: `CWE-79`, `CWE-79/reflected`. */
const ownId = /^cwe[-_: ]?0*([1-9]\d{0,4})(?:\/|$)/i;

/** Longer texts are no names of weaknesses. */
const maxText = 500;

/** The weaknesses that a result is about, from all that the result and its rule say of it, each once. */
export function weaknessesOfResult(
  result: Result,
  rule: ReportingDescriptor | undefined,
  run: RunHeader,
  lookup = new TaxonLookup(run),
): Weakness[] {
  const found = new Map<string, Weakness>();
  for (const { confidence, ...taxon } of lookup.taxaOf(result, rule)) {
    add(found, numberOfTaxon(taxon), confidence === 'stated' ? 'taxa' : confidence);
  }
  for (const { properties } of [result, rule ?? {}]) addAll(found, numbersInProperty(properties), 'properties');
  for (const { properties } of [result, rule ?? {}]) addAll(found, numbersInTags(properties), 'tags');
  const { id = result.ruleId ?? result.rule?.id, name } = rule ?? {};
  add(found, numberOfId(id) ?? numberOfId(name), 'rule');
  return [...found.values()];
}

/** The weaknesses that a descriptor names, as `CWE-79`: by relationships, by properties, by tags, by its own id. */
export function weaknessesOf(descriptor: ReportingDescriptor, run: RunHeader, lookup = new TaxonLookup(run)): string[] {
  const { id } = descriptor;
  return weaknessesOfResult({ ruleId: id, message: {} }, descriptor, run, lookup).map((weakness) => weakness.id);
}

/** The string tags of a property bag. */
export function tagsOf(properties: PropertyBag | undefined): string[] {
  const tags: unknown = properties?.tags;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

/** The CWE number of a taxon, whose taxonomy calls itself CWE and whose id is `79` or `CWE-79`: both are in use. */
export function numberOfTaxon({ taxonomy, id }: Pick<FoundTaxon, 'taxonomy' | 'id'>): number | undefined {
  if (taxonomy === undefined || id === undefined || !isCwe(taxonomy)) return undefined;
  return bareNumber(id) ?? numbersInText(id)[0];
}

/** Whether this is the name of the Common Weakness Enumeration. */
export function isCwe(taxonomy: string): boolean {
  return taxonomy.trim().toUpperCase() === 'CWE';
}

/** The CWE numbers that a property bag gives as `cwe`. */
export function numbersInProperty(properties: PropertyBag | undefined): number[] {
  const value: unknown = properties?.['cwe'];
  return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((element) => {
    if (typeof element === 'number') return bareNumber(String(element)) ?? [];
    return typeof element === 'string' ? (bareNumber(element) ?? numbersInText(element)) : [];
  });
}

/** The CWE numbers among the tags of a property bag: `external/cwe/cwe-079`, `CWE-79: Cross-site Scripting`. */
export function numbersInTags(properties: PropertyBag | undefined): number[] {
  return tagsOf(properties).flatMap(numbersInText);
}

/** The CWE number that an id or a name is. */
export function numberOfId(id: string | undefined): number | undefined {
  const match = id === undefined ? null : ownId.exec(id.slice(0, maxText));
  return match === null ? undefined : Number(match[1]);
}

function numbersInText(text: string): number[] {
  return Array.from(text.slice(0, maxText).matchAll(mention), ([, number]) => Number(number));
}

function bareNumber(text: string): number | undefined {
  const match = /^\s*0{0,9}([1-9]\d{0,4})\s*$/.exec(text.slice(0, maxText));
  return match === null ? undefined : Number(match[1]);
}

function addAll(found: Map<string, Weakness>, numbers: readonly number[], source: WeaknessSource): void {
  for (const number of numbers) add(found, number, source);
}

function add(found: Map<string, Weakness>, number: number | undefined, source: WeaknessSource): void {
  if (number === undefined) return;
  const id = `CWE-${number}`;
  if (!found.has(id)) found.set(id, { id, source, confidence: confidences[source] });
}
