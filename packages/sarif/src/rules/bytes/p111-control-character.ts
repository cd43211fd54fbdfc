import type { RuleDocument } from '../rule.ts';

/** Control characters do things where text is shown. */
export const controlCharacter = {
  id: 'SF-P111',
  name: 'control-character',
  level: 'warning',
  summary: 'Strings hold no control characters but tabulator and line breaks.',
  explanation: {
    cause: 'Output of a terminal with colours, or binary content, was copied into a string.',
    reason: 'Terminals act on such characters, databases refuse U+0000, and XML cannot hold them.',
    repair: 'U+0000 is removed from values; other control characters stay, as escapes.',
    before: '{ "text": "\\u001b[31mUnused\\u0000 variable." }',
    after: '{ "text": "\\u001b[31mUnused variable." }',
  },
} as const satisfies RuleDocument;
