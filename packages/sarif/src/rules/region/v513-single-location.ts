import { defineRule } from '../rule.ts';

/** Several locations mean that all of them have to change together, which few tools mean. */
export const singleLocation = defineRule({
  id: 'SF-V513',
  name: 'single-location',
  level: 'note',
  specSection: '3.27.12',
  summary: 'A result has one location, unless all of them have to be changed together.',
  explanation: {
    cause: 'Findings of one kind were put together, or places that explain the finding were added to it.',
    reason:
      'Several locations mean one problem that is solved only when every one of them changes. Many consumers show the first and forget the others.',
    repair: 'None: only the tool knows what it means.',
    before: '{ "locations": [{ … "src/cart.js" … }, { … "src/order.js" … }] }',
    after: '{ "locations": [{ … "src/cart.js" … }], "relatedLocations": [{ … "src/order.js" … }] }',
  },
  visits: 'result',
  check({ locations = [] }, { context: { paths } }, report) {
    if (locations.length < 2) return;
    const files = new Set<string>();
    for (const { physicalLocation } of locations) {
      const path = physicalLocation?.artifactLocation && paths.of(physicalLocation.artifactLocation);
      if (path !== undefined) files.add(path.path);
    }
    const where =
      files.size > 1 ? `${locations.length} locations in ${files.size} files` : `${locations.length} locations`;
    const advice =
      files.size > 1
        ? "write a result for each, or 'relatedLocations' for places that only explain it"
        : "write 'relatedLocations' for places that only explain it";
    report({
      message: `The result has ${where}, which means that all of them have to change together. If that is not so, ${advice}.`,
      at: ['locations'],
    });
  },
});
