import type { LogicalLocation } from '@sariflow/sarif';
import { packageUrl, purlType } from '../locations/package-url.ts';

/** The package that a finding is about. */
export interface PackageIdentity {
  readonly name: string;
  readonly version: string | undefined;
  /** The ecosystem in Snyk's words: `npm`, `deb`, `alpine:3.12`, `Unmanaged (C/C++)`. The first that is known counts. */
  readonly managers: readonly (string | undefined)[];
}

const distributions: ReadonlyMap<string, string> = new Map([
  ['alpine', 'apk'],
  ['apk', 'apk'],
  ['wolfi', 'apk'],
  ['chainguard', 'apk'],
  ['debian', 'deb'],
  ['ubuntu', 'deb'],
  ['deb', 'deb'],
  ['rhel', 'rpm'],
  ['centos', 'rpm'],
  ['amzn', 'rpm'],
  ['rocky', 'rpm'],
  ['oracle', 'rpm'],
  ['sles', 'rpm'],
  ['opensuse', 'rpm'],
  ['fedora', 'rpm'],
  ['rpm', 'rpm'],
]);

/** `name@version`, or the name where the version is not known. */
export function packageLabel({ name, version }: Pick<PackageIdentity, 'name' | 'version'>): string {
  return version === undefined || version === '' ? name : `${name}@${version}`;
}

/** The package as a logical location with its package URL (§3.33). */
export function packageLocation(identity: PackageIdentity): LogicalLocation {
  const { name } = identity;
  return { name, fullyQualifiedName: urlOf(identity) ?? packageLabel(identity), kind: 'package' };
}

/** The kind of package in one word, for identities. */
export function packageType({ managers }: Pick<PackageIdentity, 'managers'>): string {
  for (const manager of managers) {
    if (manager === undefined) continue;
    const type =
      distributions.get(wordOf(manager)) ?? purlType(manager) ?? (isUnmanaged(manager) ? 'generic' : undefined);
    if (type !== undefined) return type;
  }
  return '';
}

function urlOf(identity: PackageIdentity): string | undefined {
  const type = packageType(identity);
  const { name, version, managers } = identity;
  if (type === '') return undefined;
  if (type === 'generic') return packageUrl(type, unmanagedName(name), version);
  if (type !== 'deb' && type !== 'rpm' && type !== 'apk') return packageUrl(type, name, version);
  // Packages of distributions are named "source/binary", and it is the binary package that is installed.
  const binary = name.slice(name.lastIndexOf('/') + 1);
  const distribution = managers.map((manager) => wordOf(manager ?? '')).find((word) => isDistribution(word, type));
  return packageUrl(type, distribution === undefined ? binary : `${distribution}/${binary}`, version);
}

function isDistribution(word: string, type: string): boolean {
  return word !== type && distributions.get(word) === type;
}

/** `alpine:3.12` → `alpine`. */
function wordOf(manager: string): string {
  return (manager.split(':', 1)[0] as string).toLowerCase();
}

function isUnmanaged(manager: string): boolean {
  return manager.toLowerCase().startsWith('unmanaged') || manager === 'cpp';
}

/** `https://curl.se|curl` → `curl`. */
function unmanagedName(name: string): string {
  return name.slice(name.lastIndexOf('|') + 1);
}

/** Ecosystems by the words in Snyk's ids: `SNYK-JS-…`, `snyk:lic:npm:…`. */
const managersOfIds: ReadonlyMap<string, string> = new Map([
  ['JS', 'npm'],
  ['JAVA', 'maven'],
  ['PYTHON', 'pip'],
  ['DOTNET', 'nuget'],
  ['GOLANG', 'golang'],
  ['RUBY', 'rubygems'],
  ['PHP', 'composer'],
  ['COCOAPODS', 'cocoapods'],
  ['HEX', 'hex'],
  ['PUB', 'pub'],
  ['SWIFT', 'swift'],
  ['RUST', 'cargo'],
  ['UNMANAGED', 'Unmanaged'],
]);

/** The ecosystem that the id of an advisory or licence names. */
export function managerOfAdvisory(id: string): string | undefined {
  if (id.startsWith('snyk:lic:')) return id.split(':', 3)[2];
  if (id.startsWith('npm:')) return 'npm';
  const word = /^SNYK-([A-Z]+)\d*-/.exec(id)?.[1];
  if (word === undefined) return undefined;
  return managersOfIds.get(word) ?? word.toLowerCase();
}
