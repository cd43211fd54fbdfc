import type { RuleDocument } from '../rule.ts';

/** Depth is what brings recursive parsers down. */
export const nestingDepth = {
  id: 'SF-P109',
  name: 'nesting-depth',
  level: 'error',
  summary: 'Arrays and objects are not nested deeper than the limit allows.',
  explanation: {
    cause: 'A producer wrote a recursive structure into a property bag, or somebody means harm.',
    reason: 'Many parsers overflow their stack on such a document.',
    repair: 'None: the limit maxDepth says how deep is allowed; the default is 200.',
    before: '{ "properties": { "a": { "a": { "a": … } } } }',
    after: '{ "properties": { "a": "…" } }',
  },
} as const satisfies RuleDocument;
