import type { Artifact, ArtifactLocation, RunHeader } from '../model/model.ts';
import type { RepositoryPath, RepositoryPaths } from './repository-path.ts';
import type { RunContext } from './run-context.ts';
import { TextLines } from './text-lines.ts';

/** What is known of an artifact's content. */
export interface Content {
  /** Absent when it is not known how the bytes are to be read as text. */
  readonly lines?: TextLines | undefined;
  /** Absent when the log has the text only: nobody knows which bytes it was read from. */
  readonly bytes?: Uint8Array | undefined;
}

const known = new WeakMap<RunContext, ArtifactContents>();

/** The contents that a run's own log holds, looked up once for each run. */
export function contentsIn(context: RunContext): ArtifactContents {
  let contents = known.get(context);
  if (contents === undefined) {
    contents = new ArtifactContents(context.run, context.paths);
    known.set(context, contents);
  }
  return contents;
}

/** Gives the bytes of a file, if it can and may. */
export type ReadSource = (path: RepositoryPath) => Uint8Array | undefined;

/**
 * The contents of a run's artifacts: what the log holds as text, what it holds as bytes, and last what the caller can read
 * (section 3.24.8). Each is decoded once.
 */
export class ArtifactContents {
  readonly #run: RunHeader;
  readonly #paths: RepositoryPaths;
  readonly #readSource: ReadSource | undefined;
  readonly #byKey = new Map<string, Artifact>();
  readonly #known = new Map<Artifact, Content | undefined>();
  /** Results that follow each other are often about one file. To keep all files would take memory without a bound. */
  #lastRead: { readonly key: string; readonly content: Content | undefined } | undefined;
  /** Whether there is nothing to be had. */
  readonly isEmpty: boolean;

  constructor(run: RunHeader, paths: RepositoryPaths, readSource?: ReadSource) {
    this.#run = run;
    this.#paths = paths;
    this.#readSource = readSource;
    for (const artifact of run.artifacts ?? []) {
      // The path of a nested artifact counts inside its container, where another file may have it, too.
      const isNested = (artifact.parentIndex ?? -1) >= 0;
      if (artifact.contents === undefined || isNested) continue;
      const key = this.#keyOf(artifact.location ?? {});
      if (key !== undefined && !this.#byKey.has(key)) this.#byKey.set(key, artifact);
    }
    const hasContents = (run.artifacts ?? []).some(({ contents }) => contents !== undefined);
    this.isEmpty = !hasContents && readSource === undefined;
  }

  of(location: ArtifactLocation): Content | undefined {
    if (this.isEmpty) return undefined;
    const artifact = this.#artifactOf(location);
    if (artifact === undefined) return this.#source(location);
    if (!this.#known.has(artifact)) this.#known.set(artifact, contentOf(artifact, this.#run));
    return this.#known.get(artifact) ?? this.#source(location);
  }

  /** The one that the index leads to, unless the URI denies it. */
  #artifactOf(location: ArtifactLocation): Artifact | undefined {
    const pointed = this.#run.artifacts?.[location.index ?? -1];
    if (location.uri === undefined) return pointed;
    const key = this.#keyOf({ ...location, index: -1 });
    if (pointed !== undefined && key === this.#keyOf(pointed.location ?? {})) return pointed;
    return this.#byKey.get(key ?? '');
  }

  #source(location: ArtifactLocation): Content | undefined {
    const path = this.#readSource === undefined ? undefined : this.#paths.of(location);
    if (path === undefined) return undefined;
    const key = `${path.scope} ${path.path}`;
    if (this.#lastRead?.key === key) return this.#lastRead.content;
    const bytes = this.#readSource?.(path);
    const encoding = this.#run.defaultEncoding ?? 'utf-8';
    const content = bytes === undefined ? undefined : { bytes, lines: decoded(bytes, encoding, this.#run) };
    this.#lastRead = { key, content };
    return content;
  }

  #keyOf(location: ArtifactLocation): string | undefined {
    const path = this.#paths.of(location);
    return path === undefined ? undefined : `${path.scope} ${path.path}`;
  }
}

function contentOf({ contents, encoding }: Artifact, run: RunHeader): Content | undefined {
  const { text, binary } = contents ?? {};
  const bytes = binary === undefined ? undefined : bytesOf(binary);
  if (text !== undefined) return { lines: new TextLines(text, run.newlineSequences), bytes };
  const named = encoding ?? run.defaultEncoding;
  if (bytes === undefined) return undefined;
  return { bytes, lines: named === undefined ? undefined : decoded(bytes, named, run) };
}

/** `undefined` when the text is no Base64. */
function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    // Contents that cannot be read are contents that nobody has.
    return undefined;
  }
}

/** `undefined` when the encoding is unknown, or the bytes are not in it. */
function decoded(bytes: Uint8Array, encoding: string, { newlineSequences }: RunHeader): TextLines | undefined {
  try {
    return new TextLines(new TextDecoder(encoding, { fatal: true }).decode(bytes), newlineSequences);
  } catch {
    // Contents that cannot be read are contents that nobody has.
    return undefined;
  }
}
