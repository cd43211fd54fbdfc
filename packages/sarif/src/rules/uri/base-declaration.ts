import type { Visit } from '../rule.ts';

/** Whether an artifact location declares a base id, so that other things hold of it than of the location of a file (section 3.14.14). */
export function isBaseDeclaration({ result, path }: Visit): boolean {
  return result === undefined && path[0] === 'originalUriBaseIds';
}
