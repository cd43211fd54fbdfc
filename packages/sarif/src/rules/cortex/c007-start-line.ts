import { defineRule } from '../rule.ts';

/** The platform shows a finding at a line. */
export const startLine = defineRule({
  id: 'SF-C007',
  name: 'start-line',
  level: 'error',
  specSection: '3.30.5',
  set: 'cortex',
  summary: 'The region of the first location has a startLine.',
  explanation: {
    cause: 'The finding is about a whole file, or its region is given by character or byte offsets.',
    reason: 'The Cortex Collector requires region.startLine.',
    repair: 'Line 1 is written and marked in properties["sariflow/synthetic"].',
    before: '{ "physicalLocation": { "artifactLocation": { "uri": "package.json" } } }',
    after: '{ "physicalLocation": { "artifactLocation": { "uri": "package.json" }, "region": { "startLine": 1 } } }',
  },
  visits: 'result',
  check({ locations }, _visit, report) {
    const physical = locations?.[0]?.physicalLocation;
    if (physical === undefined || physical.region?.startLine !== undefined) return;
    report({
      message: 'The first location of the result has no line. Write region.startLine.',
      at: ['locations', 0, 'physicalLocation'],
    });
  },
});
