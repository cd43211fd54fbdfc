import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { describe, expect, test, vi } from 'vitest';
import { documentOf, isBuilt, type RunOptions, scenario } from '../cli/test-support/scenario.ts';
import { Secret } from '../secrets/secret.ts';
import { type ScriptedServer, startHttpServer } from '../send/test-support/scripted-server.ts';
import { cortex } from '../targets/cortex.ts';
import { someDocument } from '../upload/test-support/documents.ts';
import { uploadParts } from '../upload/upload-parts.ts';
import { accept, arrivedMessages, sampleLog, settingsFor } from './test-support/command-delivery.ts';

// Section 3.4 of the fault matrix, rows 49 to 54, 61 and 62: the process. What the receiver has seen is what is believed.
// Row 49 is tested on the library as well, at more moments: see ../upload/crash.test.ts.

const { sariflow, write } = scenario();
const kills = Number(process.env['SARIFLOW_KILLS'] ?? 4);
const smallParts = ['upload', 'a.sarif', '--max-part-bytes', '1600', '--json'];
const mayTrace = canTrace();

function canTrace(): boolean {
  try {
    execFileSync('strace', ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=none', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not installed, or not permitted here: what needs it is skipped and reported as such.
    return false;
  }
}

/** Runs what `when` is given as soon as so many requests have arrived. */
function afterRequests(
  server: ScriptedServer,
  requests: number,
  when: (child: { kill(signal: NodeJS.Signals): void }) => void,
) {
  return {
    env: settingsFor(server.origin),
    onStart(child) {
      const poll = setInterval(() => {
        if (child.exitCode !== null || child.signalCode !== null) clearInterval(poll);
        if (server.seen.length < requests) return;
        clearInterval(poll);
        when(child);
      }, 2);
    },
  } satisfies RunOptions;
}

/** How many bodies came more than once. */
function duplicates(server: ScriptedServer): number {
  const bodies = server.seen.map(({ body }) => body);
  return bodies.length - new Set(bodies).size;
}

describe.skipIf(!isBuilt)('a process that dies', () => {
  test('49 kill -9 at any instant: after a restart no accepted part is lost, and at most those in flight come twice', async () => {
    await write('a.sarif', sampleLog({ results: 40 }));
    await using server = await startHttpServer((response) => setTimeout(() => accept(response), 3));
    for (let round = 0; round < kills; round += 1) {
      const already = server.seen.length;
      await sariflow(
        smallParts,
        afterRequests(server, already + 1, (child) => {
          setTimeout(() => child.kill('SIGKILL'), Math.random() * 20);
        }),
      );
    }
    const last = await sariflow(smallParts, { env: settingsFor(server.origin) });
    expect(last.code).toBe(0);
    expect(new Set(arrivedMessages(server.seen)).size).toBe(40);
    // One lane has one part in flight.
    expect(duplicates(server)).toBeLessThanOrEqual(kills);
  });

  test.skipIf(!mayTrace).each([
    ['fdatasync,fsync', 12],
    ['pwrite64', 15],
    ['pwrite64', 60],
    ['rename,renameat,renameat2', 1],
  ])('49 kill -9 at the boundary of a system call: %s, number %i', async (call, number) => {
    await write('a.sarif', sampleLog({ results: 12 }));
    await using server = await startHttpServer((response) => accept(response));
    const env = settingsFor(server.origin);
    const killed = await sariflow(smallParts, {
      env,
      wrapper: ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `inject=${call}:signal=SIGKILL:when=${number}`],
    });
    expect(killed.code).not.toBe(0);
    const before = duplicates(server);
    expect(before).toBe(0);
    expect((await sariflow(smallParts, { env })).code).toBe(0);
    expect(new Set(arrivedMessages(server.seen)).size).toBe(12);
    expect(duplicates(server)).toBeLessThanOrEqual(1);
  });

  test('50 kill -9 between "sent" and "recorded": unknown after a restart, and named', async () => {
    await write('a.sarif', sampleLog());
    const target: { kill?: () => void } = {};
    await using server = await startHttpServer((response) => {
      if (target.kill === undefined) accept(response);
      else target.kill();
    });
    const env = settingsFor(server.origin);
    await sariflow(['upload', 'a.sarif'], {
      env,
      onStart: (child) => (target.kill = () => void child.kill('SIGKILL')),
    });
    delete target.kill;
    expect(server.seen).toHaveLength(1);

    const stopped = await sariflow(['upload', 'a.sarif', '--on-unknown', 'stop', '--json'], { env });
    expect(stopped.code).toBe(7);
    expect(await documentOf(stopped, 'upload')).toMatchObject({
      account: { unknown: 2 },
      parts: [{ outcome: 'unknown', reason: expect.stringContaining('--on-unknown retry') }],
    });
    expect(server.seen).toHaveLength(1);

    const again = await sariflow(['upload', 'a.sarif'], { env });
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining('may have arrived in an earlier run') });
    expect(server.seen).toHaveLength(2);
  });
});

