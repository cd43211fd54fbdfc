import type { ArtifactLocation, RunHeader } from '../model/model.ts';
import { type Child, closingElements } from './closing-elements.ts';
import { conventionalRoots } from './conventional-roots.ts';
import { scheme, uriForm } from './uri-form.ts';
import { decodedPath } from './uri-normal-form.ts';
import { isPlainPath } from './uri-syntax.ts';

/** Where a file is, as identity and display need it: never absolute if the log tells what it is relative to. */
export interface RepositoryPath {
  /** A URI reference, percent-encoded, with `/` and without a leading one. */
  readonly path: string;
  /**
   * `absolute`: outside every root that the log knows; `nested`: inside another artifact, such as an archive; `remote`: no file;
   * `unresolved`: relative to a base nobody declares.
   */
  readonly scope: 'repository' | 'absolute' | 'nested' | 'remote' | 'unresolved';
  /** The base id that nobody declares. */
  readonly baseId?: string;
}

const rootNames = new Set(conventionalRoots);

/** Each new path is compared with all of them, and no real log has more than a few. */
const mostRoots = 100;

/** No path is longer. Bases below bases could be, and would be written into every location. */
const longestBase = 4096;

/** Turns artifact locations of one run into paths from the root of the repository (section 3.4, 3.10, 3.14.14). */
export class RepositoryPaths {
  readonly #run: RunHeader;
  readonly #roots: readonly string[];
  readonly #bases = new Map<string, Base>();
  readonly #known = new Map<string, RepositoryPath>();
  readonly #transparent = new Map<string, boolean>();
  #artifactsAddBases: boolean | undefined;
  #nested: ReadonlySet<number> | undefined;
  #comparableRoots: readonly string[] | undefined;

  /** @param checkoutRoot where the sources were checked out: an absolute path or `file:` URI */
  constructor(run: RunHeader, checkoutRoot?: string) {
    this.#run = run;
    this.#roots = this.#rootsOf(checkoutRoot);
  }

  /** The path of a location, or `undefined` when it has neither a usable `uri` nor an `index` that leads to one. */
  of(location: ArtifactLocation): RepositoryPath | undefined {
    const { uri, uriBaseId } = this.inline(location);
    if (uri === undefined || uri.trim() === '') return undefined;
    if (this.isNested(location.index)) return { path: uri, scope: 'nested' };
    if (uriBaseId === undefined && uriForm(uri).isPlain) return { path: uri, scope: 'repository' };
    // Any text may be a base id, and none is not the empty one.
    const key = `${uriBaseId?.length ?? ''} ${uriBaseId ?? ''}${uri}`;
    let path = this.#known.get(key);
    if (path === undefined) {
      path = this.#resolve(uri, uriBaseId);
      if (this.#known.size < 100_000) this.#known.set(key, path);
    }
    return path;
  }

  /** Whether a location's own `uri` is its path already. Quick for the many that are. */
  isNormal(location: ArtifactLocation): boolean {
    const { uri, uriBaseId, index } = location;
    if (uri === undefined) return true;
    const isComplete = uriBaseId !== undefined || index === undefined || !this.artifactsAddBases;
    if (isComplete && isPlainPath(uri) && (uriBaseId === undefined || this.#addsNothing(uriBaseId))) return true;
    const path = this.of(location);
    if (path === undefined || path.scope === 'unresolved' || path.scope === 'nested') return true;
    // The root itself has no path.
    return path.path === uri || path.path === '';
  }

  /** Whether an artifact of the run has a base that its locations may leave out, and that changes their paths. */
  get artifactsAddBases(): boolean {
    this.#artifactsAddBases ??= (this.#run.artifacts ?? []).some(({ location }) => {
      return location?.uriBaseId !== undefined && !this.#addsNothing(location.uriBaseId);
    });
    return this.#artifactsAddBases;
  }

  /** Whether the artifact at this index lies inside another one that exists (section 3.24.3). */
  isNested(index: number | undefined): boolean {
    if (index === undefined) return false;
    this.#nested ??= nestedElements(this.#run.artifacts ?? []);
    return this.#nested.has(index);
  }

  /** Whether no plain relative path changes by standing below this base id. */
  addsNothing(id: string): boolean {
    return this.#addsNothing(id);
  }

  /** A location's own `uri` and `uriBaseId`; what it leaves out is that of the artifact it points to (section 3.4.2). */
  inline(location: ArtifactLocation): ArtifactLocation {
    const { uri, uriBaseId, index } = location;
    if (index === undefined || (uri !== undefined && (uriBaseId !== undefined || !this.artifactsAddBases)))
      return location;
    const cached = this.#run.artifacts?.[index]?.location;
    if (cached === undefined || (uri !== undefined && uri !== cached.uri)) return location;
    return uriBaseId === undefined ? cached : { ...cached, uriBaseId };
  }

  #resolve(given: string, uriBaseId: string | undefined): RepositoryPath {
    const uri = uriForm(given).repaired;
    if (scheme(uri) !== undefined) return this.#absolute(uri);
    if (uri.startsWith('/')) return this.#absolute(fileUri(uri));
    if (uriBaseId === undefined) return { path: cleanPath(uri), scope: 'repository' };
    const base = this.baseOf(uriBaseId);
    // Scanners of repositories write it for want of another base: paths below it are those from the root of what they scanned.
    if (isFileSystemRoot(base.uri)) return { path: cleanPath(uri), scope: 'repository' };
    const combined = base.uri + uri.replace(/^(?:\.\/){1,100}/, '');
    if (scheme(combined) !== undefined) return this.#absolute(combined);
    const path = cleanPath(combined);
    return base.isRoot ? { path, scope: 'repository' } : { path, scope: 'unresolved', baseId: base.id };
  }

