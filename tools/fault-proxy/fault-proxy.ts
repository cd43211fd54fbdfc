import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Direction, Toxic, ToxicPlan } from './toxic.ts';

/** A TCP proxy that can be told to misbehave. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:<port>`; for TLS behind it, put `https` in front. */
  readonly origin: string;
  /** Orders a toxic; the function takes it back. */
  add(toxic: Toxic, plan: ToxicPlan): () => void;
  /** Takes all toxics back. */
  clear(): void;
  /** Stops listening and resets every connection; the port stays reserved for `up`. */
  down(): Promise<void>;
  /** Listens again. */
  up(): Promise<void>;
  /** Connections that were opened so far. */
  readonly opened: number;
  /** Connections that are open now. */
  readonly open: number;
  close(): Promise<void>;
}

interface Entry {
  readonly toxic: Toxic;
  readonly plan: ToxicPlan;
  left: number;
}

/** Both ends of one connection. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Toxics that were counted for this connection; others work on all of them. */
  readonly counted: Set<Entry>;
  /** Packets vanish. */
  dead: boolean;
}

/** Starts a proxy in front of a port of this machine. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const entries = new Set<Entry>();
  const pairs = new Set<Pair>();
  let opened = 0;

  const strike = (client: Socket) => {
    opened += 1;
    const server = createConnection({ port: targetPort, host: '127.0.0.1' });
    const pair: Pair = { client, server, counted: new Set(), dead: false };
    for (const entry of entries) {
      if (entry.plan.connections === undefined || entry.left <= 0) continue;
      entry.left -= 1;
      pair.counted.add(entry);
    }
    pairs.add(pair);
    const active = (direction: Direction) =>
      [...entries]
        .filter((entry) => entry.plan.connections === undefined || pair.counted.has(entry))
        .filter((entry) => entry.plan.direction === direction)
        .map((entry) => entry.toxic);
    const end = () => {
      if (client.destroyed && server.destroyed) pairs.delete(pair);
    };
    client.setNoDelay(true).on('close', end);
    server.setNoDelay(true).on('close', end);
    pump(pair, client, server, () => active('up'));
    pump(pair, server, client, () => active('down'));
  };

  let server: Server = await listen(0, strike);
  const { port } = server.address() as AddressInfo;

  const down = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const { client, server: upstream } of pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
    pairs.clear();
    await closed;
  };

  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    add(toxic, plan) {
      const entry: Entry = { toxic, plan, left: plan.connections ?? 0 };
      entries.add(entry);
      return () => entries.delete(entry);
    },
    clear: () => entries.clear(),
    down,
    async up() {
      server = await listen(port, strike);
    },
    get opened() {
      return opened;
    },
    get open() {
      return pairs.size;
    },
    close: down,
    [Symbol.asyncDispose]: down,
  };
}

function listen(port: number, onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, onConnection);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** Moves bytes one way, chunk after chunk, each through every toxic. */
function pump(pair: Pair, from: Socket, to: Socket, toxics: () => Toxic[]): void {
  let work = Promise.resolve();
  let waiting = 0;
  let passed = 0;
  const then = (task: () => Promise<void>) => {
    work = work.then(task);
  };

  from.on('data', (chunk: Buffer) => {
    waiting += 1;
    from.pause();
    then(async () => {
      passed += await carry(pair, to, chunk, passed, toxics());
      waiting -= 1;
      if (waiting === 0) from.resume();
    });
  });
  from.on('end', () =>
    then(async () => {
      if (pair.dead) return;
      for (const toxic of toxics()) if (toxic.kind === 'slow-close') await delay(toxic.ms);
      to.end();
    }),
  );
  // A reset on one side is one on the other, unless the network between them is gone.
  from.on('error', () => {
    if (!pair.dead) to.resetAndDestroy();
  });
  from.on('close', () => {
    if (!pair.dead && !to.destroyed && from.destroyed && !from.readableEnded) to.destroy();
  });
}

/** @returns how many bytes were passed on */
async function carry(pair: Pair, to: Socket, chunk: Buffer, passed: number, toxics: Toxic[]): Promise<number> {
  const pieceBytes = Math.min(chunk.length, ...toxics.map((toxic) => pieceOf(toxic)));
  let carried = 0;

  for (let at = 0; at < chunk.length; at += pieceBytes) {
    if (pair.dead) return carried;
    let piece = chunk.subarray(at, at + pieceBytes);
    for (const toxic of toxics) {
      switch (toxic.kind) {
        case 'latency':
          await delay(toxic.ms);
          break;
        case 'bandwidth':
          await delay((piece.length / toxic.bytesPerSecond) * 1000);
          break;
        case 'slicer':
          await delay(toxic.ms);
          break;
        case 'slow-close':
          break;
        case 'half-open':
          pair.dead = true;
          return carried;
        case 'timeout':
          pair.dead = true;
          if (toxic.ms > 0) {
            await delay(toxic.ms);
            endBoth(pair, 'close');
          }
          return carried;
        case 'reset-peer':
          await delay(toxic.ms);
          endBoth(pair, 'reset');
          return carried;
        case 'limit-data': {
          const room = toxic.bytes - passed - carried;
          if (room > piece.length) break;
          piece = piece.subarray(0, Math.max(0, room));
          await write(to, piece);
          // What was let through is to arrive before the end does.
          await delay(20);
          endBoth(pair, toxic.end);
          return carried + piece.length;
        }
      }
    }
    await write(to, piece);
    carried += piece.length;
  }
  return carried;
}

/** The largest piece that a toxic handles at a time: a tenth of a second, for a steady flow. */
function pieceOf(toxic: Toxic): number {
  if (toxic.kind === 'bandwidth') return Math.max(1, Math.floor(toxic.bytesPerSecond / 10));
  return toxic.kind === 'slicer' ? Math.max(1, toxic.bytes) : Number.POSITIVE_INFINITY;
}

function endBoth({ client, server }: Pair, how: 'close' | 'reset'): void {
  for (const socket of [client, server]) {
    if (how === 'reset') socket.resetAndDestroy();
    else socket.destroy();
  }
}

function write(to: Socket, bytes: Buffer): Promise<void> {
  if (bytes.length === 0 || !to.writable) return Promise.resolve();
  return new Promise((resolve) => to.write(bytes, () => resolve()));
}
