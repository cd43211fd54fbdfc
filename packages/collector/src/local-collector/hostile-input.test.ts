import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createDemoTenant } from './create-demo-tenant.ts';
import { startLocalCollector } from './start-local-collector.ts';
import { sampleLog } from './test-support/sample-log.ts';
import { credentialHeaders, sampleRepository, sendRaw, upload, wireText } from './test-support/upload.ts';

const tenant = createDemoTenant([sampleRepository]);
const start = () => startLocalCollector(tenant);

test('depth bombs are refused, and the Collector goes on', async () => {
  await using collector = await start();
  for (const bomb of [
    '['.repeat(5_000_000),
    '{"a":'.repeat(1_000_000),
    `{"runs":${'['.repeat(300)}${']'.repeat(300)}}`,
  ]) {
    const { status, json } = await upload(collector, bomb);
    expect([status, json.status]).toEqual([400, 'INVALID']);
  }
  expect((await upload(collector, sampleLog())).status).toBe(201);
});

test('a body without end is held up to the limit only, gets its answer, and is cut off', async () => {
  await using collector = await start();
  const [head] = wireText(collector, '').split('\r\n\r\n');
  const chunk = Buffer.concat([Buffer.from('f4240\r\n'), Buffer.alloc(1_000_000, ' '), Buffer.from('\r\n')]);
  let sent = 0;
  const { port, hostname } = new URL(collector.url);
  const socket = connect(Number(port), hostname);
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const pump = () => {
      do sent += 1;
      while (sent < 1000 && socket.write(chunk));
      if (sent < 1000) socket.once('drain', pump);
    };
    socket.on('data', (data) => {
      text += data.toString();
    });
    socket.on('error', () => socket.destroy()).on('close', () => resolve(text));
    socket.write(`${head?.replace('content-length: 0', 'transfer-encoding: chunked')}\r\n\r\n`, pump);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(sent).toBeLessThan(200);
  // Chunks arrive in pieces of 64 KiB: what was held when the limit was passed is the limit and one piece.
  expect(collector.received()[0]?.bytes).toBeLessThanOrEqual(10_000_000 + 65_536);
});

test('declared lengths are believed only downwards', async () => {
  await using collector = await start();
  const { status } = await upload(collector, sampleLog(), { headers: { 'content-length': '99999999999' } });
  expect(status).toBe(413);
});

test('prototypes stay clean, and such keys store nothing strange', async () => {
  await using collector = await start();
  const text = JSON.stringify(sampleLog()).replaceAll(
    '"ruleId"',
    '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"ruleId"',
  );
  expect((await upload(collector, text)).status).toBe(201);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(collector.findings()).toMatchObject([{ ruleId: 'sample-rule' }]);
});

test('texts come back as they were sent', async () => {
  await using collector = await start();
  const message = `<script>alert(1)</script> '; DROP TABLE findings; -- \u0000 \u001b[31m \u202e ::error:: 😀 ${'ä'.repeat(5000)}`;
  await upload(collector, sampleLog([{ message, uri: 'a b/ü%20?.ts' }]));
  expect(collector.findings()).toMatchObject([{ message, uri: 'a b/ü%20?.ts' }]);
});

test('lone surrogates are kept as replacement characters', async () => {
  await using collector = await start();
  const text = JSON.stringify(sampleLog([{ message: 'PLACE' }])).replace('PLACE', '\\ud800 x');
  expect((await upload(collector, text)).status).toBe(201);
  expect(collector.findings()).toMatchObject([{ message: '\ufffd x' }]);
});

test('what is no HTTP, or no good path, does no harm', async () => {
  await using collector = await start();
  for (const text of [
    'GET / HTTP/9.9\r\n\r\n',
    '\u0000\u0001\u0002\r\n\r\n',
    'POST /public_api/appsec/v1/collectors/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  ]) {
    expect((await sendRaw(collector, text)).text).toMatch(/^HTTP\/1\.1 400 /);
  }
  const traversal = 'GET /ui/api/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
  expect((await sendRaw(collector, traversal)).text).toMatch(/^HTTP\/1\.1 404 /);
  expect((await upload(collector, sampleLog())).status).toBe(201);
});

test('a client that leaves in the middle of its body is on record', async () => {
  await using collector = await start();
  const sent = request(`${collector.apiUrl()}?repository_id=${sampleRepository.id}`, {
    method: 'POST',
    headers: { ...credentialHeaders(collector), 'content-type': 'application/json', 'content-length': 1000 },
  });
  sent.on('error', () => sent.destroy());
  sent.write('{"version":');
  setTimeout(() => sent.destroy(), 100);
  await expect
    .poll(() => collector.received())
    .toMatchObject([{ bytes: 11, complete: false, status: null, stored: false }]);
});
