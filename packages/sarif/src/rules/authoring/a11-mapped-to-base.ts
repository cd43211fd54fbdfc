import { defineRule } from '../rule.ts';

/** Paths that hold on every machine. */
export const mappedToBase = defineRule({
  id: 'SF-A11',
  name: 'mapped-to-base',
  level: 'note',
  specSection: '3.23.8',
  like: ['SARIF2007'],
  set: 'authoring',
  summary: 'The repository in versionControlProvenance is mapped to a base id.',
  explanation: {
    cause: 'The tool writes the repository without saying where it was checked out.',
    reason:
      'With mappedTo.uriBaseId a consumer knows which base id stands for the root of the repository, and finds the files on another machine.',
    repair: 'None: only the tool knows which base id it uses.',
    before: '{ "versionControlProvenance": [{ "repositoryUri": "https://git.shop.example/shop" }] }',
    after:
      '{ "versionControlProvenance": [{ "repositoryUri": "https://git.shop.example/shop", "mappedTo": { "uriBaseId": "SRCROOT" } }] }',
  },
  visits: 'versionControlDetails',
  check({ mappedTo }, _visit, report) {
    if (mappedTo?.uriBaseId !== undefined) return;
    report({
      message: 'Nothing says which base id stands for the root of this repository. Write mappedTo.uriBaseId.',
      at: mappedTo === undefined ? [] : ['mappedTo'],
    });
  },
});
