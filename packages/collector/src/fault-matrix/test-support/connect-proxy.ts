import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/** One CONNECT as the proxy saw it. */
export interface SeenConnect {
  /** Host and port that were asked for. */
  readonly authority: string;
  readonly authorization: string | undefined;
}

/** What to do about a CONNECT: a tunnel to a port of this machine, or these characters. */
export type ProxyAnswer = { readonly tunnelTo: number } | { readonly say: string };

/** A proxy that only knows CONNECT. */
export interface ConnectProxy extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly SeenConnect[];
  /** Resets every tunnel. */
  resetAll(): void;
}

/** Starts a proxy; `answer` decides about each CONNECT. */
export async function startConnectProxy(
  answer: (seen: SeenConnect, index: number) => ProxyAnswer,
): Promise<ConnectProxy> {
  const seen: SeenConnect[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };

  const server = createServer((client) => {
    keep(client);
    let head = '';
    const onData = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      client.off('data', onData);
      const [first = '', ...lines] = head.split('\r\n');
      const authorization = lines.find((line) => /^proxy-authorization:/i.test(line))?.replace(/^[^:]*: */, '');
      const connect = { authority: first.split(' ')[1] ?? '', authorization };
      seen.push(connect);
      const decision = answer(connect, seen.length - 1);
      if ('say' in decision) {
        client.end(decision.say, 'latin1');
        return;
      }
      const upstream = createConnection({ port: decision.tunnelTo, host: '127.0.0.1' });
      keep(upstream);
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    };
    client.on('data', onData);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    resetAll() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
