import type { CodeFlow, Location, ThreadFlowLocation } from '@sariflow/sarif';
import type { SourcePaths } from '../locations/source-paths.ts';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';
import { packageLabel } from './package-identity.ts';
import { lineMembers, readRegion } from './source-region.ts';

const packageMembers = new Set(['type', 'package']);
const sourceMembers = new Set(['type', 'file_path', 'from_line', 'from_column', 'to_line', 'to_column']);

/** Where a finding of a unified test result is. */
export interface TestPlaces {
  readonly sources: readonly Location[];
  readonly packageName: string | undefined;
  readonly version: string | undefined;
}

/** Reads `locations`: files, and the first package; what is neither is kept. */
export function readLocations(attributes: Fields, paths: SourcePaths): TestPlaces {
  const sources: Location[] = [];
  let packageName: string | undefined;
  let version: string | undefined;
  for (const [index, entry] of (attributes.list('locations') ?? []).entries()) {
    if (!isObject(entry)) {
      attributes.doubtValue(['locations', index], entry, 'an object');
      continue;
    }
    const source = entry['source_locations'];
    if (isObject(source) && Object.keys(entry).length === 1) {
      const place = readLocalPlace(attributes.at(source, ['locations', index, 'source_locations']), paths);
      if (place !== undefined) {
        sources.push(place);
        continue;
      }
    }
    const location = attributes.at(entry, ['locations', index]);
    const type = location.text('type');
    const file = type === 'source' ? location.text('file_path') : undefined;
    if (file !== undefined && file !== '') {
      location.keepUnknown(sourceMembers);
      const region = readRegion(location, location, lineMembers);
      sources.push({
        physicalLocation: { artifactLocation: paths.locationOf(file), ...(region !== undefined && { region }) },
      });
      continue;
    }
    const named = type === 'package' ? location.nested('package') : undefined;
    const name = named?.text('name');
    if (named !== undefined && name !== undefined && packageName === undefined) {
      location.keepUnknown(packageMembers);
      packageName = name;
      version = named.text('version');
      for (const member of Object.keys(named.object)) if (member !== 'name' && member !== 'version') named.keep(member);
    } else attributes.keep('locations', entry);
  }
  return { sources, packageName, version };
}

const localMembers = {
  startLine: 'original_start_line',
  startColumn: 'original_start_column',
  endLine: 'original_end_line',
  endColumn: 'original_end_column',
};
const localMemberNames = new Set(['filepath', ...Object.values(localMembers)]);

function readLocalPlace(source: Fields, paths: SourcePaths): Location | undefined {
  const file = source.text('filepath');
  if (file === undefined || file === '') return undefined;
  source.keepUnknown(localMemberNames);
  const region = readRegion(source, source, localMembers);
  return { physicalLocation: { artifactLocation: paths.locationOf(file), ...(region !== undefined && { region }) } };
}

/** Paths of packages; flows of data are gathered in `flows`; all else is kept. */
export function readEvidence(attributes: Fields, paths: SourcePaths, flows: CodeFlow[]): string[][] {
  const dependencyPaths: string[][] = [];
  for (const [index, entry] of (attributes.list('evidence') ?? []).entries()) {
    if (!isObject(entry)) {
      attributes.doubtValue(['evidence', index], entry, 'an object');
      continue;
    }
    const { source, path, flow, ...others } = entry;
    if (source === 'reachability' && typeof entry['reachability'] === 'string' && Object.keys(entry).length === 2) {
      attributes.kept.push({ field: 'reachability', value: entry['reachability'] });
      continue;
    }
    const steps = source === 'dependency_path' && Object.keys(others).length === 0 ? packageSteps(path) : undefined;
    if (steps !== undefined && flow === undefined) {
      dependencyPaths.push(steps);
      continue;
    }
    const locations = source === 'execution_flow' ? flowSteps(attributes.at(entry, ['evidence', index]), paths) : [];
    if (locations.length > 0) flows.push({ threadFlows: [{ locations }] });
    // The description of flows is not public: what was read may not be all.
    attributes.keep('evidence', entry);
  }
  return dependencyPaths;
}

function flowSteps(evidence: Fields, paths: SourcePaths): ThreadFlowLocation[] {
  const steps: ThreadFlowLocation[] = [];
  for (const [index, entry] of (evidence.list('flow') ?? []).entries()) {
    if (!isObject(entry)) continue;
    const step = evidence.at(entry, ['flow', index]);
    const file = step.text('file_path');
    if (file === undefined || file === '') continue;
    const region = readRegion(step, step, lineMembers);
    const physicalLocation = { artifactLocation: paths.locationOf(file), ...(region !== undefined && { region }) };
    steps.push({ location: { physicalLocation }, executionOrder: steps.length + 1 });
  }
  return steps;
}

/** Steps as `name@version`; undefined when they say something else. */
export function packageSteps(path: unknown): string[] | undefined {
  if (!Array.isArray(path)) return undefined;
  const steps: string[] = [];
  for (const entry of path as unknown[]) {
    if (!isObject(entry)) return undefined;
    const { name, version, ...others } = entry;
    if (typeof name !== 'string' || Object.keys(others).length > 0) return undefined;
    if (version !== undefined && version !== null && typeof version !== 'string') return undefined;
    steps.push(packageLabel({ name, version: version ?? undefined }));
  }
  return steps;
}
