import { defineRule } from '../rule.ts';

/** A location that only stands in the run's cache counts. */
export const threadFlowLocated = defineRule({
  id: 'SF-V605',
  name: 'thread-flow-located',
  level: 'note',
  specSection: '3.38.3',
  summary: 'Some step of a thread flow has a location.',
  explanation: {
    cause: 'The tool writes the steps of a flow as texts, or puts the places into properties.',
    reason: 'A viewer can list the steps of such a flow, but not go to any of them.',
    repair: 'None: where the steps are is not known.',
    before: '{ "locations": [{ "kinds": ["call"] }, { "kinds": ["return"] }] }',
    after:
      '{ "locations": [{ "kinds": ["call"], "location": { "physicalLocation": { … } } }, { "kinds": ["return"] }] }',
  },
  visits: 'threadFlow',
  check({ locations }, { context: { run } }, report) {
    if (locations.length === 0) return;
    const cached = run.threadFlowLocations;
    const isLocated = locations.some(
      ({ location, index = -1 }) => location !== undefined || cached?.[index]?.location !== undefined,
    );
    if (isLocated) return;
    report({
      message: "No step of the thread flow has a location. Write 'location' for those whose place is known.",
      at: ['locations'],
    });
  },
});
