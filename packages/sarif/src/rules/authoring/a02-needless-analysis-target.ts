import { defineRule } from '../rule.ts';

/** The target of the analysis is worth a word only where it is another file. */
export const needlessAnalysisTarget = defineRule({
  id: 'SF-A02',
  name: 'needless-analysis-target',
  level: 'note',
  specSection: '3.27.13',
  like: ['SARIF2004'],
  set: 'authoring',
  summary: "'analysisTarget' is written only where it differs from the file of the result.",
  explanation: {
    cause: 'The tool writes the file that it was told to analyse into every result.',
    reason:
      'The member says that the tool looked at one file and found something in another, such as a header; where the two are one, it only makes the log larger.',
    repair: 'None: leave the member out.',
    before:
      '{ "analysisTarget": { "uri": "src/a.c" }, "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "src/a.c" } } }] }',
    after: '{ "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "src/a.c" } } }] }',
  },
  visits: 'result',
  check({ analysisTarget, locations }, _visit, report) {
    const file = locations?.[0]?.physicalLocation?.artifactLocation;
    if (analysisTarget === undefined || file === undefined) return;
    const isSameFile = analysisTarget.uri !== undefined && analysisTarget.uri === file.uri;
    const isSameIndex = analysisTarget.uri === undefined && (analysisTarget.index ?? -1) >= 0;
    const isSame = isSameFile
      ? analysisTarget.uriBaseId === file.uriBaseId
      : isSameIndex && analysisTarget.index === file.index;
    if (!isSame) return;
    report({
      message: "'analysisTarget' is the file that the result is in. Leave it out.",
      at: ['analysisTarget'],
    });
  },
});
