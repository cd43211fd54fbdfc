import type { ArchiveEntry } from './archive-entry.ts';
import { archiveHeadBytes, archiveKindOf } from './archive-kind.ts';
import { type FileSource, fileSource } from './file-source.ts';
import { createInflateBudget, type InflateBudget } from './inflate-budget.ts';
import type { Discovery, InputOrigin } from './input.ts';
import { InputError, inputErrorFrom } from './input-error.ts';
import { looksLikeReport } from './report-names.ts';
import type { Spool } from './spool.ts';

/** A file on disk, packed or not. */
export interface FoundFile {
  readonly displayName: string;
  /** Where its bytes are; differs from the display name for unpacked bytes. */
  readonly location: string | Buffer;
  readonly origin: InputOrigin;
  readonly named: boolean;
  /** Deletes the bytes if they are ours. */
  release(): Promise<void>;
}

/**
 * The inputs that a file stands for: itself, or what is packed in it, layer by layer. Unpacked bytes go to the spool one entry at a time and
 * are deleted with the input they belong to. A damaged entry does not keep its neighbours from being used.
 */
export async function* expandInput(file: FoundFile, spool: Spool): AsyncGenerator<Discovery> {
  const source = fileSource(file.location, file.displayName);
  yield* expandLayer({ file, source, spool, budget: undefined, layer: 0 });
}

interface Layer {
  readonly file: FoundFile;
  readonly source: FileSource;
  readonly spool: Spool;
  readonly budget: InflateBudget | undefined;
  readonly layer: number;
}

async function* expandLayer({ file, source, spool, budget: outerBudget, layer }: Layer): AsyncGenerator<Discovery> {
  const { displayName } = file;
  let isHandedOver = false;
  try {
    const kind = archiveKindOf(await source.readAt(0, archiveHeadBytes));
    if (kind === undefined) {
      isHandedOver = true;
      yield {
        type: 'input',
        input: {
          path: displayName,
          origin: file.origin,
          named: file.named,
          source,
          [Symbol.asyncDispose]: file.release,
        },
      };
      return;
    }

    const budget = outerBudget ?? createInflateBudget(source.size ?? 0, displayName);
    budget.checkLayer(layer + 1);
    const inner = { spool, budget, layer: layer + 1 };
    switch (kind) {
      case 'gzip':
      case 'zstd':
        yield* expandSpooled((await unpackers()).decompress(source.stream(), kind, budget, displayName), file, inner);
        return;
      case 'tar':
        yield* expandEntries((await unpackers()).readTar(source.stream(), budget, displayName), file, inner);
        return;
      case 'zip':
        yield* expandEntries((await unpackers()).readZip(file.location, budget, displayName), file, inner);
        return;
    }
  } catch (error) {
    yield { type: 'failed', path: displayName, error: inputErrorFrom(error, displayName) };
  } finally {
    if (!isHandedOver) await file.release();
  }
}

/** Most inputs are not packed: what unpacks is loaded for the first that is. */
function unpackers() {
  return import('./unpackers.ts');
}

type Inner = Omit<Layer, 'file' | 'source'>;

/** Keeps unpacked bytes in the spool and goes on with them as with any file. */
async function* expandSpooled(
  bytes: AsyncIterable<Uint8Array>,
  as: Pick<FoundFile, 'displayName' | 'origin' | 'named'>,
  inner: Inner,
): AsyncGenerator<Discovery> {
  const { displayName, origin, named } = as;
  const kept = await inner.spool.keep(bytes, displayName);
  const file: FoundFile = { displayName, origin, named, location: kept.path, release: () => kept.remove() };
  yield* expandLayer({ ...inner, file, source: fileSource(kept.path, displayName) });
}

async function* expandEntries(
  entries: AsyncIterable<ArchiveEntry>,
  archive: FoundFile,
  inner: Inner,
): AsyncGenerator<Discovery> {
  let reports = 0;
  for await (const entry of entries) {
    const displayName = `${archive.displayName}!/${entry.name}`;
    if (!looksLikeReport(entry.name)) {
      yield {
        type: 'skipped',
        path: displayName,
        reason: 'other-ending',
        message: 'not a report, judged by its ending',
      };
      continue;
    }
    reports += 1;
    if (entry.refusal !== undefined) {
      yield { type: 'failed', path: displayName, error: entry.refusal };
      continue;
    }
    try {
      yield* expandSpooled(entry.read(), { displayName, origin: 'archive', named: false }, inner);
    } catch (error) {
      // A used-up budget ends the archive; a damaged entry only ends the entry.
      if (error instanceof InputError && error.code === 'SF-I105') yield { type: 'failed', path: displayName, error };
      else throw error;
    }
  }
  if (reports === 0 && archive.named) {
    throw new InputError(
      'SF-I101',
      archive.displayName,
      'The archive holds no report: no entry ends in .sarif, .json or .xml. Pass the report itself if it has another name.',
    );
  }
}
