import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

const start = Buffer.from('HTTP/1.1 100 ');
const end = '\r\n\r\n';

/**
 * Connections that pass over `100 Continue`. We never ask for it, and some servers and proxies send it all the same, as
 * they may (RFC 9110 §15.2); undici takes it for a broken answer. The other interim answers it knows how to ignore.
 */
export function ignoreContinue(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      passOver(socket);
      callback(null, socket);
    });
}

function passOver(socket: Socket): void {
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    for (;;) {
      const chunk: unknown = read(size);
      if (!Buffer.isBuffer(chunk)) return chunk;
      const rest = withoutContinue(chunk);
      if (rest.length > 0) return rest;
    }
  };
}

function withoutContinue(chunk: Buffer): Buffer {
  let rest = chunk;
  while (rest.length >= start.length && rest.compare(start, 0, start.length, 0, start.length) === 0) {
    const at = rest.indexOf(end);
    if (at === -1) return rest;
    rest = rest.subarray(at + end.length);
  }
  return rest;
}
