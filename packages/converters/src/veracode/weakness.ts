import { cweOf } from '../taxonomies/cwe.ts';
import type { Taxon } from '../taxonomies/taxon.ts';

/**
 * The weakness of a finding, from its number (`89`, `"89"`, `CWE-89`) and its name. Undefined for what is no number above
 * zero.
 */
export function weaknessOf(written: unknown, name?: string): Taxon | undefined {
  const text = typeof written === 'number' ? String(written) : typeof written === 'string' ? written : '';
  const key = `${text}\n${name ?? ''}`;
  let taxon = knownTaxa.get(key);
  if (taxon !== undefined) return taxon;
  const read = cweOf(text);
  if (read === undefined) return undefined;
  taxon = { ...read, name: name?.trim() || read.name };
  if (knownTaxa.size >= mostTaxa) knownTaxa.clear();
  knownTaxa.set(key, taxon);
  return taxon;
}

/** A report names few weaknesses, each of them often. */
const knownTaxa = new Map<string, Taxon>();
const mostTaxa = 2000;