describe.skipIf(!isBuilt)('a process that is asked to stop', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('51 %s: nothing new is begun, what is in flight finishes, exit %i', async (signal, code) => {
    await write('a.sarif', sampleLog({ results: 30 }));
    await using server = await startHttpServer((response) => setTimeout(() => accept(response), 300));
    const ended = await sariflow(
      smallParts,
      afterRequests(server, 1, (child) => child.kill(signal)),
    );
    expect(ended.code).toBe(code);
    const { parts, account } = await documentOf(ended, 'upload');
    const accepted = parts.filter(({ outcome }: { outcome: string }) => outcome === 'accepted').length;
    expect(accepted).toBe(server.seen.length);
    expect(account.unknown).toBe(0);
    expect(server.seen.length).toBeLessThan(4);

    expect((await sariflow(smallParts, { env: settingsFor(server.origin) })).code).toBe(0);
    expect(new Set(arrivedMessages(server.seen)).size).toBe(30);
    expect(duplicates(server)).toBe(0);
  });

  test('51 a target that does not answer holds nobody up: the part in flight is unknown after some seconds', async () => {
    await write('a.sarif', sampleLog());
    await using server = await startHttpServer(() => {});
    const ended = await sariflow(
      [...smallParts, '--no-ledger'],
      afterRequests(server, 1, (child) => child.kill('SIGTERM')),
    );
    expect(ended.code).toBe(143);
    expect((await documentOf(ended, 'upload')).account).toMatchObject({ in: 2, unknown: 2 });
  }, 12_000);

  test('51 the second signal stops at once', async () => {
    await write('a.sarif', sampleLog());
    await using server = await startHttpServer(() => {});
    const ended = await sariflow(
      smallParts,
      afterRequests(server, 1, (child) => {
        child.kill('SIGINT');
        setTimeout(() => child.kill('SIGINT'), 150);
      }),
    );
    expect(ended).toMatchObject({ code: 130, out: '' });
    expect(
      (await sariflow(['upload', 'a.sarif', '--on-unknown', 'stop'], { env: settingsFor(server.origin) })).code,
    ).toBe(7);
  });
});

describe.skipIf(!isBuilt)('a reader that goes away', () => {
  test.each(['stdout', 'stderr'] as const)(
    '52 %s closed: the upload finishes, and its exit code is true',
    async (name) => {
      await write('a.sarif', sampleLog({ results: 20 }));
      await using server = await startHttpServer((response) => accept(response));
      const ended = await sariflow([...smallParts, '--verbose'], {
        env: settingsFor(server.origin),
        onStart: (child) => child[name]?.destroy(),
      });
      expect(ended.code).toBe(0);
      expect(new Set(arrivedMessages(server.seen)).size).toBe(20);
    },
  );

  test('52 output piped into head: the same', async () => {
    await write('a.sarif', sampleLog({ results: 20 }));
    await using server = await startHttpServer((response) => accept(response));
    const ended = await sariflow(smallParts, {
      env: settingsFor(server.origin),
      wrapper: ['bash', '-c', '"$@" | head -c 1; exit $PIPESTATUS', 'bash'],
    });
    expect(ended.code).toBe(0);
    expect(new Set(arrivedMessages(server.seen)).size).toBe(20);
  });
});

