import type { RuleDocument } from '../rule.ts';

/** Reported when a log is read: only then is it known whether the file is there. */
export const fileRead: RuleDocument = {
  id: 'SF-V902',
  name: 'file-read',
  level: 'error',
  specSection: '3.15.2',
  summary: 'Each external property file that a run refers to is there, and is the one that is meant.',
  explanation: {
    cause:
      "The file was not kept together with the log, is damaged or of another version, or its 'guid' or 'runGuid' is that of another log. Or files are not opened here at all.",
    reason: 'Part of the run is missing, so it is incomplete: what it does not show may be in the file.',
    repair: 'None: keep the file beside the log, or write the log without external properties. The reference stays.',
    before:
      '{ "externalPropertyFileReferences": { "artifacts": [{ "location": { "uri": "gone.sarif-external-properties" } }] } }',
    after: '{ "artifacts": [{ "location": { "uri": "src/cart.js" } }] }',
  },
};
