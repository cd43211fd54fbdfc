import type { PathSegment } from '../../json/pointer.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf, quoted } from './words.ts';

/** A language that is not an RFC 5646 tag. */
export const languageTag = defineStructureRule({
  id: 'SF-S211',
  name: 'language-tag',
  level: 'warning',
  specSection: '3.14.7',
  like: ['JSON1015'],
  summary: 'A language is an RFC 5646 tag such as en-US or zh-Hans-CN.',
  explanation: {
    cause:
      "The producer wrote the language's name, a locale with an underscore, or the empty name of the invariant culture of .NET.",
    reason: 'Translations are found by this tag.',
    repair: 'The value is kept; an empty one is removed.',
    before: '{ "language": "en_US" }',
    after: '{ "language": "en-US" }',
  },
  messages: {
    notLanguage: (path: readonly PathSegment[], value: unknown) =>
      `${nameOf(path)} is ${quoted(value)}, which is not an RFC 5646 language tag. Write it like 'en-US', or leave it out.`,
  },
  repair: ({ value }) => (typeof value === 'string' && value.trim() === '' ? 'drop' : 'keep'),
});
