import { expect, test } from 'vitest';
import { createDemoTenant } from './create-demo-tenant.ts';
import { parseFaultOrder } from './faults/parse-fault.ts';
import { startLocalCollector } from './start-local-collector.ts';
import { sampleLog } from './test-support/sample-log.ts';
import { sampleRepository, sendRaw, upload } from './test-support/upload.ts';

const tenant = createDemoTenant([sampleRepository]);
const start = () => startLocalCollector({ ...tenant, faults: true });

test('faults are ordered, listed and taken back over HTTP', async () => {
  await using collector = await start();
  const admin = (method: string, path: string, value?: unknown) =>
    fetch(`${collector.url}/admin/${path}`, {
      method,
      ...(value === undefined ? {} : { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } }),
    });
  const made = await admin('POST', 'faults', { fault: { kind: 'status', status: 429 }, plan: { times: 2 } });
  expect([made.status, await made.json()]).toEqual([201, { id: 1 }]);
  await admin('POST', 'faults', { fault: { kind: 'disabled' } });
  expect(await (await admin('GET', 'faults')).json()).toHaveLength(2);
  expect((await admin('DELETE', 'faults/2')).status).toBe(204);
  expect((await upload(collector, sampleLog())).status).toBe(429);
  expect((await admin('DELETE', 'faults')).status).toBe(204);
  expect((await upload(collector, sampleLog())).status).toBe(201);

  expect(await (await admin('GET', 'received')).json()).toMatchObject([{ status: 429 }, { status: 201 }]);
  expect(await (await admin('GET', 'counts')).json()).toMatchObject([{ findings: 1 }]);
  expect(await (await admin('GET', 'findings?level=error')).json()).toMatchObject({
    total: 1,
    findings: [{ startLine: 1 }],
  });
  expect((await admin('PUT', `collectors/${tenant.collector.id}/disabled`)).status).toBe(204);
  expect((await upload(collector, sampleLog())).status).toBe(503);
  expect((await admin('PUT', 'collectors/none/enabled')).status).toBe(404);
  expect((await admin('GET', 'secrets')).status).toBe(404);
  expect((await admin('POST', 'faults', { fault: { kind: 'status' } })).status).toBe(400);
});

test('pages of other sites cannot order anything', async () => {
  await using collector = await start();
  const body = JSON.stringify({ fault: { kind: 'disabled' } });
  expect((await fetch(`${collector.url}/admin/faults`, { method: 'POST', body })).status).toBe(400);
  const foreign = await sendRaw(
    collector,
    'GET /admin/received HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n',
  );
  expect(foreign.text).toMatch(/^HTTP\/1\.1 403 /);
  expect(collector.faults.list()).toEqual([]);
});

test.each([
  [{}, 'fault'],
  [{ fault: { kind: 'flood' } }, 'kind'],
  [{ fault: { kind: 'toString' } }, 'kind'],
  [{ fault: { kind: 'delay' } }, 'waitMs is missing'],
  [{ fault: { kind: 'delay', waitMs: -1 } }, 'waitMs'],
  [{ fault: { kind: 'status', status: 99 } }, 'status'],
  [{ fault: { kind: 'status', status: 429, retry: { form: 'seconds' } } }, 'retry'],
  [{ fault: { kind: 'status', status: 429, headers: { a: 1 } } }, 'headers'],
  [{ fault: { kind: 'reset', when: 'never' } }, 'when'],
  [{ fault: { kind: 'disabled', extra: 1 } }, 'extra'],
  [{ fault: { kind: 'disabled' }, plan: { often: 1 } }, 'often'],
  [{ fault: { kind: 'disabled' }, plan: [] }, 'plan'],
])('the order %j is refused', (order, named) => {
  expect(() => parseFaultOrder(order)).toThrow(named);
});
