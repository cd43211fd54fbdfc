import type { Level, PropertyBag, ReportingDescriptor, Result } from '../model/model.ts';

/** `none` is a score of 0, `info` a result without a level. */
export type SeverityBand = 'critical' | 'high' | 'medium' | 'low' | 'none' | 'info';

/** How bad a finding is for security, beside its level: neither takes the other's place. */
export interface SecuritySeverity {
  /** 0.0 to 10.0; absent when only the level tells. */
  readonly score?: number;
  readonly band: SeverityBand;
  /** What the log says instead of a score: a word, or no more than the level. */
  readonly derived?: 'word' | 'level';
}

const scoresOfWords: Readonly<Record<string, number>> = { critical: 9.5, high: 8, medium: 5.5, low: 2 };

const bandsOfLevels = { error: 'high', warning: 'medium', note: 'low', none: 'info' } as const satisfies Record<
  Level,
  SeverityBand
>;

/**
 * The security severity of a result: what it states as `security-severity`, what its rule states, a CVSS score of either, else what
 * the level stands for.
 *
 * @param level the result's effective level
 */
export function securitySeverity(
  result: Result,
  rule: ReportingDescriptor | undefined,
  level: Level,
): SecuritySeverity {
  const bags = [result.properties, rule?.properties];
  for (const bag of bags) {
    const severity = severityOf(bag?.['security-severity']);
    if (severity === undefined) continue;
    // Normalization writes a score in the place of a word, and keeps the word.
    const isOfWord = scoreOfWord(bag?.['original/security-severity']) === severity.score;
    return isOfWord ? { ...severity, derived: 'word' } : severity;
  }
  for (const bag of bags) {
    const score = cvssScoreOf(bag);
    if (score !== undefined) return { score, band: bandOf(score) };
  }
  return { band: bandsOfLevels[level], derived: 'level' };
}

/** The band of a score, as CVSS and GitHub draw the lines. */
export function bandOf(score: number): SeverityBand {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}

/** The score in a property: a number from 0 to 10, or a text that is one. */
export function scoreOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*\d{1,2}(?:\.\d{1,9})?\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number <= 10 ? number : undefined;
}

/** The score in the middle of the band that a word names. */
export function scoreOfWord(value: unknown): number | undefined {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return Object.hasOwn(scoresOfWords, word) ? scoresOfWords[word] : undefined;
}

function severityOf(value: unknown): SecuritySeverity | undefined {
  const score = scoreOf(value);
  if (score !== undefined) return { score, band: bandOf(score) };
  const derived = scoreOfWord(value);
  return derived === undefined ? undefined : { score: derived, band: bandOf(derived), derived: 'word' };
}

/** The score among properties such as `cvssv3_baseScore`, `cvssScore` or `cvss: { score }`. The latest edition of CVSS wins. */
function cvssScoreOf(properties: PropertyBag | undefined): number | undefined {
  let best: { readonly score: number; readonly edition: number } | undefined;
  for (const [name, value] of Object.entries(properties ?? {})) {
    const match = /^cvss[-_ ]?v?([234])?(.{0,20})$/i.exec(name);
    if (match === null) continue;
    const [, edition = '3', rest = ''] = match;
    // Exploitability and impact have scores of their own, which are parts of the whole.
    if (!/^(?:[._-]?[0-9])?[-_ .]?(?:base)?[-_ .]?(?:score)?$/i.test(rest)) continue;
    const score = scoreOf(value) ?? scoreInside(value);
    if (score !== undefined && (best === undefined || Number(edition) > best.edition)) {
      best = { score, edition: Number(edition) };
    }
  }
  return best?.score;
}

function scoreInside(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { score, baseScore } = value as { readonly score?: unknown; readonly baseScore?: unknown };
  return scoreOf(score) ?? scoreOf(baseScore);
}
