import type { PathSegment } from '../../json/pointer.ts';
import { synonymOf } from '../../schema/synonyms.ts';
import { defineStructureRule } from './structure-rule.ts';
import { listOf, nameOf, quoted } from './words.ts';

/** A word that is not in the closed vocabulary of its member, or a string without the fixed form of its member. */
export const closedVocabulary = defineStructureRule({
  id: 'SF-S205',
  name: 'closed-vocabulary',
  level: 'error',
  specSection: '3.27.9',
  like: ['JSON1019'],
  summary: 'A value is one of the words that SARIF lists for its member, or has the fixed form that SARIF gives it.',
  explanation: {
    cause:
      "A tool's own severity or state was written where SARIF has its own words, or the word is written in other letter case.",
    reason:
      'Consumers that do not know the word reject the log or fall back to a default, which changes the severity of a finding without a word.',
    repair:
      'Letter case is corrected; synonyms of levels and kinds become SARIF\'s words. The original word stays in properties, as "original/level" or "original/kind". Other values are dropped.',
    before: '{ "level": "CRITICAL", "message": { "text": "Hard-coded password." } }',
    after:
      '{ "level": "error", "message": { "text": "Hard-coded password." }, "properties": { "original/level": "CRITICAL" } }',
  },
  messages: {
    unknownWord: (path: readonly PathSegment[], value: unknown, words: readonly string[]) =>
      `${nameOf(path)} is ${quoted(value)}, which is not one of SARIF's words. Use ${listOf(words)}.`,
    wrongForm: (path: readonly PathSegment[], value: unknown, pattern: string) =>
      `${nameOf(path)} is ${quoted(value)}, which does not have the form that SARIF gives it (${pattern}). Write it in that form, or leave it out.`,
  },
  repair({ path, value, expected }, { document }) {
    if (expected?.type !== 'string' || typeof value !== 'string') return 'drop';
    const member = path.at(-1);
    const folded = expected.words?.find((word) => word.toLowerCase() === value.trim().toLowerCase());
    if (folded !== undefined) {
      document.set(path, folded);
      return { done: `Corrected the letter case of ${quoted(value)}.` };
    }
    if (member !== 'level' && member !== 'kind') return 'drop';
    const word = synonymOf(expected.words ?? [], value);
    document.keepOriginal(path, `original/${member}`, value);
    if (word === undefined) return 'drop';
    document.set(path, word);
    return {
      done: `Replaced ${quoted(value)} by '${word}' and kept the original in properties["original/${member}"].`,
    };
  },
});
