import type { ArtifactLocation, Location, PhysicalLocation, Result } from '../model/model.ts';
import { fileLocation } from '../rules/cortex/c005-file-location.ts';
import { relativeUri } from '../rules/cortex/c006-relative-uri.ts';
import { startLine } from '../rules/cortex/c007-start-line.ts';
import { noteInProperties } from '../run/note-in-properties.ts';
import type { RepositoryPaths } from '../run/repository-path.ts';
import { isBlank, relativeUriOf, resultFile } from '../run/result-file.ts';
import { withStartLine } from '../run/with-start-line.ts';
import type { Mutable, ResultRepair } from './repair.ts';

/**
 * Gives the first location what the Collector requires: a file, relative, and a line. What the log does not hold is made up,
 * and said to be in `properties["sariflow/synthetic"]`.
 */
export const cortexPlace: ResultRepair = (result, { paths }, did) => {
  const location = copyFirst(result);
  let physical: PhysicalLocation = { ...location.physicalLocation };
  const artifactLocation = { ...physical.artifactLocation };

  if (isBlank(artifactLocation.uri)) {
    const file = resultFile(result, paths);
    artifactLocation.uri = file.uri;
    if (file.isMadeUp) noteInProperties(result, 'sariflow/synthetic', 'uri');
    // What the index leads to, if to anything, is not called that.
    if (!file.isIndexed) delete artifactLocation.index;
    const fix = file.isMadeUp
      ? `No file is known: the uri '${file.uri}' is made up.`
      : `The uri '${file.uri}' is written.`;
    did(fileLocation, fix, ['locations']);
    delete artifactLocation.uriBaseId;
  }
  const relative = relativeUriOf(artifactLocation, paths);
  if (relative !== artifactLocation.uri) {
    result.properties = { ...result.properties, 'sariflow/originalUri': artifactLocation.uri };
    did(relativeUri, `'${artifactLocation.uri}' lies outside the repository: '${relative}' is written.`, [
      'locations',
      0,
      'physicalLocation',
      'artifactLocation',
      'uri',
    ]);
    rename(artifactLocation, relative);
  }
  if (physical.region?.startLine === undefined) {
    physical = withStartLine(physical);
    noteInProperties(result, 'sariflow/synthetic', 'startLine');
    did(startLine, 'No line is known: line 1 is written.', ['locations', 0]);
  }
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
    if (index === 0 && (isBlank(location?.uri) || physicalLocation?.region?.startLine === undefined)) return true;
  }
  return result.locations === undefined || result.locations.length === 0;
}

function copyFirst(result: Result): Mutable<Location> {
  return { ...result.locations?.[0] };
}

function makeRelative(location: Location, paths: RepositoryPaths): void {
  const artifactLocation: Mutable<ArtifactLocation> | undefined = location.physicalLocation?.artifactLocation;
  if (artifactLocation?.uri === undefined) return;
  const relative = relativeUriOf(artifactLocation, paths);
  if (relative === artifactLocation.uri) return;
  artifactLocation.properties = { ...artifactLocation.properties, 'sariflow/originalUri': artifactLocation.uri };
  rename(artifactLocation, relative);
}

/** The artifact that an index points to has the name as it was, so the two would not agree any more. */
function rename(location: Mutable<ArtifactLocation>, uri: string): void {
  location.uri = uri;
  delete location.uriBaseId;
  delete location.index;
}
