import type { Location, LogicalLocation, PropertyBag } from '@sariflow/sarif';
import { packageUrl, purlType } from '../locations/package-url.ts';
import type { SourcePaths } from '../locations/source-paths.ts';
import type { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';

/** What a Supply Chain finding says about a dependency. */
export interface Dependency {
  readonly ecosystem: string | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly lockfile: string | undefined;
  readonly lockfileLine: number | undefined;
  readonly manifest: string | undefined;
  /** How the vulnerable code was found or not found, such as `TransitiveUnreachable`. */
  readonly reachability: string | undefined;
  /** Each from the root to the vulnerable package, as `name@version`. */
  readonly paths: readonly (readonly string[])[];
}

const matchKinds = new Set([
  'LockfileOnlyMatch',
  'DirectReachable',
  'TransitiveReachable',
  'TransitiveUnreachable',
  'TransitiveUndetermined',
]);
const infoMembers = new Set(['reachable', 'reachability_rule', 'sca_finding_schema', 'kind', 'dependency_match']);
const matchMembers = new Set(['dependency_pattern', 'found_dependency', 'lockfile', 'dependency_paths']);
const foundMembers = new Set(['package', 'version', 'ecosystem', 'lockfile_path', 'line_number', 'manifest_path']);

/** The dependency of `extra.sca_info`; what has no place in SARIF is kept. */
export function readDependency(extra: Fields): Dependency | undefined {
  const info = extra.nested('sca_info');
  if (info === undefined) return undefined;
  info.keepUnknown(infoMembers);
  info.keep('reachable');
  info.keep('reachability_rule');
  info.keep('sca_finding_schema');
  const match = info.nested('dependency_match');
  match?.keepUnknown(matchMembers);
  match?.keep('dependency_pattern');
  const found = match?.nested('found_dependency');
  for (const name of Object.keys(found?.object ?? {})) if (!foundMembers.has(name)) found?.keep(name);
  const ecosystem = found?.text('ecosystem');
  if (ecosystem !== undefined && purlType(ecosystem) === undefined) found?.keep('ecosystem');
  const lockfile = found?.text('lockfile_path');
  if (lockfile !== undefined && match?.object['lockfile'] !== lockfile) match?.keep('lockfile');
  return {
    ecosystem,
    name: found?.text('package'),
    version: found?.text('version'),
    lockfile: lockfile ?? match?.text('lockfile'),
    lockfileLine: lineOf(found),
    manifest: found?.text('manifest_path'),
    reachability: readMatchKind(info) ?? reachableWord(info.flag('reachable')),
    paths: match === undefined ? [] : readPaths(match),
  };
}

function lineOf(found: Fields | undefined): number | undefined {
  const line = found?.integer('line_number');
  if (line === undefined || line >= 1) return line;
  found?.keep('line_number');
  return undefined;
}

/** A word, or a word with details: `["TransitiveReachable", {…}]`. */
function readMatchKind(info: Fields): string | undefined {
  const value = info.object['kind'];
  if (value === undefined || value === null) return undefined;
  const kind: unknown = Array.isArray(value) ? value[0] : value;
  if (Array.isArray(value)) info.keep('kind');
  if (typeof kind === 'string' && matchKinds.has(kind)) return kind;
  info.doubt(
    'SF-K105',
    'kind',
    `"extra.sca_info.kind" is none of ${[...matchKinds].join(', ')}. It is kept in the properties.`,
  );
  if (!Array.isArray(value)) info.keep('kind');
  return undefined;
}

function reachableWord(reachable: boolean | undefined): string | undefined {
  return reachable === undefined ? undefined : reachable ? 'Reachable' : 'Unreachable';
}

function readPaths(match: Fields): string[][] {
  const paths: string[][] = [];
  for (const [index, path] of (match.list('dependency_paths') ?? []).entries()) {
    const names = Array.isArray(path) ? path.map(packageName) : [undefined];
    if (names.every((name) => name !== undefined)) paths.push(names as string[]);
    else match.doubtValue(['dependency_paths', index], path, 'an array of packages');
  }
  return paths;
}

function packageName(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  if (!isObject(entry)) return undefined;
  const { package: name, version, ...others } = entry;
  // What does not fit into `name@version` makes the whole path one that is kept as it is.
  if (typeof name !== 'string' || Object.keys(others).length > 0) return undefined;
  if (version === undefined || version === null) return name;
  return typeof version === 'string' ? `${name}@${version}` : undefined;
}

/** The package as a logical location (§3.33). */
export function packageLocation({
  ecosystem,
  name,
  version,
}: Pick<Dependency, 'ecosystem' | 'name' | 'version'>): LogicalLocation[] {
  if (name === undefined || name === '') return [];
  const type = ecosystem === undefined ? undefined : purlType(ecosystem);
  const readable = version === undefined || version === '' ? name : `${name}@${version}`;
  return [
    { name, fullyQualifiedName: type === undefined ? readable : packageUrl(type, name, version), kind: 'package' },
  ];
}

/** The lock file and the manifest, where they are not the place of the finding itself. */
export function dependencyFiles(
  dependency: Dependency,
  findingPath: string | undefined,
  paths: SourcePaths,
): Location[] {
  const { lockfile, lockfileLine, manifest } = dependency;
  const locations: Location[] = [];
  if (lockfile !== undefined && lockfile !== findingPath) {
    const region = lockfileLine === undefined ? {} : { region: { startLine: lockfileLine } };
    locations.push(fileLocation(paths, lockfile, region, 'Lock file'));
  }
  if (manifest !== undefined && manifest !== findingPath) locations.push(fileLocation(paths, manifest, {}, 'Manifest'));
  return locations.map((location, index) => ({ id: index + 1, ...location }));
}

function fileLocation(
  paths: SourcePaths,
  path: string,
  region: { region?: { startLine: number } },
  text: string,
): Location {
  return { physicalLocation: { artifactLocation: paths.locationOf(path), ...region }, message: { text } };
}

/** Paths to the package, and how reachable it is. */
export function dependencyProperties({ paths, reachability }: Dependency): PropertyBag {
  return {
    ...(reachability !== undefined && { 'semgrep/reachability': reachability }),
    ...(paths.length > 0 && { dependencyPaths: paths }),
  };
}

/** Whether the vulnerable code is known not to be reached: the finding stays, at the end of every list. */
export function isUnreachable(reachability: string | undefined): boolean {
  return reachability === 'TransitiveUnreachable' || reachability === 'Unreachable' || reachability === 'UNREACHABLE';
}

/** Versions without the weakness, from `metadata["sca-fix-versions"]`: an array of objects with one member each. */
export function fixVersions(metadata: JsonObject, name: string | undefined): string[] {
  const list = metadata['sca-fix-versions'];
  if (!Array.isArray(list) || name === undefined) return [];
  const versions: string[] = [];
  for (const entry of list as unknown[]) {
    if (!isObject(entry) || !Object.hasOwn(entry, name)) continue;
    const version = entry[name];
    if (typeof version === 'string') versions.push(version);
  }
  return versions;
}

/** The texts that identify a dependency finding: paths to the package stay out, they change with every lock file. */
export function dependencyBasis(ruleId: string, dependency: Dependency): string[] {
  const { ecosystem = '', name = '', version = '', manifest, lockfile } = dependency;
  return [ruleId, ecosystem, name, version, manifest ?? lockfile ?? ''];
}
