import type { PhysicalLocation } from '../../model/model.ts';
import { defineRule } from '../rule.ts';

/** A context is what surrounds a region; without one, it is the region. */
export const contextNeedsRegion = defineRule({
  id: 'SF-V505',
  name: 'context-needs-region',
  level: 'error',
  specSection: '3.29.5',
  like: ['SARIF1008'],
  summary: 'A physical location with a contextRegion has a region.',
  explanation: {
    cause: 'The tool knows roughly where the finding is and writes that as a context.',
    reason: 'Viewers go to the region. Without one, the location is the whole file.',
    repair: 'contextRegion becomes the region.',
    before: '{ "artifactLocation": { "uri": "src/cart.js" }, "contextRegion": { "startLine": 5, "endLine": 9 } }',
    after: '{ "artifactLocation": { "uri": "src/cart.js" }, "region": { "startLine": 5, "endLine": 9 } }',
  },
  visits: 'physicalLocation',
  check({ region, contextRegion }, _visit, report) {
    if (contextRegion === undefined || region !== undefined) return;
    report({
      message: "The location has a 'contextRegion' but no 'region'. Write where the finding is as 'region'.",
      at: ['contextRegion'],
      fix: {
        description: "'contextRegion' becomes 'region'.",
        apply(target) {
          const location = target as PhysicalLocation;
          location.region = contextRegion;
          delete location.contextRegion;
        },
      },
    });
  },
});
