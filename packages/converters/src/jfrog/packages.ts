import type { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { type Component, componentNamed, componentOf } from './component-id.ts';
import { type Evidence, readPlace } from './evidence.ts';
import { type Impact, readImpact } from './impact-paths.ts';

/** Which packages an entry of a report is about, and where they are. */
export interface Packages {
  readonly components: readonly Component[];
  /** Places in the code that bring the package in: manifests, as a rule. */
  readonly manifests: readonly Evidence[];
  readonly impact: Impact;
  /** Versions without the weakness, as written. */
  readonly fixedVersions: readonly string[];
}

/** The members of an entry that are read here. */
export const packageMembers: readonly string[] = [
  'components',
  'component',
  'component_id',
  'component_versions',
  'source_id',
  'source_comp_id',
  'vulnerable_component',
  'infected_components',
  'impactedPackageName',
  'impactedPackageVersion',
  'impactedPackageType',
  'package_type',
  'impact_path',
  'impact_paths',
  'impactPaths',
  'fixed_versions',
  'fixedVersions',
  'fix_versions',
];

const componentMembers = new Set([
  'fixed_versions',
  'impact_paths',
  'package_name',
  'package_version',
  'package_type',
  'component_id',
]);
const rowMembers = new Set(['name', 'version', 'location', 'component_id', 'fixed_versions']);
const versionsMembers = new Set(['id', 'vulnerable_versions', 'fixed_versions', 'more_details']);

/**
 * The packages of an entry. `key` chooses one of the components of a scan's entry, whose `components` is an object: each of
 * them is a finding of its own.
 */
export function readPackages(entry: Fields, key: string | undefined): Packages {
  const type = entry.text('package_type') ?? entry.text('impactedPackageType');
  const map = entry.object['components'];
  if (key !== undefined && isObject(map)) return readChosen(entry, map, key, type);

  const rows = isObject(map) ? [] : (entry.list('components') ?? []);
  const impact = readImpact(entry, 'impactPaths' in entry.object ? 'impactPaths' : pathMember(entry));
  const fixedVersions = [...fixed(entry), ...rowFixes(entry, rows), ...readVersions(entry)];
  const named = namedComponents(entry, type);
  const { components, manifests } = readRows(entry, rows, type, named.length > 0);
  const all = [...named, ...components];
  return {
    components: all.length > 0 ? all : impact.component === undefined ? [] : [impact.component],
    manifests,
    impact,
    fixedVersions: fixedVersions.length < 2 ? fixedVersions : [...new Set(fixedVersions)],
  };
}

function pathMember({ object }: Fields): string {
  return 'impact_paths' in object ? 'impact_paths' : 'impact_path';
}

function readChosen(entry: Fields, map: JsonObject, key: string, type: string | undefined): Packages {
  const value = map[key];
  if (!isObject(value)) {
    entry.doubtValue(['components', key], value, 'an object');
    return {
      components: [componentOf(key, type)],
      manifests: [],
      impact: readImpact(entry, 'impact_paths'),
      fixedVersions: [],
    };
  }
  const fields = entry.at(value, ['components', key]);
  fields.keepUnknown(componentMembers);
  const packageType = fields.text('package_type') ?? type;
  const name = fields.text('package_name') || undefined;
  const version = fields.text('package_version') || undefined;
  const component =
    name === undefined || key.includes('://')
      ? componentOf(key, packageType)
      : componentNamed(name, version, packageType);
  return {
    components: [component],
    manifests: [],
    impact: readImpact(fields, 'impact_paths'),
    fixedVersions: fixed(fields),
  };
}

function fixed(fields: Fields): readonly string[] {
  for (const name of ['fixed_versions', 'fixedVersions', 'fix_versions']) {
    if (name in fields.object) return fields.texts(name).filter((text) => text.trim() !== '');
  }
  return [];
}

/** The package that the entry itself names. */
function namedComponents(entry: Fields, type: string | undefined): Component[] {
  const name = entry.text('impactedPackageName') || undefined;
  if (name !== undefined) return [componentNamed(name, entry.text('impactedPackageVersion') || undefined, type)];
  const infected = entry.texts('infected_components').filter((id) => id !== '');
  if (infected.length > 0) return infected.map((id) => componentOf(id, type));
  for (const member of ['source_comp_id', 'vulnerable_component', 'component_id', 'component', 'source_id']) {
    const id = entry.text(member);
    if (id !== undefined && id !== '') return [componentOf(id, type)];
  }
  return infectedFiles(entry);
}

/** Old scans of builds name packages as files of artifacts. */
function infectedFiles(entry: Fields): Component[] {
  const artifacts = entry.object['impacted_artifacts'];
  if (!Array.isArray(artifacts)) return [];
  return artifacts.flatMap((artifact: unknown) => {
    const files = isObject(artifact) ? artifact['infected_files'] : undefined;
    if (!Array.isArray(files)) return [];
    return files.flatMap((file: unknown) => {
      const name = isObject(file) ? file['display_name'] || file['name'] : undefined;
      const type = isObject(file) ? file['pkg_type'] : undefined;
      if (typeof name !== 'string' || name === '') return [];
      return [componentOf(name, typeof type === 'string' ? type : undefined)];
    });
  });
}

/** `components` as a list: of ids with their fixes, or of what brings the package in, with its place. */
function readRows(
  entry: Fields,
  rows: readonly unknown[],
  type: string | undefined,
  isNamed: boolean,
): Pick<Packages, 'components' | 'manifests'> {
  const components: Component[] = [];
  const manifests: Evidence[] = [];
  for (const [index, value] of rows.entries()) {
    if (!isObject(value)) {
      entry.doubtValue(['components', index], value, 'an object');
      continue;
    }
    const row = entry.at(value, ['components', index]);
    row.keepUnknown(rowMembers);
    const id = row.text('component_id');
    const name = row.text('name');
    if (!isNamed && id !== undefined && id !== '') components.push(componentOf(id, type));
    else if (!isNamed && name !== undefined && name !== '') {
      components.push(componentNamed(name, row.text('version') || undefined, type));
    }
    const location = value['location'];
    if (location === undefined || location === null) continue;
    // A location without a file says nothing; it is how an unknown one is written.
    if (isObject(location) && (location['file'] === '' || location['file'] === undefined)) continue;
    manifests.push(...readPlace(entry, ['components', index, 'location'], location));
  }
  return { components, manifests };
}

function rowFixes(entry: Fields, rows: readonly unknown[]): string[] {
  return rows.flatMap((value, index) =>
    isObject(value) && 'fixed_versions' in value ? [...fixed(entry.at(value, ['components', index]))] : [],
  );
}

/** `component_versions` of old exports. */
function readVersions(entry: Fields): readonly string[] {
  const versions = entry.nested('component_versions');
  if (versions === undefined) return [];
  versions.keepUnknown(versionsMembers);
  if (versions.object['id'] !== entry.object['component']) versions.keep('id');
  versions.keep('vulnerable_versions');
  return fixed(versions);
}

/** A version without the brackets and comparison signs around it; undefined for ranges that name no single version. */
export function fixedVersion(written: string): string | undefined {
  const bare = written
    .trim()
    .replace(/^(?:[≥>]=?|[[(])/u, '')
    .replace(/[\])]$/, '')
    .trim();
  return bare === '' || /[,\s≤<>]/u.test(bare) ? undefined : bare;
}
