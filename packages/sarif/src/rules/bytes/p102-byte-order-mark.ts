import type { RuleDocument } from '../rule.ts';

/** JSON does not know the mark that some programs put in front of UTF-8. */
export const byteOrderMark = {
  id: 'SF-P102',
  name: 'byte-order-mark',
  level: 'note',
  specSection: '3.1',
  summary: 'A log does not start with a byte order mark.',
  explanation: {
    cause: 'The file was written by a program that marks UTF-8, as many on Windows do.',
    reason: 'JSON has no such mark, and strict parsers refuse the first byte of the file.',
    repair: 'The mark is passed over and not written again.',
    before: 'EF BB BF { "version": "2.1.0", … }',
    after: '{ "version": "2.1.0", … }',
  },
} as const satisfies RuleDocument;
