import type { RuleDocument } from '../rule.ts';

/** Section 3.1 knows one encoding, UTF-8. */
export const wideEncoding = {
  id: 'SF-P103',
  name: 'wide-encoding',
  level: 'error',
  specSection: '3.1',
  summary: 'A log is not written in UTF-16 or UTF-32.',
  explanation: {
    cause: 'The log went through a program that writes UTF-16, such as the redirection of Windows PowerShell 5.',
    reason: 'SARIF files are UTF-8. Most consumers cannot read anything else.',
    repair:
      'With the option transcode the text is read as the encoding it is in, and written as UTF-8; without it the input is refused. On the command line all but uploads do so.',
    before: 'FF FE 7B 00 22 00 76 00 …',
    after: '{ "version": "2.1.0", … }',
  },
} as const satisfies RuleDocument;
