import type { PathSegment } from '@sariflow/sarif';
import type { Shape } from '../detection/shape.ts';

/**
 * How a report is put together: one document, several of them in an array (`pages`), findings without anything around them
 * (`findings`), or several arrays of such (`lists`).
 */
export type Layout = 'document' | 'pages' | 'findings' | 'lists';

/** Members that only a whole document has, never a finding. */
export const documentMembers: readonly string[] = [
  'issues',
  'hotspots',
  'rules',
  'components',
  'paging',
  'total',
  'facets',
];

/** Arrays that grow with the number of findings or of files. */
const largeMembers = new Set<PathSegment>(['issues', 'hotspots', 'components']);

/** What the beginning of a report shows of its layout. */
export function layoutOf(shape: Shape | undefined): Layout {
  if (shape?.kind !== 'array') return 'document';
  const { first } = shape;
  if (first?.kind === 'array') return 'lists';
  if (first === undefined) return 'findings';
  const isDocument =
    documentMembers.some((name) => first.members.has(name)) ||
    // An answer of `api/rules/show`, and not one of `api/hotspots/show`, which has a component as well.
    (first.members.get('rule')?.kind === 'object' && !first.members.has('component') && !first.members.has('message'));
  return isDocument ? 'pages' : 'findings';
}

/** Whether the array at a path is read element by element. */
export function isLargeIn(layout: Layout, path: readonly PathSegment[]): boolean {
  switch (layout) {
    case 'document':
      return path.length === 1 && largeMembers.has(path[0] as PathSegment);
    case 'pages':
      return path.length === 2 && typeof path[0] === 'number' && largeMembers.has(path[1] as PathSegment);
    case 'lists':
      return path.length === 1 && typeof path[0] === 'number';
    case 'findings':
      return path.length === 0;
  }
}

/** Whether the array at a path holds findings. */
export function holdsFindings(layout: Layout, path: readonly PathSegment[]): boolean {
  return isLargeIn(layout, path) && path.at(-1) !== 'components';
}
