import type { RuleDocument } from '../rule.ts';

/** Bytes that are no text are nothing a reader could show. */
export const validUtf8 = {
  id: 'SF-P104',
  name: 'valid-utf-8',
  level: 'error',
  specSection: '3.1',
  summary: 'Every byte of a log belongs to a well-formed UTF-8 sequence.',
  explanation: {
    cause:
      'The scanner copied source code in another encoding, such as Latin-1, or cut a string in the middle of a character.',
    reason: 'A strict decoder refuses the log; a lenient one puts something else in place of the bytes.',
    repair:
      'With the option transcode each sequence that is no UTF-8 becomes U+FFFD; without it a result that holds one is left out and told, and elsewhere the input is refused. On the command line all but uploads do so.',
    before: '{ "text": "caf<E9>" }',
    after: '{ "text": "caf\uFFFD" }',
  },
} as const satisfies RuleDocument;

/** What is done about a sequence that is no UTF-8. */
export const illFormedFix = 'U+FFFD takes its place.';

/** What is said of a byte that begins a sequence that is no UTF-8. */
export function illFormedMessage(byte: number): string {
  const hex = byte.toString(16).padStart(2, '0').toUpperCase();
  return `The byte 0x${hex} is not valid UTF-8 here. SARIF files are UTF-8; write the file again with that encoding.`;
}
