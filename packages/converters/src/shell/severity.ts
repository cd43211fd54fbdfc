import type { Level } from '@sariflow/sarif';

/** The one scale that every scanner's own severities are read into. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown';

/** What SARIF says for a severity. */
export interface SeverityScale {
  readonly level: Level;
  /** `security-severity`, 0 to 10, where the tool gives no number of its own. */
  readonly score?: number;
  /** `rank`, 0 to 100. */
  readonly rank?: number;
}

/** One number for each of the bands that code scanning consumers use: critical, high, medium, low. */
export const severityScale = {
  critical: { level: 'error', score: 9.5, rank: 95 },
  high: { level: 'error', score: 8.0, rank: 80 },
  medium: { level: 'warning', score: 5.5, rank: 55 },
  low: { level: 'note', score: 2.0, rank: 20 },
  info: { level: 'note', rank: 5 },
  unknown: { level: 'note' },
} as const satisfies Record<Severity, SeverityScale>;

/** The severity whose band a score of 0 to 10 falls into. */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}

/**
 * A CVSS number, where it agrees with the severity that the tool gave. Tools raise and lower severities on purpose (a
 * distribution's own rating, a policy), and a raw number would undo that.
 */
export function agreeingScore(severity: Severity, cvss: number | undefined): number | undefined {
  return cvss !== undefined && cvss > 0 && cvss <= 10 && severityOfScore(cvss) === severity ? cvss : undefined;
}

/** A score as consumers want it: a string with one decimal. */
export function scoreText(score: number): string {
  return score.toFixed(1);
}
