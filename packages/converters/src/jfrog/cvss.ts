import type { Fields } from '../values/fields.ts';

/** A CVSS rating: the number, the vector, or both. */
export interface Cvss {
  readonly score: number | undefined;
  readonly vector: string | undefined;
}

const number = /^\s*(\d{1,2}(?:\.\d{1,4})?)\s*(?:\/|$)/;
const vectorOf = /(?:CVSS:[\d.]+\/)?A[VC]:[A-Z][A-Za-z:/]*$/;

/** Longer texts are no ratings. */
const mostCharacters = 300;

/**
 * A rating that is written in one of Xray's ways: `9.8/CVSS:3.0/AV:…` in one text, or the number (also as a text) in one field and
 * the vector in another. Empty texts are how absent ones are written. What cannot be read is doubted and stays as it is.
 */
export function readCvss(
  fields: Fields,
  scoreNames: readonly string[],
  vectorNames: readonly string[],
): Cvss | undefined {
  let score: number | undefined;
  let vector: string | undefined;
  for (const name of scoreNames) {
    const value = fields.object[name];
    if (typeof value === 'number') {
      score ??= inRange(fields, name, value);
      continue;
    }
    const text = fields.text(name)?.slice(0, mostCharacters).trim();
    if (text === undefined || text === '') continue;
    const written = number.exec(text)?.[1];
    const found = vectorOf.exec(text)?.[0];
    if (written !== undefined) score ??= inRange(fields, name, Number(written));
    vector ??= found;
    if (written === undefined && found === undefined) doubtScore(fields, name, JSON.stringify(text));
  }
  for (const name of vectorNames) vector ??= fields.text(name)?.trim() || undefined;
  return score === undefined && vector === undefined ? undefined : { score, vector };
}

function inRange(fields: Fields, name: string, score: number): number | undefined {
  if (score >= 0 && score <= 10) return score;
  doubtScore(fields, name, String(score));
  return undefined;
}

function doubtScore(fields: Fields, name: string, written: string): void {
  fields.doubt('SF-K106', name, `${written} is no CVSS rating: a number from 0 to 10 was expected. It is not used.`);
  fields.keep(name);
}
