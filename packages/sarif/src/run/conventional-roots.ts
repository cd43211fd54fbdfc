/** Base ids that mean the root of the repository when the log does not declare them, by convention. */
export const conventionalRoots: readonly string[] = [
  '%SRCROOT%',
  'SRCROOT',
  'ROOTPATH',
  'PROJECTROOT',
  'REPOROOT',
  'PWD',
  '.',
];
