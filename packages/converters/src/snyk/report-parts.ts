import type { PathSegment } from '@sariflow/sarif';

/** Lists that grow with the scan, by their path in a project. They stay in the source and are read one by one. */
const findingLists = new Set([
  'vulnerabilities',
  'filtered/ignore',
  'filtered/patch',
  'infrastructureAsCodeIssues',
  'result/cloudConfigResults',
  'findings',
  'data',
  'issues',
  'result/issues',
  'results',
]);
const otherLists = new Set([
  'infrastructureAsCodeSuccesses',
  'remediation/unresolved',
  'depGraphData/pkgs',
  'depGraphData/graph/nodes',
  'affectedPkgs',
]);

/** Path inside of a project: behind the position in an array of projects, or of an image's applications. */
function withinProject(path: readonly PathSegment[]): readonly PathSegment[] {
  const inElement = typeof path[0] === 'number' ? path.slice(1) : path;
  return inElement[0] === 'applications' && typeof inElement[1] === 'number' ? inElement.slice(2) : inElement;
}

/** Whether the array at a path holds findings. */
export function holdsFindings(path: readonly PathSegment[]): boolean {
  return findingLists.has(withinProject(path).join('/'));
}

/** Whether the array at a path is left in the source. */
export function staysInSource(path: readonly PathSegment[]): boolean {
  const inProject = withinProject(path);
  if (inProject.length === 0) return false;
  const name = inProject.join('/');
  if (findingLists.has(name) || otherLists.has(name)) return true;
  // The files of each unmanaged dependency.
  return (
    (inProject.length === 2 && inProject[0] === 'depsFilePaths') ||
    (inProject.length === 3 && inProject[0] === 'fileSignaturesDetails' && inProject[2] === 'filePaths')
  );
}
