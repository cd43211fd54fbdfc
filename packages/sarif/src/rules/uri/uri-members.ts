import type { PathSegment } from '../../json/pointer.ts';

/** Members that hold a URI which has to be absolute, beside `result.workItemUris` (sections 3.19 to 3.27, 3.49). */
const members = ['downloadUri', 'helpUri', 'hostedViewerUri', 'informationUri', 'repositoryUri'] as const;

/** A URI of an object, and where in the object it stands. */
export interface UriMember {
  readonly uri: string;
  readonly at: readonly [string] | readonly ['workItemUris', number];
}

/** The URIs of an object that have to be absolute, artifact locations excepted. */
export function uriMembersOf(object: object): readonly UriMember[] {
  let found = none;
  const fields = object as Readonly<Record<string, unknown>>;
  for (const member of members) {
    const uri = fields[member];
    if (typeof uri === 'string') found = [...found, { uri, at: [member] }];
  }
  const { workItemUris } = fields;
  if (!Array.isArray(workItemUris)) return found;
  const items: UriMember[] = [];
  for (const [index, uri] of workItemUris.entries()) {
    if (typeof uri === 'string') items.push({ uri, at: ['workItemUris', index] });
  }
  return [...found, ...items];
}

/** Most objects have none: nothing is allocated for them. */
const none: readonly UriMember[] = [];

/** Puts another URI in the place of one. */
export function setUri(object: object, at: readonly PathSegment[], uri: string): void {
  const [member = '', index] = at;
  const holder = index === undefined ? object : (object as Readonly<Record<PathSegment, object>>)[member];
  (holder as Record<PathSegment, unknown>)[index ?? member] = uri;
}
