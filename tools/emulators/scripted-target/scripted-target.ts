import { createHash } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** A request whose head has arrived. */
export interface RequestHead {
  /** From 0, over all connections. */
  readonly index: number;
  /** Of the connection, from 0. */
  readonly connection: number;
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A request that has arrived as a whole. */
export interface ReceivedRequest extends RequestHead {
  readonly body: Buffer;
  /** SHA-256 of the body, hex. */
  readonly sha256: string;
}

/** What a script can do with a connection. */
export interface Wire {
  readonly socket: Socket;
  /** A well-formed answer with a length, or without one where `body` is undefined. */
  answer(status: number, body?: unknown, headers?: Readonly<Record<string, string>>): void;
  /** These characters as they are, each one byte. */
  raw(text: string): void;
  /** Ends the connection, orderly or with a reset. */
  end(): void;
  reset(): void;
}

/** What the target does. A request that nobody answers stays unanswered. */
export interface TargetScript {
  /** Called on the head, before the body was read. `true`: that was all, the body is not read. */
  readonly onHead?: (head: RequestHead, wire: Wire) => boolean | undefined;
  /** Called once the body is complete. */
  readonly onRequest: (request: ReceivedRequest, wire: Wire) => void;
  /** Speak TLS. */
  readonly tls?: TlsOptions;
  readonly port?: number;
}

/** A target that does exactly what a script says, on bare sockets, so that it can say what no HTTP server would. */
export interface ScriptedTarget extends AsyncDisposable {
  readonly port: number;
  readonly origin: string;
  /** Complete requests in the order of arrival: what really reached the target. */
  readonly received: readonly ReceivedRequest[];
  /** Bytes that arrived, complete requests or not. */
  readonly bytes: number;
  readonly connections: number;
}

/** Starts such a target on this machine. */
export async function startScriptedTarget(script: TargetScript): Promise<ScriptedTarget> {
  const received: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let heads = 0;
  let bytes = 0;
  let connections = 0;

  const onConnection = (socket: Socket) => {
    const connection = connections;
    connections += 1;
    sockets.add(socket);
    const wire = wireOf(socket);
    let buffered = Buffer.alloc(0);
    const chunks: Buffer[] = [];
    let collected = 0;
    let head: RequestHead | undefined;
    let deaf = false;

    const advance = () => {
      for (;;) {
        if (deaf) return;
        if (head === undefined) {
          const end = buffered.indexOf('\r\n\r\n');
          if (end === -1) return;
          head = parseHead(buffered.toString('latin1', 0, end), heads, connection);
          heads += 1;
          const rest = buffered.subarray(end + 4);
          buffered = Buffer.alloc(0);
          chunks.length = 0;
          collected = rest.length;
          if (rest.length > 0) chunks.push(rest);
          if (script.onHead?.(head, wire) === true) {
            deaf = true;
            return;
          }
        }
        const length = Number(head.headers.get('content-length') ?? 0);
        if (collected < length) return;
        const all = Buffer.concat(chunks);
        const body = all.subarray(0, length);
        buffered = Buffer.from(all.subarray(length));
        const request = { ...head, body, sha256: createHash('sha256').update(body).digest('hex') };
        head = undefined;
        received.push(request);
        script.onRequest(request, wire);
        if (buffered.length === 0) return;
      }
    };

    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (head === undefined) buffered = Buffer.concat([buffered, chunk]);
      else {
        chunks.push(chunk);
        collected += chunk.length;
      }
      advance();
    });
  };

  const server = script.tls === undefined ? createServer(onConnection) : createTlsServer(script.tls, onConnection);
  // Handshakes that fail are what some scripts are about.
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(script.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    origin: `${script.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    received,
    get bytes() {
      return bytes;
    },
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function wireOf(socket: Socket): Wire {
  return {
    socket,
    answer(status, body, headers = {}) {
      const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
      const lines = Object.entries({
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
        ...headers,
      }).map(([name, value]) => `${name}: ${value}\r\n`);
      if (!socket.destroyed) socket.write(`HTTP/1.1 ${status} Scripted\r\n${lines.join('')}\r\n${text}`);
    },
    raw: (text) => void socket.write(text, 'latin1'),
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
  };
}

function parseHead(text: string, index: number, connection: number): RequestHead {
  const [first = '', ...lines] = text.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { index, connection, method, path, headers };
}
