import type { RuleDocument } from '../rule.ts';

/** A limit that is named is better than a process that runs out of memory. */
export const sizeLimits = {
  id: 'SF-P113',
  name: 'size-limits',
  level: 'error',
  summary: 'The document, its strings and its results are not longer than the limits allow.',
  explanation: {
    cause: 'Whole files or pictures were embedded, or the same result repeats without end.',
    reason: 'The limits keep memory bounded whatever an input holds.',
    repair: 'None: the message names the limit; raise it where the input is trusted.',
    before: '{ "snippet": { "text": "… 70 MB …" } }',
    after: '{ "snippet": { "text": "…" } }',
  },
} as const satisfies RuleDocument;
