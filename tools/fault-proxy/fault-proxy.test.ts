import { connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import type { Toxic, ToxicPlan } from './toxic.ts';

/** A server that gives back what it gets, through a proxy with a toxic. */
async function through(toxic: Toxic | undefined, plan: ToxicPlan, work: (proxy: FaultProxy) => Promise<void>) {
  const echo = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const address = echo.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  {
    await using proxy = await startFaultProxy(address.port);
    if (toxic !== undefined) proxy.add(toxic, plan);
    await work(proxy);
  }
  await new Promise((resolve) => echo.close(resolve));
}

/** Sends, and gives what comes back until the connection ends, or until the time is up. */
function exchange(proxy: FaultProxy, bytes: Buffer, forMs = 2000) {
  const started = performance.now();
  return new Promise<{ received: Buffer; ended: string; ms: number }>((resolve) => {
    const socket: Socket = connect(proxy.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    const finish = (ended: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ received: Buffer.concat(chunks), ended, ms: performance.now() - started });
    };
    const timer = setTimeout(() => finish('silence'), forMs);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => finish('end'));
    socket.on('close', () => finish('close'));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? 'error'));
    socket.end(bytes);
  });
}

const text = Buffer.from('abcdefghij'.repeat(10));
const up = { direction: 'up' } as const;
const down = { direction: 'down' } as const;

test('without a toxic everything passes, large things too', () =>
  through(undefined, up, async (proxy) => {
    const large = Buffer.alloc(3_000_000, 'x');
    const { received, ended } = await exchange(proxy, large, 10_000);
    expect(received.equals(large)).toBe(true);
    expect(ended).toBe('end');
    expect(proxy.opened).toBe(1);
  }));

test.each<[Toxic, number]>([
  [{ kind: 'latency', ms: 120 }, 115],
  [{ kind: 'bandwidth', bytesPerSecond: 1000 }, 90],
  [{ kind: 'slicer', bytes: 10, ms: 15 }, 140],
  [{ kind: 'slow-close', ms: 120 }, 115],
])('%j is slow and loses nothing', (toxic, leastMs) =>
  through(toxic, up, async (proxy) => {
    const { received, ms } = await exchange(proxy, text);
    expect(received.equals(text)).toBe(true);
    expect(ms).toBeGreaterThanOrEqual(leastMs);
  }),
);

test.each<[Toxic, string[], number]>([
  [{ kind: 'limit-data', bytes: 33, end: 'close' }, ['end', 'close'], 33],
  [{ kind: 'limit-data', bytes: 33, end: 'reset' }, ['ECONNRESET'], 33],
  [{ kind: 'reset-peer', ms: 0 }, ['ECONNRESET'], 0],
  [{ kind: 'timeout', ms: 60 }, ['end', 'close'], 0],
  [{ kind: 'half-open' }, ['silence'], 0],
  [{ kind: 'timeout', ms: 0 }, ['silence'], 0],
])('%j lets through what it says and ends as it says', (toxic, ends, bytes) =>
  through(toxic, down, async (proxy) => {
    const { received, ended } = await exchange(proxy, text, 400);
    expect(ends).toContain(ended);
    expect(received.length).toBeLessThanOrEqual(bytes);
    if (toxic.kind === 'limit-data' && toxic.end === 'close') expect(received.length).toBe(bytes);
  }),
);

test('a toxic for two connections leaves the third alone, and can be taken back', () =>
  through({ kind: 'reset-peer', ms: 0 }, { ...down, connections: 2 }, async (proxy) => {
    const ends = [];
    for (let n = 0; n < 3; n += 1) ends.push((await exchange(proxy, text)).ended);
    expect(ends).toEqual(['ECONNRESET', 'ECONNRESET', 'end']);
    const takeBack = proxy.add({ kind: 'half-open' }, up);
    expect((await exchange(proxy, text, 200)).ended).toBe('silence');
    takeBack();
    expect((await exchange(proxy, text)).ended).toBe('end');
  }));

test('down refuses connections, up takes them again on the same port', () =>
  through(undefined, up, async (proxy) => {
    await proxy.down();
    expect((await exchange(proxy, text)).ended).toBe('ECONNREFUSED');
    await proxy.up();
    expect((await exchange(proxy, text)).received.equals(text)).toBe(true);
  }));
