import type { Severity } from '../shell/severity.ts';

/** Xray's words for severity, in lower case. An empty one is how some versions write that it is not known. */
const severities: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['high', 'high'],
  ['medium', 'medium'],
  ['low', 'low'],
  ['information', 'info'],
  ['info', 'info'],
  ['unknown', 'unknown'],
  ['', 'unknown'],
]);

/** The severity that a word means, in any letter case; undefined when it is none of Xray's. */
export function severityOf(word: string): Severity | undefined {
  return severities.get(word.trim().toLowerCase());
}

/** Whether the word says that a component was looked at and nothing was found: such an entry is no finding. */
export function saysNoIssues(word: unknown): boolean {
  return typeof word === 'string' && /^scanned\s*-\s*no issues$/i.test(word.trim());
}
