import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openLedger } from '../ledger/sqlite-ledger.ts';
import { temporaryFolder } from '../ledger/test-support/temporary-folder.ts';
import { bodyDigest, partIdentity } from '../send/part-identity.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';
import { cortex } from '../targets/cortex.ts';
import { partBytes } from './test-support/documents.ts';

const child = fileURLToPath(new URL('./test-support/upload-child.ts', import.meta.url));
const wantedKills = 50;
const killsPerRound = 5;
const lanesInFlight = 3;

/** Runs the upload, and kills it `killAfterMs` after it began. Resolves to what it printed. */
async function upload(origin: string, ledger: string, killAfterMs?: number): Promise<string> {
  const running = spawn(process.execPath, [child, origin, ledger], { stdio: ['ignore', 'pipe', 'inherit'] });
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

const destination = (origin: string) => cortex.connect({ url: origin, collectorId: 'c' });

test('killed at random moments and started again: nothing is lost, and nothing accepted is sent twice', async () => {
  let kills = 0;
  let duplicates = 0;

  while (kills < wantedKills) {
    using folder = temporaryFolder();
    const ledger = join(folder.path, 'ledger.db');
    await using server = await startHttpServer((response) => {
      setTimeout(() => {
        response.writeHead(201, { 'content-type': 'application/json' });
        response.end('{"status":"INGESTED","message":"3 findings will be ingested"}');
      }, Math.random() * 8);
    });
    const identities = new Map<string, string>();
    for (const [index, path] of ['one', 'two', 'three', 'four'].entries()) {
      const lane = destination(server.origin).laneOf(`Tool ${index % 3}`, { repositoryId: 'r' });
      for (let number = 1; number <= 10; number += 1) {
        const bytes = partBytes(`${path}#${number}`);
        identities.set(Buffer.from(bytes).toString(), partIdentity('cortex', lane, bodyDigest(bytes)));
      }
    }

    for (let attempt = 0; attempt < killsPerRound && kills < wantedKills; attempt += 1) {
      const from = server.seen.length;
      const before = from === 0 ? new Set<string>() : await acceptedParts(ledger);
      const printed = await upload(server.origin, ledger, Math.random() * 60);
      // An upload that was quicker than the kill counts for nothing.
      if (!printed.includes('"accepted"')) kills += 1;
      for (const { body } of server.seen.slice(from)) expect(before).not.toContain(identities.get(body));
    }

    const before = await acceptedParts(ledger);
    const from = server.seen.length;
    const printed = await upload(server.origin, ledger);
    for (const { body } of server.seen.slice(from)) expect(before).not.toContain(identities.get(body));
    expect(JSON.parse(printed.split('\n')[1] ?? '')).toMatchObject({
      in: 120,
      accepted: 120,
      undelivered: 0,
      unknown: 0,
    });

    const arrived = server.seen.map((request) => request.body);
    for (const body of identities.keys()) expect(arrived).toContain(body);
    duplicates += arrived.length - new Set(arrived).size;
  }

  expect(kills).toBe(wantedKills);
  expect(duplicates).toBeLessThanOrEqual(kills * lanesInFlight);
}, 300_000);
