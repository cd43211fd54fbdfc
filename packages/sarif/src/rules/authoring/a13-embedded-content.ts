import { defineRule } from '../rule.ts';

/** A log that brings its files along. */
export const embeddedContent = defineRule({
  id: 'SF-A13',
  name: 'embedded-content',
  level: 'note',
  specSection: '3.24.8',
  like: ['SARIF2013'],
  set: 'authoring',
  summary: "The run's artifacts hold the contents of the files.",
  explanation: {
    cause: 'The tool does not embed files, which is right for large or confidential ones.',
    reason: 'A viewer without the sources can then show every finding in its file.',
    repair: 'None: the files are needed.',
    before: '{ "artifacts": [{ "location": { "uri": "src/cart.js" } }] }',
    after: '{ "artifacts": [{ "location": { "uri": "src/cart.js" }, "contents": { "text": "eval(text);\\n" } }] }',
  },
  visits: 'run',
  check({ artifacts = [] }, _visit, report) {
    if (artifacts.some(({ contents }) => contents !== undefined)) return;
    report({ message: "No artifact of the run has 'contents'. Embed the text of the files that results are about." });
  },
});
