import type { ArtifactLocation, Location, Result } from '../model/model.ts';
import { isNoFile, isPlaceholder } from './no-file.ts';
import type { RepositoryPaths } from './repository-path.ts';
import { scheme } from './uri-form.ts';
import { repairUri } from './uri-repair.ts';

/** The file that a result is about, for a destination that takes no result without one. */
export interface ResultFile {
  readonly uri: string;
  /** It is that of the artifact that the first location points to. */
  readonly isIndexed: boolean;
  /** Nothing in the result names a file: the path stands for a logical location, or for nothing. */
  readonly isMadeUp: boolean;
}

/** What is written where no file is known and nothing has a name. */
const noFile = 'no-file';

/**
 * The file of a result whose first location has no `uri` of its own: that of its artifact, else the first that the result names
 * anywhere else, else a path made of the name of its logical location.
 */
export function resultFile(result: Result, paths: RepositoryPaths): ResultFile {
  const first = result.locations?.[0];
  // A blank one says no more than none.
  const { uri: _, ...rest } = first?.physicalLocation?.artifactLocation ?? {};
  const known = paths.inline(rest);
  const isIndexed = !isBlank(known.uri);
  const path = paths.of(isIndexed ? known : (fileElsewhere(result, paths) ?? {}));
  // The root of the repository is no file.
  return path === undefined || path.path === ''
    ? { uri: madeUpName(first ?? {}, result), isIndexed: false, isMadeUp: true }
    : { uri: path.path, isIndexed, isMadeUp: false };
}

/** A location's `uri` as a relative path: what lies outside every known root only loses its scheme, its drive's colon and its leading slash. */
export function relativeUriOf({ uri }: ArtifactLocation, paths: RepositoryPaths): string {
  const path = paths.of({ uri: uri ?? '' });
  if (path === undefined) return noFile;
  const isRelative = path.scope === 'repository' || path.scope === 'unresolved';
  return (isRelative ? path.path : withoutRoot(path.path)) || noFile;
}

/** Whether a text says nothing. */
export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

function fileElsewhere(result: Result, paths: RepositoryPaths): ArtifactLocation | undefined {
  const others = [
    ...(result.locations ?? []).slice(1).map(({ physicalLocation }) => physicalLocation?.artifactLocation),
    result.analysisTarget,
    ...(result.relatedLocations ?? []).map(({ physicalLocation }) => physicalLocation?.artifactLocation),
  ];
  return others.find((location) => {
    const found = location === undefined ? undefined : paths.of(location);
    // A word for absence is no file there either.
    return found?.scope === 'repository' && !isPlaceholder(found.path) && !isNoFile(found.path);
  });
}

function madeUpName({ logicalLocations }: Location, result: Result): string {
  const logical = [
    ...(logicalLocations ?? []),
    ...(result.locations ?? []).flatMap((location) => location.logicalLocations ?? []),
  ];
  const name = logical
    .map(({ fullyQualifiedName, name }) => fullyQualifiedName ?? name)
    .find((candidate) => !isBlank(candidate));
  if (name === undefined) return noFile;
  // With a colon it could be taken for an image or a URL, which is no file, and what is made up would be taken away again. `?` and
  // `#`, as in package URLs and names of methods, belong to the name.
  const uri = withoutRoot(repairUri(name.slice(0, 1000)));
  const escaped = uri.replaceAll(':', '%3A').replaceAll('?', '%3F').replaceAll('#', '%23');
  return isPlaceholder(escaped) ? noFile : escaped;
}

/** What is left is relative, if to nothing in particular. */
function withoutRoot(uri: string): string {
  const named = scheme(uri);
  const rest = named === undefined ? uri : uri.slice(named.length + 1);
  const relative = rest
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/')
    .replace(/^([A-Za-z])(?::|%3A)\//i, '$1/')
    .replace(/^[^/?#]*:/, (segment) => segment.replaceAll(':', '%3A'));
  // The brackets of an address stand well in a host, and nowhere else.
  return repairUri(relative);
}
