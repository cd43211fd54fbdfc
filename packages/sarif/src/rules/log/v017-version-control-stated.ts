import { defineRule } from '../rule.ts';

/** Which code a log is about, only its producer can say. */
export const versionControlStated = defineRule({
  id: 'SF-V017',
  name: 'version-control-stated',
  level: 'note',
  specSection: '3.14.13',
  like: ['SARIF2003'],
  summary: 'A run says by versionControlProvenance which repository and revision was scanned.',
  explanation: {
    cause: 'The tool scans a folder and does not look at the repository that it belongs to.',
    reason:
      'Whoever finds the log later cannot open the files as they were scanned, nor tell which repository to file the findings under.',
    repair: 'None: the log does not say where its files came from.',
    before: '{ "tool": { … }, "results": [ … ] }',
    after:
      '{ "versionControlProvenance": [{ "repositoryUri": "https://git.example/shop", "revisionId": "5f3a1c", "branch": "main" }], … }',
  },
  visits: 'run',
  check({ versionControlProvenance }, _visit, report) {
    if (versionControlProvenance !== undefined && versionControlProvenance.length > 0) return;
    report({
      message:
        "The run has no 'versionControlProvenance'. Write the repository, the revision and the branch that were scanned.",
    });
  },
});
