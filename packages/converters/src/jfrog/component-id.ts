import { packageUrl, purlType } from '../locations/package-url.ts';

/** A package as Xray names it. */
export interface Component {
  /** The name without version; of Maven packages `group:artifact`. */
  readonly name: string;
  readonly version: string | undefined;
  /** The package URL, where the type of package has one. */
  readonly purl: string | undefined;
}

interface Parts {
  readonly name: string;
  readonly version?: string | undefined;
  /** Of packages of operating systems: `debian` and `stretch`, or `3.18`. */
  readonly distribution?: string | undefined;
  readonly release?: string | undefined;
}

/**
 * The package that an id such as `gav://org.apache.sshd:sshd-core:1.0.0` or `deb://debian:stretch:libx11:2:1.6.4-3` names.
 * What stands between the colons depends on the type: a version may have colons of its own. `packageType` is the type of ids
 * that are written without one.
 */
export function componentOf(id: string, packageType = ''): Component {
  const at = id.indexOf('://');
  const type = (at === -1 ? packageType : id.slice(0, at)).toLowerCase();
  const rest = at === -1 ? id : id.slice(at + 3);
  return new SplitComponent(id, type, (splitters.get(type) ?? splitUntyped)(rest));
}

/** Most packages stand in paths only, where nobody asks for their package URLs: these are made when they are. */
class SplitComponent implements Component {
  readonly name: string;
  readonly version: string | undefined;
  readonly #type: string;
  readonly #parts: Parts;

  constructor(id: string, type: string, parts: Parts) {
    this.name = parts.name || id;
    this.version = parts.version || undefined;
    this.#type = type;
    this.#parts = parts;
  }

  get purl(): string | undefined {
    return purlOf(this.#type, this.#parts);
  }
}

/** A package whose name and version the report gives apart. */
export function componentNamed(name: string, version: string | undefined, packageType: string | undefined): Component {
  // Packages of operating systems carry their distribution in the name.
  if (version === undefined || version === '') return componentOf(name, packageType);
  const whole = componentOf(`${name}:${version}`, packageType);
  if (whole.version === version) return whole;
  const type = purlType(packageType ?? '');
  return { name, version, purl: type === undefined ? undefined : packageUrl(type, name, version) };
}

/** `name@version`, for people and for paths of dependencies. */
export function readable({ name, version }: Component): string {
  return version === undefined ? name : `${name}@${version}`;
}

const splitters: ReadonlyMap<string, (rest: string) => Parts> = new Map([
  ['gav', splitMaven],
  ['maven', splitMaven],
  ['gradle', splitMaven],
  ['deb', splitDebian],
  ['debian', splitDebian],
  ['rpm', splitReleased],
  ['alpine', splitReleased],
  ['apk', splitReleased],
  ['conan', splitConan],
  ['generic', splitGeneric],
  ['docker', splitAtLastColon],
  ['oci', splitAtLastColon],
  ['build', splitAtLastColon],
  ...[
    'npm',
    'yarn',
    'pnpm',
    'pypi',
    'pip',
    'python',
    'poetry',
    'nuget',
    'gem',
    'rubygems',
    'composer',
    'cargo',
    'go',
  ].map((type) => [type, splitAtFirstColon] as const),
]);

/** `group:artifact:version`. */
function splitMaven(rest: string): Parts {
  const [group, artifact, ...version] = rest.split(':') as [string, ...string[]];
  return artifact === undefined ? { name: group } : { name: `${group}:${artifact}`, version: version.join(':') };
}

/** `distribution:release:name:epoch:version`; old reports write `name:epoch:version` too. */
function splitDebian(rest: string): Parts {
  const [first = '', second = '', third, ...others] = rest.split(':');
  if (third === undefined || /^\d+$/.test(second)) return splitAtFirstColon(rest);
  return { distribution: first, release: second, name: third, version: others.join(':') };
}

/** `release:name:epoch:version`. */
function splitReleased(rest: string): Parts {
  const [first = '', second = '', ...others] = rest.split(':');
  if (others.length === 0) return splitAtFirstColon(rest);
  return { release: first, name: second, version: others.join(':') };
}

/** `vendor:name:version`. */
function splitConan(rest: string): Parts {
  const parts = rest.split(':');
  return parts.length < 3 ? splitAtFirstColon(rest) : { name: parts[1] as string, version: parts.slice(2).join(':') };
}

/** `sha256:<digest>/name`. */
function splitGeneric(rest: string): Parts {
  const named = /^sha256:[0-9a-f]+\/(.+)$/i.exec(rest)?.[1];
  return named === undefined ? splitAtLastColon(rest) : { name: named };
}

function splitAtFirstColon(rest: string): Parts {
  const at = rest.indexOf(':');
  return at === -1 ? { name: rest } : { name: rest.slice(0, at), version: rest.slice(at + 1) };
}

/** An image's registry may have a port. */
function splitAtLastColon(rest: string): Parts {
  const at = rest.lastIndexOf(':');
  const isPort = rest.includes('/', at);
  return at === -1 || isPort ? { name: rest } : { name: rest.slice(0, at), version: rest.slice(at + 1) };
}

/** The ids at the end of impact paths have no type, and those of operating systems are known by their release. */
function splitUntyped(rest: string): Parts {
  const parts = rest.split(':');
  if (parts.length >= 4 && /^(?:debian|ubuntu)$/i.test(parts[0] as string)) return splitDebian(rest);
  if (parts.length >= 3 && /^\d/.test(parts[0] as string)) return splitReleased(rest);
  if (parts.length >= 3 && /\./.test(parts[0] as string)) return splitMaven(rest);
  return splitAtLastColon(rest);
}

function purlOf(type: string, { name, version, distribution, release }: Parts): string | undefined {
  const known = purlType(type === 'debian' ? 'deb' : type === 'python' ? 'pypi' : type);
  if (known === undefined || name === '') return undefined;
  const vendor = distribution ?? (known === 'apk' ? 'alpine' : undefined);
  const url = packageUrl(known, vendor === undefined ? name : `${vendor}/${name}`, version || undefined);
  return release === undefined ? url : `${url}?distro=${encodeURIComponent(release.toWellFormed())}`;
}
