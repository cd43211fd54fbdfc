import { defineRule } from '../rule.ts';

/** A finding that can be read without the file. */
export const snippet = defineRule({
  id: 'SF-A08',
  name: 'snippet',
  level: 'note',
  specSection: '3.30.13',
  like: ['SARIF2010', 'SARIF2011'],
  set: 'authoring',
  summary: "The regions of a result's locations have a 'snippet', and the lines around them a 'contextRegion'.",
  explanation: {
    cause: 'The tool writes lines and columns only.',
    reason:
      'Viewers without the source show the snippet, and find the place by the lines around it when the file has changed.',
    repair: 'None: the text of the file is needed.',
    before: '{ "region": { "startLine": 7 } }',
    after:
      '{ "region": { "startLine": 7, "snippet": { "text": "eval(text);" } }, "contextRegion": { "startLine": 6, "endLine": 8, "snippet": { "text": "…" } } }',
  },
  visits: 'result',
  check({ locations }, _visit, report) {
    for (const [index, { physicalLocation }] of (locations ?? []).entries()) {
      if (physicalLocation?.region === undefined) continue;
      const { region, contextRegion } = physicalLocation;
      const path = ['locations', index, 'physicalLocation'];
      if (region.snippet === undefined) {
        report({ message: "The region has no 'snippet'. Write the text that it denotes.", at: [...path, 'region'] });
      }
      if (contextRegion === undefined) {
        report({ message: "The location has no 'contextRegion'. Write the lines around the region.", at: path });
      }
    }
  },
});