describe('trouble inside of the process', () => {
  test.skipIf(!isBuilt)('53 near the heap limit: parts of 9.5 MB, four at a time, in a heap of 128 MB', async () => {
    const words = 'x'.repeat(9000);
    for (const tool of ['a', 'b', 'c', 'd']) {
      await write(`${tool}.sarif`, sampleLog({ tool, results: 1500, words }));
    }
    let bytes = 0;
    await using server = await startHttpServer((response, request) => {
      bytes += request.body.length;
      setTimeout(() => accept(response), 30);
    });
    const ended = await sariflow(['upload', 'a.sarif', 'b.sarif', 'c.sarif', 'd.sarif', '--json'], {
      env: settingsFor(server.origin),
      nodeArgs: ['--max-old-space-size=128'],
    });
    expect(ended.code).toBe(0);
    expect((await documentOf(ended, 'upload')).account).toMatchObject({ in: 6000, accepted: 6000 });
    expect(bytes).toBeGreaterThan(50_000_000);
  });

  test('54 an exception that nobody expected, in one lane: the lane fails, the run goes on, and the defect is told', async () => {
    await using server = await startHttpServer((response) => accept(response));
    const destination = cortex.connect({
      url: server.origin,
      collectorId: 'c',
      credential: { type: 'standard', keyId: '1', key: new Secret('key') },
    });
    const result = await uploadParts(
      [someDocument('good', 3, { tool: 'Good' }), someDocument('bad', 3, { tool: 'Bad' })],
      {
        destination: {
          ...destination,
          requestFor(part, context, attempt) {
            if (part.lane.endsWith('Bad') && part.number === 2) throw new RangeError('failpoint');
            return destination.requestFor(part, context, attempt);
          },
        },
        context: { repositoryId: 'r' },
      },
    );
    expect(result.defects).toMatchObject([{ name: 'RangeError' }]);
    expect(result.documents).toMatchObject([{ delivered: true }, { delivered: false }]);
    expect(server.seen).toHaveLength(4);
    expect(result.account).toMatchObject({ in: 18, accepted: 12 });
  });
});

describe('time', () => {
  test('61 the clock jumps back and forth: waits and deadlines do not care', async () => {
    let jump = 0;
    const day = 86_400_000;
    const now = Date.now.bind(Date);
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => {
      jump += 1;
      return now() + (jump % 2 === 0 ? day : -day);
    });
    try {
      let requests = 0;
      await using server = await startHttpServer((response) => {
        requests += 1;
        if (requests === 2) response.writeHead(429, { 'retry-after': '0' }).end();
        else accept(response);
      });
      const result = await uploadParts(someDocument('a', 5), {
        destination: cortex.connect({
          url: server.origin,
          collectorId: 'c',
          credential: { type: 'advanced', keyId: '1', key: new Secret('key') },
        }),
        context: { repositoryId: 'r' },
        retry: { baseMs: 1 },
        deadlineMs: 60_000,
      });
      expect(result.account).toMatchObject({ in: 15, accepted: 15 });
      expect(requests).toBe(6);
    } finally {
      clock.mockRestore();
    }
  });

  test.skipIf(!isBuilt)(
    '62 suspended in the middle of an upload: connections are made anew, and everything arrives',
    async () => {
      await write('a.sarif', sampleLog({ results: 20 }));
      await using server = await startHttpServer((response) => setTimeout(() => accept(response), 20));
      const ended = await sariflow(
        [...smallParts, '--deadline', '60'],
        afterRequests(server, 3, (child) => {
          child.kill('SIGSTOP');
          // While it sleeps, the other side gives its connections up, as servers and firewalls do.
          setTimeout(() => server.dropConnections(), 300);
          setTimeout(() => child.kill('SIGCONT'), 900);
        }),
      );
      expect(ended.code).toBe(0);
      expect(new Set(arrivedMessages(server.seen)).size).toBe(20);
      expect(duplicates(server)).toBeLessThanOrEqual(1);
    },
  );
});
