import type { ArtifactLocation, RunHeader } from '../model/model.ts';
import { baseIds } from '../recognise/primitives.ts';
import { repairUri } from './uri-repair.ts';

/** Where a file is, as identity and display need it: never absolute if the log tells what it is relative to. */
export interface RepositoryPath {
  /** A URI reference, percent-encoded, with `/` and without a leading one. */
  readonly path: string;
  /** `absolute`: outside every root that the log knows; `remote`: no file; `unresolved`: relative to a base nobody declares. */
  readonly scope: 'repository' | 'absolute' | 'remote' | 'unresolved';
}

/** Base ids that mean the root of the repository when the log does not declare them, by convention. */
const conventionalRoots = new Set(['%SRCROOT%', 'SRCROOT', 'ROOTPATH', 'PROJECTROOT', 'REPOROOT', 'PWD', '.']);

/** A reference in the form this module gives: nothing to do. */
const plain =
  /^(?!\.{0,2}(?:\/|$))(?:[A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-Fa-f]{2})+(?:\/(?!\.{0,2}(?:\/|$))(?:[A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-Fa-f]{2})+)*$/;

/** Turns artifact locations of one run into paths from the root of the repository (section 3.4, 3.10, 3.14.14). */
export class RepositoryPaths {
  readonly #run: RunHeader;
  readonly #roots: readonly string[];
  readonly #bases = new Map<string, Base>();
  readonly #known = new Map<string, RepositoryPath>();
  readonly #transparent = new Map<string, boolean>();
  #emptyBases = 0;
  #basesLookedAt = 0;

  /** @param checkoutRoot where the sources were checked out: an absolute path or `file:` URI */
  constructor(run: RunHeader, checkoutRoot?: string) {
    this.#run = run;
    this.#roots = this.#rootsOf(checkoutRoot);
  }

