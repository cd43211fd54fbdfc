import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { noteInProperties } from '../../run/note-in-properties.ts';
import { withStartLine } from '../../run/with-start-line.ts';
import { defineRule } from '../rule.ts';

/** An alert is shown at a line. */
export const regionStartLine = defineRule({
  id: 'SF-G013',
  name: 'region-start-line',
  level: 'warning',
  specSection: '3.30.5',
  like: ['GitHub'],
  set: 'github',
  summary: 'The region of the first location has a startLine.',
  explanation: {
    cause: 'The finding is about a whole file, or its region is given by character or byte offsets.',
    reason: 'GitHub code scanning shows such an alert at line 1.',
    repair:
      'Line 1 is written and marked in properties["sariflow/synthetic"]; a region of offsets and a context region stay in the properties of the physical location.',
    before: '{ "artifactLocation": { "uri": "src/cart.js" }, "region": { "charOffset": 812, "charLength": 9 } }',
    after:
      '{ "artifactLocation": { "uri": "src/cart.js" }, "region": { "startLine": 1 }, "properties": { "original/region": { "charOffset": 812, "charLength": 9 } } }',
  },
  visits: 'result',
  check({ locations }, _visit, report) {
    const physical = locations?.[0]?.physicalLocation;
    if (physical?.artifactLocation === undefined || physical.region?.startLine !== undefined) return;
    const path = ['locations', 0, 'physicalLocation'];
    report({
      message:
        'The first location of the result has no line, so GitHub shows the alert at line 1. Write region.startLine.',
      at: physical.region === undefined ? path : [...path, 'region'],
      fix: { description: 'Line 1 is written.', apply: (target) => writeLine(target as Mutable<Result>) },
    });
  },
});

function writeLine(result: Mutable<Result>): void {
  const [first, ...others] = result.locations ?? [];
  const physical = first?.physicalLocation;
  if (physical === undefined || physical.region?.startLine !== undefined) return;
  result.locations = [{ ...first, physicalLocation: withStartLine(physical) }, ...others];
  noteInProperties(result, 'sariflow/synthetic', 'startLine');
}
