import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Diagnostic, githubLimits } from '@sariflow/sarif';
import type { FileSource } from '../../input/file-source.ts';
import { formatBytes } from '../render/quantities.ts';

/** Gzip adds at most this to what it cannot compress, a block of five bytes for each 16 kB and a few at both ends. */
const overhead = 1.001;

/** What there is to say about the size that a log has when it is uploaded to GitHub, which takes it compressed with gzip. */
export async function githubUploadSize(source: FileSource, signal: AbortSignal): Promise<Diagnostic | undefined> {
  const { uploadBytes } = githubLimits;
  const bytes = await gzipSize(source, signal);
  if (bytes <= uploadBytes) return undefined;
  return {
    ruleId: 'SF-G001',
    level: 'error',
    message: `The log has ${formatBytes(bytes)} after gzip, but GitHub takes at most ${formatBytes(uploadBytes)}. Split it into several with a category each, or leave out embedded file contents.`,
    pointer: '',
    place: { byteOffset: 0, line: 1, column: 1 },
  };
}

/** How long a log is after gzip. What is short enough as it is counts as it is: it is not compressed to learn that. */
export async function gzipSize(source: FileSource, signal: AbortSignal): Promise<number> {
  const { size } = source;
  if (size !== undefined && size * overhead < githubLimits.uploadBytes) return size;
  return gzipBytes(source, signal);
}

async function gzipBytes(source: FileSource, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  await pipeline(
    copies(source),
    createGzip(),
    async (compressed: AsyncIterable<Uint8Array>) => {
      for await (const chunk of compressed) bytes += chunk.length;
    },
    { signal },
  );
  return bytes;
}

/**
 * A chunk of a source is only valid until the next one is asked for, and a stream reads ahead. `slice` would be no copy: the chunks are
 * buffers of Node.js.
 */
async function* copies(source: FileSource): AsyncGenerator<Uint8Array> {
  for await (const chunk of source.stream()) yield new Uint8Array(chunk);
}
