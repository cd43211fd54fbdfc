import type { LogicalLocation } from '@sariflow/sarif';
import { packageUrl, purlType } from '../locations/package-url.ts';

/** A component, as far as a report names it. */
export interface Library {
  /** What people call it: a file name or a title. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** `MAVEN`, `NPM` and so on, where the package is known and not only its file. */
  readonly ecosystem: string | undefined;
  /** Its name in that ecosystem; of Maven `group:artifact`. */
  readonly packageName: string | undefined;
}

/** Names that Veracode has for ecosystems, beside those that everybody knows. */
const ecosystems: ReadonlyMap<string, string> = new Map([
  ['packagist', 'composer'],
  ['crates', 'cargo'],
  ['pod', 'cocoapods'],
]);

/** The package of an id such as `maven:org.apache.commons:commons-lang3:3.1:` or `npm:lodash::4.17.1:`. */
export function libraryOfId(id: string): Pick<Library, 'ecosystem' | 'packageName' | 'version'> | undefined {
  const [ecosystem = '', first = '', second = '', version = ''] = id.split(':');
  if (ecosystem === '' || first === '') return undefined;
  return { ecosystem, packageName: packageNameOf(first, second), version: version || undefined };
}

/** The name in the ecosystem, of its two coordinates. */
export function packageNameOf(first: string, second: string): string {
  return second === '' ? first : `${first}:${second}`;
}

/** `commons-lang3@3.1`; a file name such as `commons-lang3-3.1.jar` says its version itself. */
export function readableName({ name, packageName, version }: Library): string | undefined {
  const known = packageName ?? name;
  if (known === undefined) return undefined;
  return version === undefined || known.includes(`-${version}`) ? known : `${known}@${version}`;
}

/** The component as a logical location (§3.33), with its package URL where the package is known. */
export function packageLocation(library: Library): LogicalLocation[] {
  const { name, version, ecosystem, packageName } = library;
  const readable = readableName(library);
  if (readable === undefined) return [];
  const lower = ecosystem?.toLowerCase() ?? '';
  const type = ecosystems.get(lower) ?? purlType(lower);
  const fullyQualifiedName =
    type === undefined || packageName === undefined ? readable : packageUrl(type, packageName, version);
  return [{ name: packageName ?? name ?? readable, fullyQualifiedName, kind: 'package' }];
}