  #absolute(uri: string): RepositoryPath {
    const plainUri = uri.replace(/^file:\/\/localhost\//i, 'file:///').replace(/^file:\/(?!\/)/i, 'file:///');
    for (const root of this.#roots) {
      if (startsWithRoot(plainUri, root)) return { path: cleanPath(plainUri.slice(root.length)), scope: 'repository' };
    }
    const inside = this.#insideRoot(plainUri);
    if (inside !== undefined) return { path: cleanPath(inside), scope: 'repository' };
    if (!/^file:/i.test(plainUri)) return { path: plainUri, scope: 'remote' };
    return { path: plainUri, scope: 'absolute' };
  }

  /** What of a URI stands behind a root that is spelt in another way: with another case of its drive, or other characters encoded. */
  #insideRoot(uri: string): string | undefined {
    this.#comparableRoots ??= this.#roots.map(comparable);
    const text = comparable(uri);
    const root = this.#comparableRoots.find((prefix) => startsWithRoot(text, prefix));
    // What is decoded is no slash, so the same number of them leads to the end of the root.
    return root === undefined
      ? undefined
      : withThreeSlashes(uri)
          .split('/')
          .slice(root.split('/').length - 1)
          .join('/');
  }

  /** Whether every plain relative path below this base is a path from the root as it stands. */
  #addsNothing(id: string): boolean {
    let nothing = this.#transparent.get(id);
    if (nothing === undefined) {
      const { uri } = this.baseOf(id);
      const position = this.#roots.indexOf(uri);
      const earlier = this.#roots.slice(0, Math.max(0, position));
      nothing =
        uri === '' ||
        isFileSystemRoot(uri) ||
        (position >= 0 && !earlier.some((root) => root.startsWith(uri) || uri.startsWith(root)));
      this.#transparent.set(id, nothing);
    }
    return nothing;
  }

  /** What a base id stands for: concatenation along the chain of bases, as section 3.14.14 prescribes. */
  baseOf(id: string): Base {
    const chain: string[] = [];
    const seen = new Set<string>();
    let base: Base | undefined;
    for (let current = id; base === undefined; ) {
      const declared = this.#declared(current);
      base = this.#bases.get(current) ?? (seen.has(current) ? unresolvedBase(current) : ownBase(current, declared));
      if (base !== undefined) break;
      seen.add(current);
      chain.push(current);
      current = declared?.uriBaseId as string;
    }
    for (const below of chain.reverse()) {
      const uri: string = base.uri + folder(this.#declared(below)?.uri ?? '');
      base = uri.length <= longestBase ? { ...base, uri } : unresolvedBase(below);
      this.#bases.set(below, base);
    }
    if (chain.length === 0) this.#bases.set(id, base);
    return base;
  }

  #declared(id: string): ArtifactLocation | undefined {
    const bases = this.#run.originalUriBaseIds;
    return bases !== undefined && Object.hasOwn(bases, id) ? bases[id] : undefined;
  }

  /** Absolute prefixes that mean the root of the repository: what the caller and the log's own words say first, then the shortest. */
  #rootsOf(checkoutRoot: string | undefined): string[] {
    const { versionControlProvenance, originalUriBaseIds, invocations } = this.#run;
    const ids = Object.keys(originalUriBaseIds ?? {});
    const named = [
      checkoutRoot,
      ...(versionControlProvenance ?? []).map(({ mappedTo }) => this.#absoluteOf(mappedTo ?? {})),
      ...ids.filter(isRootName).map((id) => this.baseOf(id).uri),
    ];
    const others = [
      ...ids.filter((id) => !this.#hasParent(id)).map((id) => this.baseOf(id).uri),
      this.#absoluteOf(invocations?.[0]?.workingDirectory ?? {}),
    ];
    const shortestFirst = absoluteRoots(others).sort((one, other) => one.length - other.length);
    return [...new Set([...absoluteRoots(named), ...shortestFirst])].slice(0, mostRoots);
  }

  #hasParent(id: string): boolean {
    return this.#run.originalUriBaseIds?.[id]?.uriBaseId !== undefined;
  }

  #absoluteOf({ uri, uriBaseId }: ArtifactLocation): string | undefined {
    return uriBaseId === undefined ? uri : this.baseOf(uriBaseId).uri + (uri ?? '');
  }
}

