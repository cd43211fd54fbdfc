import type { ExternalPropertyFileReferences, RunHeader } from '../model/model.ts';

/** The arrays of a run whose elements, or some of them, may stand in files of their own (section 3.15). */
export type ExternalArray = {
  readonly [Name in keyof ExternalPropertyFileReferences]-?: NonNullable<
    ExternalPropertyFileReferences[Name]
  > extends readonly unknown[]
    ? Name
    : never;
}[keyof ExternalPropertyFileReferences];

/** Whether elements of an array are missing because they stand in a file that was not read: no index into it can be judged. */
export function isExternal(array: ExternalArray, run: RunHeader): boolean {
  return (run.externalPropertyFileReferences?.[array]?.length ?? 0) > 0;
}
