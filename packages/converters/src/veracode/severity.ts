import { type Severity, severityOfScore } from '../shell/severity.ts';

/** Veracode's scale, by its numbers: 5 Very High, 4 High, 3 Medium, 2 Low, 1 Very Low, 0 Informational. */
const severities: readonly Severity[] = ['info', 'low', 'low', 'medium', 'high', 'critical'];

const words: ReadonlyMap<string, Severity> = new Map([
  ['very high', 'critical'],
  ['critical', 'critical'],
  ['high', 'high'],
  ['medium', 'medium'],
  ['low', 'low'],
  ['very low', 'low'],
  ['informational', 'info'],
]);

/** The severity that a number from 0 to 5, or its name, means; undefined for anything else. */
export function severityOf(written: number | string): Severity | undefined {
  if (typeof written === 'string') {
    const word = words.get(written.trim().toLowerCase());
    if (word !== undefined) return word;
    if (!/^\s*\d\s*$/.test(written)) return undefined;
  }
  return severities[Number(written)];
}

/** The severity of a CVSS number, which is what dependency scans outside of the platform write. */
export function severityOfCvss(score: number): Severity | undefined {
  return score >= 0 && score <= 10 ? severityOfScore(score) : undefined;
}
