import type { PathSegment } from '../json/pointer.ts';

/** Whether a path in a run's header is that of a rule of the driver or of an extension: results are about those. */
export function isToolRule(path: readonly PathSegment[]): boolean {
  if (path[0] !== 'tool') return false;
  return path[1] === 'driver' ? path.length === 4 && path[2] === 'rules' : path.length === 5 && path[3] === 'rules';
}
