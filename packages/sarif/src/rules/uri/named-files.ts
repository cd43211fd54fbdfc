import type { ObjectKind } from '../../run/walk.ts';

/** The objects whose artifact location is the name of one file, rather than of a folder, a program or a base. */
const holders: ReadonlySet<ObjectKind | ''> = new Set<ObjectKind>([
  'artifact',
  'artifactChange',
  'attachment',
  'physicalLocation',
  'result',
]);

/** Whether an artifact location held by an object of this kind names a file that was looked at. */
export function namesFile(ownerKind: ObjectKind | ''): boolean {
  return holders.has(ownerKind);
}
