import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';

/** A request as the server saw it. The list of these is what tests believe. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface ScriptedServer extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  /** Requests whose body arrived as a whole. */
  readonly seen: SeenRequest[];
  /** All bytes that arrived, on a server of sockets. */
  readonly received: () => number;
  /** Closes all connections, and goes on listening. */
  readonly dropConnections: () => void;
}

/** An HTTP server: `answer` is called when the body is complete; `index` counts from 0. */
export async function startHttpServer(
  answer: (response: ServerResponse, request: SeenRequest, index: number) => void,
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => {});
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      answer(response, one, seen.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    seen,
    received: () => 0,
    dropConnections: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server of bare sockets: `onData` sees how much has arrived on this connection, and does what it likes. */
export async function startSocketServer(
  onData: (socket: Socket, received: number, text: string) => void,
): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  let total = 0;
  const server = createNetServer((socket) => {
    let received = 0;
    let text = '';
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length;
      total += chunk.length;
      if (text.length < 100_000) text += chunk.toString('latin1');
      onData(socket, received, text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    seen: [],
    received: () => total,
    dropConnections() {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
