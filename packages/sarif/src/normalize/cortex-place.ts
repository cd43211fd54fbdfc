import type { ArtifactLocation, Location, Result } from '../model/model.ts';
import { fileLocation } from '../rules/cortex/c005-file-location.ts';
import { relativeUri } from '../rules/cortex/c006-relative-uri.ts';
import { startLine } from '../rules/cortex/c007-start-line.ts';
import { type RepositoryPaths, scheme } from '../run/repository-path.ts';
import { repairUri } from '../run/uri-repair.ts';
import type { Mutable, ResultRepair } from './repair.ts';

/**
 * Gives the first location what the Collector requires: a file, relative, and a line. What the log does not hold is made up,
 * and said to be in `properties["sariflow/synthetic"]`.
 */
export const cortexPlace: ResultRepair = (result, { paths }, did) => {
  const synthetic: string[] = [];
  const location = copyFirst(result);
  const physical = { ...location.physicalLocation };
  const artifactLocation = { ...physical.artifactLocation };

  if (blank(artifactLocation.uri)) {
    const known = paths.inline(artifactLocation);
    const borrowed = blank(known.uri) ? fileOf(result, paths) : known;
    const path = borrowed === undefined ? undefined : paths.of(borrowed);
    if (path === undefined) {
      artifactLocation.uri = nameOf(location, result);
      synthetic.push('uri');
      did(fileLocation, `No file is known: the uri '${artifactLocation.uri}' is made up.`, ['locations']);
    } else {
      artifactLocation.uri = path.path;
      did(fileLocation, `The uri '${path.path}' is written.`, ['locations']);
    }
    delete artifactLocation.uriBaseId;
  }
  const relative = relativeOf(artifactLocation, paths);
  if (relative !== artifactLocation.uri) {
    result.properties = { ...result.properties, 'sariflow/originalUri': artifactLocation.uri };
    did(relativeUri, `'${artifactLocation.uri}' lies outside the repository: '${relative}' is written.`, [
      'locations',
      0,
      'physicalLocation',
      'artifactLocation',
      'uri',
    ]);
    artifactLocation.uri = relative;
    delete artifactLocation.uriBaseId;
  }
  if (physical.region?.startLine === undefined) {
    physical.region = { ...physical.region, startLine: 1 };
    synthetic.push('startLine');
    did(startLine, 'No line is known: line 1 is written.', ['locations', 0]);
  }
  if (synthetic.length > 0) result.properties = { ...result.properties, 'sariflow/synthetic': synthetic };
  result.locations = [
    { ...location, physicalLocation: { ...physical, artifactLocation } },
    ...(result.locations ?? []).slice(1),
  ];
  for (const other of result.locations.slice(1)) makeRelative(other, paths);
};

/** Whether the first location lacks what `cortexPlace` writes. */
export function lacksCortexPlace(result: Result, paths: RepositoryPaths): boolean {
  for (const [index, { physicalLocation }] of (result.locations ?? []).entries()) {
    const location = physicalLocation?.artifactLocation;
    if (location?.uri !== undefined) {
      const path = paths.of({ uri: location.uri });
      if (path?.scope !== 'repository' || path.path !== location.uri) return true;
    }
    if (index === 0 && (blank(location?.uri) || physicalLocation?.region?.startLine === undefined)) return true;
  }
  return result.locations === undefined || result.locations.length === 0;
}

function copyFirst(result: Result): Mutable<Location> {
  return { ...result.locations?.[0] };
}

/** The first file that the result names anywhere else. */
function fileOf(result: Result, paths: RepositoryPaths): ArtifactLocation | undefined {
  const others = [
    ...(result.locations ?? []).slice(1).map(({ physicalLocation }) => physicalLocation?.artifactLocation),
    result.analysisTarget,
    ...(result.relatedLocations ?? []).map(({ physicalLocation }) => physicalLocation?.artifactLocation),
  ];
  return others.find((location) => location !== undefined && paths.of(location)?.scope === 'repository');
}

/** A path made of the logical location's name, or of nothing. */
function nameOf({ logicalLocations }: Location, result: Result): string {
  const logical = [
    ...(logicalLocations ?? []),
    ...(result.locations ?? []).flatMap((location) => location.logicalLocations ?? []),
  ];
  const name = logical
    .map(({ fullyQualifiedName, name }) => fullyQualifiedName ?? name)
    .find((candidate) => !blank(candidate));
  return name === undefined ? 'no-file' : withoutRoot(repairUri(name.slice(0, 1000))) || 'no-file';
}

function relativeOf(location: ArtifactLocation, paths: RepositoryPaths): string {
  const path = paths.of({ uri: location.uri ?? '' });
  if (path === undefined) return 'no-file';
  return path.scope === 'repository' || path.scope === 'unresolved'
    ? path.path || 'no-file'
    : withoutRoot(path.path) || 'no-file';
}

function makeRelative(location: Location, paths: RepositoryPaths): void {
  const artifactLocation: Mutable<ArtifactLocation> | undefined = location.physicalLocation?.artifactLocation;
  if (artifactLocation?.uri === undefined) return;
  const relative = relativeOf(artifactLocation, paths);
  if (relative === artifactLocation.uri) return;
  artifactLocation.properties = { ...artifactLocation.properties, 'sariflow/originalUri': artifactLocation.uri };
  artifactLocation.uri = relative;
  delete artifactLocation.uriBaseId;
}

/** Without scheme, host slashes and drive: what is left is relative, if to nothing in particular. */
function withoutRoot(uri: string): string {
  const named = scheme(uri);
  const rest = named === undefined ? uri : uri.slice(named.length + 1);
  return rest
    .replace(/^\/+/, '')
    .replace(/^([A-Za-z]):\//, '$1/')
    .replace(/^[^/]*:/, (segment) => segment.replaceAll(':', '%3A'))
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
}

function blank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
