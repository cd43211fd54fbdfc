import { describe, expect, test } from 'vitest';
import type { HttpResult } from './http-message.ts';
import { createHttpTransport, type TransportOptions } from './http-transport.ts';
import { type ScriptedServer, startHttpServer, startSocketServer } from './test-support/scripted-server.ts';

const small = Buffer.from('{"version":"2.1.0"}');
const large = Buffer.alloc(9_500_000, 0x20);

async function post(
  server: ScriptedServer,
  body: Uint8Array,
  options: Partial<TransportOptions> = {},
  limitMs = 10_000,
) {
  await using transport = createHttpTransport({ origin: server.origin, ...options });
  return await transport.request(
    { method: 'POST', path: '/up', headers: { 'content-type': 'application/json' }, body },
    AbortSignal.timeout(limitMs),
  );
}

/** Calls back once the headers and the body have arrived on a connection. */
function whenComplete(bodyBytes: number, then: (socket: import('node:net').Socket) => void) {
  return (socket: import('node:net').Socket, received: number, text: string) => {
    const head = text.indexOf('\r\n\r\n');
    if (head !== -1 && received >= head + 4 + bodyBytes) then(socket);
  };
}

function sentOf(result: HttpResult) {
  return result.type === 'failure' ? result.sent : `answer ${result.status}`;
}

