import { defineRule } from '../rule.ts';

/** A finding without a file has no place in the platform. */
export const fileLocation = defineRule({
  id: 'SF-C005',
  name: 'file-location',
  level: 'error',
  specSection: '3.27.12',
  set: 'cortex',
  summary: 'The first location of the result names a file.',
  explanation: {
    cause: 'The finding is about a package, a class, a URL or the whole project, or the file is given by index only.',
    reason: 'The Cortex Collector requires runs[].results[].locations[].physicalLocation.artifactLocation.uri.',
    repair:
      'The uri is taken from the artifact that the index points to, else from another location of the result, else made of the logical location, and then marked in properties["sariflow/synthetic"].',
    before: '{ "locations": [{ "logicalLocations": [{ "fullyQualifiedName": "a.B" }] }] }',
    after:
      '{ "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "a.B" }, "region": { "startLine": 1 } }, … }], "properties": { "sariflow/synthetic": ["uri", "startLine"] } }',
  },
  visits: 'result',
  check({ locations }, _visit, report) {
    const uri = locations?.[0]?.physicalLocation?.artifactLocation?.uri;
    if (uri !== undefined && uri.trim() !== '') return;
    report({
      message: 'The first location of the result names no file. Write physicalLocation.artifactLocation.uri.',
      at: locations === undefined ? [] : ['locations'],
    });
  },
});
