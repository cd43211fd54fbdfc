import type { RuleDocument } from '../rule.ts';

/** A report that is no SARIF is called by its name, so that the way out is plain. */
export const sarifFormat = {
  id: 'SF-P117',
  name: 'sarif-format',
  level: 'error',
  summary: 'The input is a SARIF log, not the report of a tool in a format of its own.',
  explanation: {
    cause: 'The scanner was called without its option for SARIF, or a web page was saved where a download failed.',
    reason: 'Other formats share member names with SARIF and none of its meaning: their findings would be lost.',
    repair: 'None: convert the report first, for example with sariflow convert, or have the tool write SARIF.',
    before: '{ "results": [ … ], "errors": [], "paths": { … } }',
    after: '{ "version": "2.1.0", "runs": [ … ] }',
  },
} as const satisfies RuleDocument;
