import type { OutputStream } from './environment.ts';
import type { Output } from './output.ts';
import type { Paint } from './render/paint.ts';

const defaultColumns = 100;

/**
 * An output over a stream. A reader that goes away, as `head` does, ends the writing and nothing else: the work goes on and its exit code stays
 * true.
 */
export function createStreamOutput({ stream, isTerminal, columns }: OutputStream, paint: Paint): Output {
  let isClosed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    isClosed = true;
  });
  const write = (chunk: string | Uint8Array) =>
    isClosed ? Promise.resolve() : new Promise<void>((resolve) => stream.write(chunk, () => resolve()));
  return {
    paint,
    isTerminal,
    columns: columns ?? defaultColumns,
    write,
    line(line) {
      void write(`${line.value}\n`);
    },
  };
}
