import type { RuleDocument } from '../rule.ts';

/** Compressed content is no JSON, whatever the file is called. */
export const uncompressed = {
  id: 'SF-P116',
  name: 'uncompressed',
  level: 'note',
  summary: 'A log is not compressed.',
  explanation: {
    cause: 'The file was compressed with gzip to save space, and kept a name that does not say so.',
    reason: 'Consumers that expect JSON refuse it.',
    repair: 'The content is inflated, within the limits maxBytes and maxInflateRatio.',
    before: '1F 8B 08 00 …',
    after: '{ "version": "2.1.0", … }',
  },
} as const satisfies RuleDocument;
