import type { Severity } from '../shell/severity.ts';

/**
 * Semgrep's words for severity, of the rules (`ERROR` …), of the newer scale and of the platform, in upper case. `INFO`
 * is not here: it depends on the rule's category.
 */
const severities: ReadonlyMap<string, Severity> = new Map([
  ['CRITICAL', 'critical'],
  ['ERROR', 'high'],
  ['HIGH', 'high'],
  ['WARNING', 'medium'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
  ['EXPERIMENT', 'info'],
  ['INVENTORY', 'info'],
]);

/** The severity that a word means, in any letter case; undefined when it is none of Semgrep's. */
export function severityOf(word: string, isSecurity: boolean): Severity | undefined {
  const upper = word.toUpperCase();
  // Semgrep documents INFO as low severity; for style rules that would be an alert about nothing.
  if (upper === 'INFO') return isSecurity ? 'low' : 'info';
  return severities.get(upper);
}
