import type { Severity } from '../shell/severity.ts';
import type { Fields } from '../values/fields.ts';

/** Snyk's words for severity, in lower case. */
const severities: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['high', 'high'],
  ['medium', 'medium'],
  ['low', 'low'],
  ['info', 'info'],
  ['none', 'info'],
]);

const order: readonly Severity[] = ['unknown', 'info', 'low', 'medium', 'high', 'critical'];

/** The severity that a word means, in any letter case; undefined when it is none of Snyk's. */
function severityOf(word: string): Severity | undefined {
  return severities.get(word.toLowerCase());
}

/** A severity as a number from 0 to 5, the most urgent last. */
export function rankOf(severity: Severity): number {
  return order.indexOf(severity);
}

/** The severity that such a number stands for. */
export function severityAt(rank: number): Severity {
  const severity = order[rank];
  if (severity === undefined) throw new Error(`There is no severity ${rank}.`);
  return severity;
}

/** The more urgent of two severities. */
export function worse(one: Severity, other: Severity): Severity {
  return rankOf(one) >= rankOf(other) ? one : other;
}

/** The severity that the first of these members names, and the word as written. Says which words mean nothing, and keeps them. */
export function readSeverity(
  fields: Fields,
  names: readonly string[],
): { severity: Severity; severityText: string | undefined } {
  let isThere = false;
  for (const name of names) {
    const word = fields.text(name);
    isThere ||= fields.object[name] !== undefined && fields.object[name] !== null;
    if (word === undefined) continue;
    const severity = severityOf(word);
    if (severity !== undefined) return { severity, severityText: word };
    fields.doubt('SF-K104', name, `The severity ${JSON.stringify(word)} is none of Snyk's.`);
    fields.keep(name);
  }
  if (!isThere) fields.doubt('SF-K104', undefined, `The finding has no "${names.at(-1)}".`);
  return { severity: 'unknown', severityText: undefined };
}
