import type { PathSegment } from '../../json/pointer.ts';
import type { Result } from '../../model/model.ts';
import { walkWithPaths } from '../../run/walk.ts';

/** Members that hold a URI, of the objects that have one. */
const uriMembers = {
  artifactLocation: ['uri'],
  reportingDescriptor: ['helpUri'],
  result: ['hostedViewerUri'],
  toolComponent: ['informationUri', 'downloadUri'],
  versionControlDetails: ['repositoryUri'],
  webRequest: ['target'],
} as const;

const walkUris = walkWithPaths(Object.keys(uriMembers) as (keyof typeof uriMembers)[]);

/** Where a URI stands. */
export interface UriMember {
  readonly uri: string;
  readonly isFile: boolean;
  readonly holder: object;
  readonly member: string | number;
}

/** Calls `take` with every URI of a run's header or a result, and the path to its holder, which changes afterwards. */
export function eachUri(
  kind: 'run' | 'result',
  value: object,
  take: (found: UriMember, path: readonly PathSegment[]) => void,
): void {
  walkUris(kind, value, (found, holder, { path }) => {
    for (const member of uriMembers[found as keyof typeof uriMembers]) {
      const uri = (holder as Readonly<Record<string, unknown>>)[member];
      if (typeof uri === 'string') take({ uri, isFile: found === 'artifactLocation', holder, member }, path);
    }
    if (found !== 'result') return;
    const uris = (holder as Result).workItemUris ?? [];
    for (const [at, uri] of uris.entries()) {
      take({ uri, isFile: false, holder: uris, member: at }, [...path, 'workItemUris']);
    }
  });
}
