import type { RunHeader } from '../../model/model.ts';
import { defineRule } from '../rule.ts';

const arrays = [
  'addresses',
  'artifacts',
  'logicalLocations',
  'threadFlowLocations',
  'webRequests',
  'webResponses',
] as const;

type Indexed = { index?: number };

/** An element that gives another position than its own. */
export const ownIndex = defineRule({
  id: 'SF-V413',
  name: 'own-index',
  level: 'error',
  specSection: '3.33.3',
  summary: 'An object in an array of the run that has an index has that of its own position.',
  explanation: {
    cause: 'The array was sorted, filtered or merged, and the indices in its elements were not.',
    reason: 'The index says that the object is a copy of another one, with which it has nothing in common.',
    repair: "'index' is removed: the position is plain to see.",
    before: '{ "artifacts": [{ "location": { "uri": "src/cart.js", "index": 3 } }] }',
    after: '{ "artifacts": [{ "location": { "uri": "src/cart.js" } }] }',
  },
  visits: 'run',
  check(run, _visit, report) {
    for (const array of arrays) {
      const elements = run[array];
      if (elements === undefined) continue;
      for (let position = 0; position < elements.length; position += 1) {
        const index = holderOf(run, array, position)?.index ?? -1;
        if (index < 0 || index === position) continue;
        report({
          message: `This is element ${position} of '${array}', but its 'index' is ${index}. Remove the index, or write ${position}.`,
          at: array === 'artifacts' ? [array, position, 'location', 'index'] : [array, position, 'index'],
          value: index,
          fix: {
            description: "'index' is removed.",
            apply(target) {
              const holder = holderOf(target as RunHeader, array, position);
              if (holder !== undefined) delete holder.index;
            },
          },
        });
      }
    }
  },
});

function holderOf(run: RunHeader, array: (typeof arrays)[number], position: number): Indexed | undefined {
  return array === 'artifacts' ? run.artifacts?.[position]?.location : run[array]?.[position];
}