describe('http transport', () => {
  test('moves bytes and length unchanged, and reads the answer', async () => {
    await using server = await startHttpServer((response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'X-Twice': ['one', 'two'] });
      response.end('{"status":"INGESTED"}');
    });
    const body = Buffer.from(JSON.stringify({ text: 'ä'.repeat(200_000) }));
    const result = await post(server, body);
    expect(result).toMatchObject({ type: 'answer', status: 201, complete: true });
    expect(server.seen[0]?.body).toBe(body.toString());
    expect(server.seen[0]?.headers['content-length']).toBe(String(body.byteLength));
    if (result.type === 'answer') {
      expect(Buffer.from(result.body).toString()).toBe('{"status":"INGESTED"}');
      expect(result.headers.get('x-twice')).toBe('one');
    }
  });

  test('a closed port: nothing was sent', async () => {
    const server = await startHttpServer(() => {});
    await server[Symbol.asyncDispose]();
    expect(sentOf(await post(server, small))).toBe('nothing');
  });

  test('a name that is reserved for not existing: nothing was sent', async () => {
    await using transport = createHttpTransport({ origin: 'http://host.invalid' });
    const result = await transport.request(
      { method: 'POST', path: '/', headers: {}, body: small },
      AbortSignal.timeout(9000),
    );
    expect(sentOf(result)).toBe('nothing');
  });

  test('a reset in the middle of a large body: some was sent', async () => {
    await using server = await startSocketServer((socket, received) => {
      if (received > 95_000) socket.resetAndDestroy();
    });
    expect(sentOf(await post(server, large))).toBe('some');
  });

  test.each(['reset', 'close'])('a %s after the body: everything was sent', async (way) => {
    await using server = await startSocketServer(
      whenComplete(small.length, (socket) => (way === 'reset' ? socket.resetAndDestroy() : socket.destroy())),
    );
    expect(sentOf(await post(server, small))).toBe('everything');
  });

  test('an answer that never comes ends with the time for headers', async () => {
    await using server = await startSocketServer(() => {});
    expect(sentOf(await post(server, small, { headersTimeoutMs: 300 }))).toBe('everything');
  });

  test('an answer that drips, a header byte at a time, ends with the time for headers', async () => {
    await using server = await startSocketServer(
      whenComplete(small.length, (socket) => {
        const text = `HTTP/1.1 201 Created\r\nX-Slow: ${'a'.repeat(1000)}`;
        let at = 0;
        const timer = setInterval(
          () => (socket.destroyed ? clearInterval(timer) : socket.write(text[at++] ?? 'a')),
          20,
        );
        socket.on('close', () => clearInterval(timer));
      }),
    );
    expect(sentOf(await post(server, small, { headersTimeoutMs: 500 }))).toBe('everything');
  });

  test('a body that drips for ever ends with the overall limit, and the status is kept', async () => {
    await using server = await startHttpServer((response) => {
      response.writeHead(201);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    });
    expect(await post(server, small, {}, 500)).toMatchObject({ type: 'answer', status: 201, complete: false });
  });

  test('of an endless answer 64 KiB are read', async () => {
    await using server = await startHttpServer((response) => {
      response.writeHead(201);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x61)));
      };
      response.on('drain', more);
      more();
    });
    const result = await post(server, small);
    expect(result).toMatchObject({ status: 201, complete: false });
    if (result.type === 'answer') expect(result.body.byteLength).toBe(65_536);
  });

  test('an answer shorter than it announced is not complete', async () => {
    await using server = await startSocketServer(
      whenComplete(small.length, (socket) =>
        socket.end('HTTP/1.1 201 Created\r\nContent-Length: 999\r\n\r\n{"status"'),
      ),
    );
    expect(await post(server, small)).toMatchObject({ status: 201, complete: false });
  });

  test('an early answer wins over the broken pipe', async () => {
    await using server = await startSocketServer((socket, received) => {
      if (received > 70_000 && !socket.writableEnded) {
        socket.end('HTTP/1.1 413 Payload Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}');
      }
    });
    expect(sentOf(await post(server, large))).toBe('answer 413');
  });

  test('noise before the answer, and an old server', async () => {
    await using server = await startSocketServer(
      whenComplete(small.length, (socket) =>
        socket.end(
          'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.0 201 Created\r\nConnection: close\r\n\r\n{"status":"INGESTED"}',
        ),
      ),
    );
    expect(await post(server, small)).toMatchObject({ status: 201, complete: true });
  });

  test.each([301, 302, 303, 307, 308])('a %i is not followed: the other server sees no byte', async (status) => {
    await using other = await startSocketServer(() => {});
    await using server = await startHttpServer((response) => {
      response.writeHead(status, { location: `${other.origin}/elsewhere` });
      response.end();
    });
    expect(sentOf(await post(server, small))).toBe(`answer ${status}`);
    expect(other.received()).toBe(0);
  });

  test('two answers to one request: the second is never taken for the answer to the next', async () => {
    const answer = (text: string) => `HTTP/1.1 201 Created\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
    let connections = 0;
    const met = new WeakSet<object>();
    await using server = await startSocketServer((socket, received, text) => {
      if (!met.has(socket)) {
        met.add(socket);
        connections += 1;
      }
      whenComplete(small.length, () => socket.write(answer(`"${connections}"`) + answer('"extra"')))(
        socket,
        received,
        text,
      );
    });
    await using transport = createHttpTransport({ origin: server.origin, concurrency: 1 });
    const request = { method: 'POST', path: '/', headers: {}, body: small } as const;
    const texts: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const result = await transport.request(request, AbortSignal.timeout(5000));
      texts.push(result.type === 'answer' ? Buffer.from(result.body).toString() : 'failure');
    }
    expect(texts).not.toContain('"extra"');
  });

  test('an aborted signal sends nothing', async () => {
    await using server = await startHttpServer((response) => response.end());
    await using transport = createHttpTransport({ origin: server.origin });
    const result = await transport.request(
      { method: 'POST', path: '/', headers: {}, body: small },
      AbortSignal.abort(),
    );
    expect(sentOf(result)).toBe('nothing');
    expect(server.seen).toEqual([]);
  });

  test('a slow line does not run into the time for headers', async () => {
    await using server = await startSocketServer((socket, received, text) => {
      socket.pause();
      setTimeout(() => socket.resume(), 40);
      whenComplete(6_000_000, (done) => done.end('HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}'))(
        socket,
        received,
        text,
      );
    });
    const body = Buffer.alloc(6_000_000, 0x20);
    expect(sentOf(await post(server, body, { headersTimeoutMs: 1500 }, 60_000))).toBe('answer 201');
  });
});
