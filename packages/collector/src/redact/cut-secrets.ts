import { tokenFormats, tokenHint } from './token-formats.ts';

/** What stands where a secret stood. */
export const cutMark = '***';

/** A text without the secrets that can be told by their form. */
export interface CutText {
  readonly text: string;
  /** How many were cut. */
  readonly cuts: number;
}

/** Shorter than any secret of a known form. */
const shortest = 12;

/** Replaces every secret of a known form by `***`. What is no secret stays as it is. */
export function cutTokens(text: string): CutText {
  if (text.length < shortest || !mayHoldToken(text)) return { text, cuts: 0 };
  let cuts = 0;
  let clean = text;
  for (const { pattern } of tokenFormats) {
    clean = clean.replace(pattern, (...found: unknown[]) => {
      cuts += 1;
      return `${typeof found[1] === 'string' ? found[1] : ''}${cutMark}`;
    });
  }
  return { text: clean, cuts };
}

/** Most texts are prose, which no format has to be tried on. */
function mayHoldToken(text: string): boolean {
  return (longRun.test(text) || text.includes('://') || text.includes('-----')) && tokenHint.test(text);
}

/** Every format but those of URLs and of keys in several lines has so many characters without a space. */
const longRun = /\S{12}/;

/** Bits per character from which on a word is taken for random. */
const randomBits = 3.5;

/**
 * Replaces words that look random: long, with several digits, without pattern. For the words of secret scanners only: elsewhere hashes and
 * identifiers look the same.
 */
export function cutRandomWords(text: string): CutText {
  let cuts = 0;
  const clean = text.replace(/[A-Za-z0-9+/_=-]{16,}/g, (word) => {
    // Paths and compound names have separators every few letters.
    if (!word.split(/[/_=-]/).some(looksRandom)) return word;
    cuts += 1;
    return cutMark;
  });
  return { text: clean, cuts };
}

function looksRandom(run: string): boolean {
  return run.length >= 16 && run.replace(/\D/g, '').length >= 3 && /[A-Za-z]/.test(run) && entropyOf(run) >= randomBits;
}

/** Shannon entropy in bits per character. */
function entropyOf(word: string): number {
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length);
  return bits;
}

/** Replaces texts that are known to be secret, wherever they stand. */
export function cutNeedles(text: string, needles: ReadonlySet<string>): CutText {
  let cuts = 0;
  let clean = text;
  for (const needle of needles) {
    const pieces = clean.split(needle);
    cuts += pieces.length - 1;
    clean = pieces.join(cutMark);
  }
  return { text: clean, cuts };
}
