import type { Result } from '../model/model.ts';
import type { RepositoryPaths } from '../run/repository-path.ts';
import { type LineHashes, primaryLocationLineHashes } from './primary-location-line-hashes.ts';

export interface SourceOptions {
  /** The text of a file, by its path from the root of the repository; `undefined` when there is no such file. */
  readonly sourceText: (path: string) => string | undefined;
  /** Longer files are left alone, in UTF-16 code units. Default 10,000,000. */
  readonly maxSourceLength?: number | undefined;
  /** Gives a result without a line the hash of the first. Default false. */
  readonly hashWholeFiles?: boolean | undefined;
}

/** What is kept of files: results of one file often stand together, not always. */
const maxKeptFiles = 1000;
const maxKeptLines = 2_000_000;

/** Looks up `primaryLocationLineHash` in the sources. Memory: the hashes of the files that were asked for last. */
export class SourceLineHashes {
  readonly #options: SourceOptions;
  /** The one used last stands last. */
  readonly #files = new Map<string, LineHashes | undefined>();
  #lines = 0;

  constructor(options: SourceOptions) {
    this.#options = options;
  }

  /** The hash for a result's first location; `undefined` where the file is not in the repository, or is no text, or lacks the line. */
  of({ locations }: Result, paths: RepositoryPaths): string | undefined {
    const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
    const isWhole = region === undefined && this.#options.hashWholeFiles === true;
    const line = isWhole ? 1 : region?.startLine;
    if (artifactLocation === undefined || line === undefined) return undefined;
    const path = paths.of(artifactLocation);
    const file = path?.scope === 'repository' ? filePath(path.path) : undefined;
    return file === undefined ? undefined : this.#hashesOf(file)?.of(line);
  }

  #hashesOf(file: string): LineHashes | undefined {
    const isKnown = this.#files.has(file);
    const hashes = isKnown ? this.#files.get(file) : this.#read(file);
    this.#files.delete(file);
    this.#files.set(file, hashes);
    if (!isKnown) this.#lines += hashes?.lines ?? 0;
    for (const [oldest, kept] of this.#files) {
      const isEnough = this.#files.size <= maxKeptFiles && this.#lines <= maxKeptLines;
      if (isEnough || oldest === file) break;
      this.#files.delete(oldest);
      this.#lines -= kept?.lines ?? 0;
    }
    return hashes;
  }

  #read(file: string): LineHashes | undefined {
    const { sourceText, maxSourceLength = 10_000_000 } = this.#options;
    const text = sourceText(file);
    if (text === undefined || text.length > maxSourceLength || text.includes('\0')) return undefined;
    return primaryLocationLineHashes(text);
  }
}

/** The path as a file system knows it; `undefined` for what leaves the repository or cannot be written so. */
function filePath(path: string): string | undefined {
  const segments: string[] = [];
  for (const encoded of path.split('/')) {
    let segment: string;
    try {
      segment = decodeURIComponent(encoded);
    } catch {
      // A `%` that begins no character: no file has such a name in a URI.
      return undefined;
    }
    if (segment === '..' || /[/\\\0]/.test(segment)) return undefined;
    if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.length === 0 ? undefined : segments.join('/');
}
