import { defineRule } from '../rule.ts';

/** Older versions have the same file name and other members. */
export const versionCurrent = defineRule({
  id: 'SF-V003',
  name: 'version-current',
  level: 'error',
  specSection: '3.13.2',
  like: ['JSON1019'],
  summary: "A log's version is 2.1.0.",
  explanation: {
    cause: 'The producer writes an older version of SARIF, or its own version.',
    reason: 'Consumers of 2.1.0 refuse the log, or misread members that meant something else before.',
    repair:
      'None: have the tool write 2.1.0, or upgrade the log with the SARIF multitool. What is written is of version 2.1.0; members that it does not have are dropped, each with a diagnostic of its own.',
    before: '{ "version": "1.0.0", "runs": [ … ] }',
    after: '{ "version": "2.1.0", "runs": [ … ] }',
  },
  watches: 'log',
  watch: () => ({
    log({ version }, report) {
      if (typeof version !== 'string' || version === '2.1.0') return;
      report({ message: messageOf(version), at: ['version'], value: version });
    },
  }),
});

function messageOf(version: string): string {
  const upgrade = "with the SARIF multitool: 'sarif transform --sarif-output-version Current'";
  if (version === '1.0.0') return `The log is SARIF 1.0.0. Have the tool write 2.1.0, or upgrade the log ${upgrade}.`;
  if (version === '2.0.0' || /^2\.[01]\.0-/.test(version)) {
    return `The log is a draft of SARIF, ${version}. Have the tool write 2.1.0, or upgrade the log ${upgrade}.`;
  }
  return "'version' is not '2.1.0', the version of SARIF that the log follows. Write '2.1.0' there; the version of the tool goes into tool.driver.version.";
}