  /** The path of a location, or `undefined` when it has neither a usable `uri` nor an `index` that leads to one. */
  of(location: ArtifactLocation): RepositoryPath | undefined {
    const { uri, uriBaseId } = this.inline(location);
    if (uri === undefined || uri.trim() === '') return undefined;
    if (uriBaseId === undefined && plain.test(uri)) return { path: uri, scope: 'repository' };
    const key = `${uriBaseId ?? ''}\n${uri}`;
    let path = this.#known.get(key);
    if (path === undefined) {
      path = this.#resolve(uri, uriBaseId);
      if (this.#known.size < 100_000) this.#known.set(key, path);
    }
    return path;
  }

  /** Whether a location's own `uri` is its path already. Quick for the many that are. */
  isNormal(location: ArtifactLocation): boolean {
    const { uri, uriBaseId } = location;
    if (uri === undefined) return true;
    if (plain.test(uri) && (uriBaseId === undefined || this.#addsNothing(uriBaseId))) return true;
    const path = this.of(location);
    return path === undefined || path.scope === 'unresolved' || path.path === uri;
  }

  /** Whether none of these base ids (bits, by their position in `baseIds`) changes a relative path. */
  addNothing(bases: number): boolean {
    for (; this.#basesLookedAt < baseIds.length; this.#basesLookedAt += 1) {
      const id = baseIds[this.#basesLookedAt] as string;
      if (this.#addsNothing(id)) this.#emptyBases |= 1 << this.#basesLookedAt;
    }
    return (bases & ~this.#emptyBases) === 0;
  }

  /** A location's own `uri` and `uriBaseId`, or those of the artifact it points to (section 3.4.2). */
  inline(location: ArtifactLocation): ArtifactLocation {
    if (location.uri !== undefined) return location;
    return this.#run.artifacts?.[location.index ?? -1]?.location ?? location;
  }

  #resolve(given: string, uriBaseId: string | undefined): RepositoryPath {
    const uri = repairUri(given);
    if (scheme(uri) !== undefined) return this.#absolute(uri);
    if (uri.startsWith('/')) return this.#absolute(`file://${uri}`);
    if (uriBaseId === undefined) return { path: cleanPath(uri), scope: 'repository' };
    const base = this.#baseOf(uriBaseId);
    const combined = base.uri + uri.replace(/^(\.\/)+/, '');
    if (scheme(combined) !== undefined) return this.#absolute(combined);
    return { path: cleanPath(combined), scope: base.isRoot ? 'repository' : 'unresolved' };
  }

  #absolute(uri: string): RepositoryPath {
    const plainUri = uri.replace(/^file:\/\/localhost\//i, 'file:///').replace(/^file:\/(?!\/)/i, 'file:///');
    for (const root of this.#roots) {
      if (startsWithRoot(plainUri, root)) return { path: cleanPath(plainUri.slice(root.length)), scope: 'repository' };
    }
    if (!/^file:/i.test(plainUri)) return { path: plainUri, scope: 'remote' };
    return { path: plainUri, scope: 'absolute' };
  }

  /** Whether every plain relative path below this base is a path from the root as it stands. */
  #addsNothing(id: string): boolean {
    let nothing = this.#transparent.get(id);
    if (nothing === undefined) {
      const { uri } = this.#baseOf(id);
      const position = this.#roots.indexOf(uri);
      const earlier = this.#roots.slice(0, Math.max(0, position));
      nothing = uri === '' || (position >= 0 && !earlier.some((root) => root.startsWith(uri) || uri.startsWith(root)));
      this.#transparent.set(id, nothing);
    }
    return nothing;
  }

  #baseOf(id: string): Base {
    let base = this.#bases.get(id);
    if (base === undefined) {
      base = this.#resolveBase(id);
      this.#bases.set(id, base);
    }
    return base;
  }

  /** Concatenation along the chain of bases, as section 3.14.14 prescribes; a cycle or a missing link ends it. */
  #resolveBase(id: string): Base {
    const bases = this.#run.originalUriBaseIds;
    const seen = new Set<string>();
    let suffix = '';
    for (let current = id; ; ) {
      const declared = bases !== undefined && Object.hasOwn(bases, current) ? bases[current] : undefined;
      const unresolved = { uri: suffix, isRoot: isRootName(current) };
      if (seen.has(current) || declared?.uri === undefined) return unresolved;
      seen.add(current);
      const uri = repairUri(declared.uri);
      suffix = (uri === '' || uri.endsWith('/') ? uri : `${uri}/`) + suffix;
      if (scheme(suffix) !== undefined) return { uri: suffix, isRoot: false };
      if (suffix.startsWith('/')) return { uri: `file://${suffix}`, isRoot: false };
      if (declared.uriBaseId === undefined) return { uri: suffix, isRoot: true };
      current = declared.uriBaseId;
    }
  }

  /** Absolute prefixes that mean the root of the repository: what the caller and the log's own words say first, then the shortest. */
  #rootsOf(checkoutRoot: string | undefined): string[] {
    const { versionControlProvenance, originalUriBaseIds, invocations } = this.#run;
    const ids = Object.keys(originalUriBaseIds ?? {});
    const named = [
      checkoutRoot,
      ...(versionControlProvenance ?? []).map(({ mappedTo }) => this.#absoluteOf(mappedTo ?? {})),
      ...ids.filter(isRootName).map((id) => this.#resolveBase(id).uri),
    ];
    const others = [
      ...ids.filter((id) => !this.#hasParent(id)).map((id) => this.#resolveBase(id).uri),
      this.#absoluteOf(invocations?.[0]?.workingDirectory ?? {}),
    ];
    const shortestFirst = absoluteRoots(others).sort((one, other) => one.length - other.length);
    return [...new Set([...absoluteRoots(named), ...shortestFirst])];
  }

  #hasParent(id: string): boolean {
    return this.#run.originalUriBaseIds?.[id]?.uriBaseId !== undefined;
  }

  #absoluteOf({ uri, uriBaseId }: ArtifactLocation): string | undefined {
    if (uri === undefined || uriBaseId === undefined) return uri;
    return this.#resolveBase(uriBaseId).uri + uri;
  }
}

/** Those that are absolute, with a slash at the end. The root of the file system is no repository. */
function absoluteRoots(uris: readonly (string | undefined)[]): string[] {
  const roots: string[] = [];
  for (const uri of uris) {
    if (uri === undefined || uri === '') continue;
    const repaired = repairUri(uri);
    const absolute =
      scheme(repaired) !== undefined ? repaired : repaired.startsWith('/') ? `file://${repaired}` : undefined;
    if (absolute === undefined || /^file:\/*$/i.test(absolute)) continue;
    roots.push(absolute.endsWith('/') ? absolute : `${absolute}/`);
  }
  return roots;
}

interface Base {
  /** Absolute, or relative to the repository when `isRoot`. */
  readonly uri: string;
  readonly isRoot: boolean;
}

function isRootName(id: string): boolean {
  return conventionalRoots.has(id) || conventionalRoots.has(id.replace(/^%|%$/g, '').toUpperCase());
}

/** The scheme of a URI; a single letter is a drive, not a scheme. */
export function scheme(uri: string): string | undefined {
  return /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(uri)?.[1]?.toLowerCase();
}

function startsWithRoot(uri: string, root: string): boolean {
  return uri.length > root.length && uri.startsWith(root);
}

/** Without empty and `.` segments and without a leading slash. `..` stays: only the file system knows where it leads. */
function cleanPath(path: string): string {
  const segments = path
    .split('/')
    .filter((segment, at, all) => segment !== '.' && (segment !== '' || (at === all.length - 1 && at > 0)));
  const joined = segments.join('/').replace(/^\/+/, '');
  return /^[^/]*:/.test(joined) ? `./${joined}` : joined;
}