function isFileSystemRoot(uri: string): boolean {
  return /^file:\/*$/i.test(uri);
}

/** Those that are absolute, with a slash at the end. The root of the file system is no repository. */
function absoluteRoots(uris: readonly (string | undefined)[]): string[] {
  const roots: string[] = [];
  for (const uri of uris) {
    if (uri === undefined || uri === '') continue;
    const repaired = uriForm(uri).repaired;
    const absolute =
      scheme(repaired) !== undefined ? repaired : repaired.startsWith('/') ? fileUri(repaired) : undefined;
    if (absolute === undefined || isFileSystemRoot(absolute)) continue;
    roots.push(absolute.endsWith('/') ? absolute : `${absolute}/`);
  }
  return roots;
}

function nestedElements(artifacts: readonly Child[]): ReadonlySet<number> {
  const nested = new Set<number>();
  for (const [index, { parentIndex = -1 }] of artifacts.entries()) {
    if (parentIndex >= 0 && parentIndex < artifacts.length) nested.add(index);
  }
  if (nested.size > 0) {
    for (const index of closingElements(artifacts)) nested.delete(index);
  }
  return nested;
}

/** What a base id stands for. */
export interface Base {
  /** Absolute, or relative to the repository when `isRoot`, else to the base with this `id`. Empty, or with a slash at its end. */
  readonly uri: string;
  readonly isRoot: boolean;
  /** The base at the end of the chain. */
  readonly id: string;
}

/** What a declaration says of a base without looking at another one; `undefined` when it is below another. */
function ownBase(id: string, declared: ArtifactLocation | undefined): Base | undefined {
  if (declared?.uri === undefined) return unresolvedBase(id);
  const uri = folder(declared.uri);
  if (scheme(uri) !== undefined) return { uri, isRoot: false, id };
  if (uri.startsWith('/')) return { uri: fileUri(uri), isRoot: false, id };
  return declared.uriBaseId === undefined ? { uri, isRoot: true, id } : undefined;
}

function unresolvedBase(id: string): Base {
  return { uri: '', isRoot: isRootName(id), id };
}

function folder(given: string): string {
  const uri = uriForm(given).repaired;
  return uri === '' || uri.endsWith('/') ? uri : `${uri}/`;
}

/** Whether a base id means the root of the repository when the log does not say where it is. */
export function isRootName(id: string): boolean {
  return rootNames.has(id) || rootNames.has(id.replace(/^%|%$/g, '').toUpperCase());
}

/** The URI of a path that begins with a slash, or with two and the name of a host. */
export function fileUri(path: string): string {
  return path.startsWith('//') ? `file:${path}` : `file://${path}`;
}

/** Some tools put the scheme before a path that has a slash too many already. */
function withThreeSlashes(uri: string): string {
  return uri.replace(/^file:\/\/\/+/i, 'file:///');
}

/** The same text for every spelling of a URI: percent-decoded once, a drive as a capital letter. */
function comparable(uri: string): string {
  return decodedPath(withThreeSlashes(uri)).replace(
    /^file:\/\/\/[a-z]:\//i,
    (drive) => `file:///${drive.slice(-3).toUpperCase()}`,
  );
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
  return /^[^/?#]*:/.test(joined) ? `./${joined}` : joined;
}
