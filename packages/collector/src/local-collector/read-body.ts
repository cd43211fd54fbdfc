import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** How the reading of a body ended. `bytes` and `sha256` are of what was read. */
export interface BodyRead {
  /** `cut`: as much as was asked for arrived. `gone`: the client ended the connection. */
  readonly status: 'complete' | 'too-large' | 'cut' | 'gone';
  /** Empty unless complete. */
  readonly body: Buffer;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Reads the body of a request, holding at most `maxBytes` in memory.
 *
 * @param cutAfterBytes stops there, however much more is to come
 */
export async function readBody(request: IncomingMessage, maxBytes: number, cutAfterBytes?: number): Promise<BodyRead> {
  const chunks: Buffer[] = [];
  const digest = createHash('sha256');
  let bytes = 0;
  const ended = (status: BodyRead['status']): BodyRead => ({
    status,
    body: status === 'complete' ? Buffer.concat(chunks) : Buffer.alloc(0),
    bytes,
    sha256: digest.digest('hex'),
  });

  return new Promise((resolve) => {
    const finish = (status: BodyRead['status']) => {
      request.off('data', take).off('end', end).off('close', close).off('error', close);
      // What still comes is somebody else's to discard: an error must not end the process meanwhile.
      request.on('error', ignore);
      if (status !== 'complete') request.pause();
      resolve(ended(status));
    };
    const take = (chunk: Buffer) => {
      if (cutAfterBytes !== undefined && bytes + chunk.length >= cutAfterBytes) {
        const wanted = chunk.subarray(0, cutAfterBytes - bytes);
        digest.update(wanted);
        bytes += wanted.length;
        finish('cut');
        return;
      }
      bytes += chunk.length;
      digest.update(chunk);
      if (bytes > maxBytes) finish('too-large');
      else chunks.push(chunk);
    };
    const end = () => finish('complete');
    const close = () => finish('gone');
    request.on('data', take).on('end', end).on('close', close).on('error', close);
  });
}

/**
 * Discards the rest of a body after an early answer, so that the client can read the answer instead of a reset: the system
 * resets a connection that is closed with bytes unread. Patience ends after `lingerMs` or `maxBytes`, with a reset after all.
 *
 * @param done called once, when nothing more will come
 */
export function discardRest(
  request: IncomingMessage,
  done: () => void,
  maxBytes = 64 * 2 ** 20,
  lingerMs = 5000,
): void {
  let bytes = 0;
  const timer = setTimeout(() => request.destroy(), lingerMs);
  const finish = () => {
    clearTimeout(timer);
    request.off('data', count).off('end', finish).off('close', finish).on('error', ignore);
    done();
  };
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) request.destroy();
  };
  request.on('data', count).on('end', finish).on('close', finish).on('error', ignore).resume();
}

/** The client is gone; there is nobody to tell. */
function ignore(): void {}
