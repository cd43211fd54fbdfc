import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../../../tools/fault-proxy/fault-proxy.ts';
import { openLedger } from '../ledger/sqlite-ledger.ts';
import { temporaryFolder } from '../ledger/test-support/temporary-folder.ts';
import { bodyDigest, partIdentity } from '../send/part-identity.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';
import { cortex } from '../targets/cortex.ts';
import type { Destination } from '../targets/target.ts';
import { partBytes } from './test-support/documents.ts';

const child = fileURLToPath(new URL('./test-support/upload-child.ts', import.meta.url));
/** Name more for a longer look: `SARIFLOW_KILLS=200 SARIFLOW_PARTS=500`. */
const wantedKills = Number(process.env['SARIFLOW_KILLS'] ?? 6);
const parts = Number(process.env['SARIFLOW_PARTS'] ?? 60);
const partsEach = Math.ceil(parts / 4);
const killsPerRound = 5;
const lanesInFlight = 3;
const paths = ['one', 'two', 'three', 'four'];

/** Runs the upload, and kills it `killAfterMs` after it began. Resolves to what it printed. */
async function upload(origin: string, ledger: string, killAfterMs?: number): Promise<string> {
  const args = [child, origin, ledger, String(partsEach)];
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  running.stdout.on('data', (chunk: Buffer) => {
    if (printed === '' && killAfterMs !== undefined) setTimeout(() => running.kill('SIGKILL'), killAfterMs);
    printed += chunk.toString();
  });
  await once(running, 'close');
  return printed;
}

async function acceptedParts(path: string): Promise<Set<string>> {
  const accepted = new Set<string>();
  await using ledger = await openLedger(path);
  for await (const row of ledger.rows()) {
    if (row.table === 'part' && row['state'] === 'accepted') accepted.add(String(row['sha256']));
  }
  return accepted;
}

/** The names in the ledger of all parts, by their bodies. */
function identitiesOf(destination: Destination): Map<string, string> {
  const identities = new Map<string, string>();
  for (const [index, path] of paths.entries()) {
    const lane = destination.laneOf(`Tool ${index % 3}`, { repositoryId: 'r' });
    for (let number = 1; number <= partsEach; number += 1) {
      const bytes = partBytes(`${path}#${number}`);
      identities.set(Buffer.from(bytes).toString(), partIdentity('cortex', lane, bodyDigest(bytes)));
    }
  }
  return identities;
}

/** A network that cuts, delays and loses answers: each connection has its own fate. */
function spoil(proxy: FaultProxy): Disposable {
  proxy.add({ kind: 'latency', ms: 1 }, { direction: 'up' });
  const timer = setInterval(() => {
    const fate = Math.random();
    if (fate < 0.3) proxy.add({ kind: 'reset-peer', ms: 0 }, { direction: 'down', connections: 1 });
    else if (fate < 0.6)
      proxy.add({ kind: 'limit-data', bytes: 150, end: 'reset' }, { direction: 'up', connections: 1 });
    else if (fate < 0.8)
      proxy.add({ kind: 'limit-data', bytes: 2000, end: 'close' }, { direction: 'up', connections: 1 });
  }, 15);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

test.each(['a sound', 'a faulty'])(
  'killed at random moments and started again, over %s network: nothing is lost, and nothing accepted is sent twice',
  async (network) => {
    let kills = 0;
    let duplicates = 0;
    let connections = 0;

    while (kills < wantedKills) {
      using folder = temporaryFolder();
      const ledger = join(folder.path, 'ledger.db');
      await using server = await startHttpServer((response) => {
        setTimeout(() => {
          response.writeHead(201, { 'content-type': 'application/json' });
          response.end('{"status":"INGESTED","message":"3 findings will be ingested"}');
        }, Math.random() * 8);
      });
      await using proxy = await startFaultProxy(server.port);
      using _trouble = network === 'a faulty' ? spoil(proxy) : undefined;
      const identities = identitiesOf(cortex.connect({ url: proxy.origin, collectorId: 'c' }));
      const expectNoneAgain = (known: ReadonlySet<string>, from: number) => {
        const again = server.seen.slice(from).filter(({ body }) => known.has(identities.get(body) ?? ''));
        expect(again).toEqual([]);
      };

      for (let attempt = 0; attempt < killsPerRound && kills < wantedKills; attempt += 1) {
        const from = server.seen.length;
        const before = from === 0 ? new Set<string>() : await acceptedParts(ledger);
        const printed = await upload(proxy.origin, ledger, Math.random() * Math.max(60, parts));
        // An upload that was quicker than the kill counts for nothing.
        if (!printed.includes('"accepted"')) kills += 1;
        expectNoneAgain(before, from);
      }

      const before = await acceptedParts(ledger);
      const from = server.seen.length;
      const printed = await upload(proxy.origin, ledger);
      expectNoneAgain(before, from);
      const findings = 3 * identities.size;
      expect(JSON.parse(printed.split('\n')[1] ?? '')).toMatchObject({ in: findings, accepted: findings });

      const arrived = new Set(server.seen.map((request) => request.body));
      expect([...identities.keys()].filter((body) => !arrived.has(body))).toEqual([]);
      duplicates += server.seen.length - arrived.size;
      connections += proxy.opened;
    }

    expect(kills).toBe(wantedKills);
    // One part in flight in each lane when the process dies, and one for each connection that took its answer with it.
    expect(duplicates).toBeLessThanOrEqual(kills * lanesInFlight + (network === 'a faulty' ? connections : 0));
  },
  1_800_000,
);
