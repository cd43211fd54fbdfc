import { defineRule } from '../rule.ts';

/** The platform finds the file in the repository by this path. */
export const relativeUri = defineRule({
  id: 'SF-C006',
  name: 'relative-uri',
  level: 'error',
  specSection: '3.4.7',
  set: 'cortex',
  summary: 'The file is named relative to the root of the repository, without a leading slash.',
  explanation: {
    cause: 'The scanner ran with absolute paths, or relative to a folder that a base id declares.',
    reason: 'The Cortex Collector wants paths such as src/app.py; an absolute one matches no file of the repository.',
    repair:
      'Declared bases, the checkout root, mappedTo and the working directory are taken off; of a path outside all of them only the leading slash or scheme is, and the original is kept in properties["sariflow/originalUri"].',
    before: '{ "uri": "file:///home/ci/shop/src/app.py" }',
    after: '{ "uri": "src/app.py" }',
  },
  visits: 'result',
  check({ locations }, { context: { paths } }, report) {
    for (const [index, location] of (locations ?? []).entries()) {
      const artifactLocation = location.physicalLocation?.artifactLocation;
      if (artifactLocation?.uri === undefined || artifactLocation.uri === '') continue;
      const path = paths.of({ uri: artifactLocation.uri });
      if (path?.scope === 'repository' && path.path === artifactLocation.uri) continue;
      report({
        message: `'${artifactLocation.uri}' is not a path from the root of the repository. Write it without scheme, drive and leading slash.`,
        at: ['locations', index, 'physicalLocation', 'artifactLocation', 'uri'],
      });
    }
  },
});
