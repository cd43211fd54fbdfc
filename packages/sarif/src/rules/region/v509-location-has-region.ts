import { defineRule } from '../rule.ts';

/** What a result is about, in which file, but not where. */
export const locationHasRegion = defineRule({
  id: 'SF-V509',
  name: 'location-has-region',
  level: 'note',
  specSection: '3.29.4',
  like: ['SARIF2017'],
  summary: 'The location of a result says which region of the file it is about.',
  explanation: {
    cause: 'The finding is about a whole file or package, or the tool does not know the line.',
    reason: 'Without a region, the location is the whole file: people have to look for the place themselves.',
    repair:
      'None: the location means the whole file. A destination that wants a line gets line 1, marked as synthetic.',
    before: '{ "physicalLocation": { "artifactLocation": { "uri": "src/cart.js" } } }',
    after: '{ "physicalLocation": { "artifactLocation": { "uri": "src/cart.js" }, "region": { "startLine": 7 } } }',
  },
  visits: 'location',
  check({ physicalLocation }, { path, ownerKind }, report) {
    if (ownerKind !== 'result' || path[0] !== 'locations' || physicalLocation === undefined) return;
    const { region, contextRegion, address } = physicalLocation;
    // A context without a region is another defect, whose repair gives a region.
    if (region !== undefined || contextRegion !== undefined || address !== undefined) return;
    report({
      message:
        "The location has no region, so the result is about the whole file. Write 'region' where the place is known.",
      at: ['physicalLocation'],
    });
  },
});
