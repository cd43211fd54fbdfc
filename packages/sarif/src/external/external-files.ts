import type { Report } from '../diagnostics/diagnostic.ts';
import type { Limits } from '../json/limits.ts';
import type { PathSegment } from '../json/pointer.ts';
import { ReadError } from '../json/read-error.ts';
import { rereadable } from '../json/rereadable.ts';
import { openDocument } from '../read/open-document.ts';
import { TextChecker } from '../read/text-checker.ts';
import type { ExternalDocument } from './external-document.ts';
import { isFields } from './json-value.ts';
import type { ExternalReference, OpenExternal } from './open-external.ts';

export interface ExternalFileOptions {
  readonly open: OpenExternal | undefined;
  readonly limits: Limits;
  readonly signal: AbortSignal | undefined;
  readonly transcode: boolean;
  readonly report: Report | undefined;
}

/** A file, or why there is none. */
export type OpenedFile = ExternalDocument | string;

/** The external property files of one log. Each is opened once, however many properties refer to it. */
export class ExternalFiles {
  readonly #options: ExternalFileOptions;
  readonly #opened = new Map<string, Promise<OpenedFile>>();

  constructor(options: ExternalFileOptions) {
    this.#options = options;
  }

  open(reference: ExternalReference): Promise<OpenedFile> {
    const key = fileKey(reference);
    let file = this.#opened.get(key);
    if (file === undefined) {
      file = openFile(reference, this.#options);
      this.#opened.set(key, file);
    }
    return file;
  }
}

/** Equal for references that lead to the same file. */
export function fileKey({ uri, baseUri }: Pick<ExternalReference, 'uri' | 'baseUri'>): string {
  return `${baseUri ?? ''}\n${uri.replace(/^(?:\.\/){1,100}/, '')}`;
}

async function openFile(reference: ExternalReference, options: ExternalFileOptions): Promise<OpenedFile> {
  const { open, signal, report } = options;
  if (open === undefined) return 'external property files are not opened here';
  const file = reference.uri;
  try {
    const given = await open(reference);
    if (given === undefined) return 'there is no such file';
    const { index, source } = await openDocument(await rereadable(given, options), {
      ...options,
      arrays: isResults,
      depth: 1,
      report: reportIn(file, report),
    });
    const { root, arrays } = index;
    if (!isFields(root)) return 'it does not hold an object';
    const text = new TextChecker(reportIn(file, report));
    text.header(index);
    text.end();
    return { file, pointer: '', root, results: arrays[0], source, placeOf: (pointer) => index.placeOf(pointer) };
  } catch (error) {
    signal?.throwIfAborted();
    return reasonOf(error);
  }
}

/** What a message says after `because`. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = error instanceof ReadError ? error.diagnostic.place : undefined;
  const at = place === undefined ? '' : ` in line ${place.line}, column ${place.column}`;
  return `it cannot be read${at}: ${message.replace(/\.$/, '')}`;
}

/** Says of a file what would be said of the log; places in the file are not those of the log. */
export function reportIn(file: string, report: Report | undefined): Report {
  return ({ place: _, ...diagnostic }) => report?.({ ...diagnostic, message: `In '${file}': ${diagnostic.message}` });
}

function isResults(path: readonly PathSegment[]): boolean {
  return path.length === 1 && path[0] === 'results';
}
