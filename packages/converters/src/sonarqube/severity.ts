import type { Severity } from '../shell/severity.ts';

/** Sonar's words for severity: of issues, of impacts on a software quality, and the probability of a hotspot. */
const severities: ReadonlyMap<string, Severity> = new Map([
  ['BLOCKER', 'critical'],
  ['CRITICAL', 'high'],
  ['HIGH', 'high'],
  ['MAJOR', 'medium'],
  ['MEDIUM', 'medium'],
  ['MINOR', 'low'],
  ['LOW', 'low'],
  ['INFO', 'info'],
]);

const mostSevereFirst: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** The severity that a word means, in any letter case; undefined when it is none of Sonar's. */
export function severityOf(word: string): Severity | undefined {
  return severities.get(word) ?? severities.get(word.toUpperCase());
}

/** What an issue does to a software quality, in the mode of multiple qualities (MQR). */
export interface Impact {
  /** `SECURITY`, `RELIABILITY`, `MAINTAINABILITY`. */
  readonly quality: string;
  readonly severity: Severity;
}

/** The severity that counts: that of the impact on security, else the highest. */
export function severityOfImpacts(impacts: readonly Impact[]): Severity | undefined {
  const security = impacts.filter(({ quality }) => quality === 'SECURITY');
  const counting = security.length > 0 ? security : impacts;
  return mostSevereFirst.find((severity) => counting.some((impact) => impact.severity === severity));
}
