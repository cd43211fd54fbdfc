import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SarifEvent } from '../events/event.ts';
import type { Log } from '../model/model.ts';
import { readSarif } from '../read/read-sarif.ts';
import { logPlans, makeLog } from '../split/test-support/arbitrary-log.ts';
import { bytesOf, eventsOf, parsed, readLog } from '../split/test-support/events-of.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
const tool = { driver: { name: 'T' } };

async function rewritten(text: string): Promise<unknown> {
  return JSON.parse(decoder.decode(await bytesOf(readSarif(encoder.encode(text)))));
}

test('what was read is written again', async () => {
  await fc.assert(
    fc.asyncProperty(logPlans, fc.constantFrom(0, 2), async (plan, spaces) => {
      const log = makeLog(plan);
      expect(parsed(await bytesOf(readLog(log, spaces)))).toEqual({ $schema: schema, ...log });
      expect(parsed(await bytesOf(eventsOf(log)))).toEqual({ $schema: schema, ...log });
    }),
    { numRuns: 100 },
  );
});

describe('results that are missing stay missing', () => {
  test.each([[{ tool }], [{ tool, results: null }], [{ tool, results: [] }]])('%j', async (run) => {
    const log = { $schema: schema, version: '2.1.0', runs: [run, { tool, results: [] }] };
    expect(await rewritten(JSON.stringify(log))).toEqual(log);
  });
});

test('a result that is no object is written as it is', async () => {
  const log = { $schema: schema, version: '2.1.0', runs: [{ tool, results: [null, 42, 'x', []] }] };
  expect(await rewritten(JSON.stringify(log))).toEqual(log);
});

test('members beside the runs are kept, and those that every log needs are added', async () => {
  const properties = JSON.parse('{ "__proto__": { "a": 1 } }') as object;
  const log = { properties, runs: [] } as unknown as Log;
  const text = decoder.decode(await bytesOf(eventsOf(log)));
  expect(text).toBe(`{"$schema":"${schema}","version":"2.1.0","properties":{"__proto__":{"a":1}},"runs":[]}`);
});

test('descriptors that came with results stand behind those of the driver', async () => {
  async function* events(): AsyncGenerator<SarifEvent> {
    yield { type: 'log-start', log: { version: '2.1.0' } };
    yield {
      type: 'run-start',
      runIndex: 0,
      run: { tool: { driver: { name: 'T', rules: [{ id: 'A' }] } } },
      results: 'array',
    };
    yield { type: 'result', runIndex: 0, resultIndex: 0, result: { ruleId: 'B', message: { text: 'x' } } };
    yield { type: 'run-end', runIndex: 0, results: 1, addedRules: [{ id: 'B' }] };
    yield { type: 'log-end' };
  }
  expect(parsed(await bytesOf(events()))).toEqual({
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        results: [{ ruleId: 'B', message: { text: 'x' } }],
        tool: { driver: { name: 'T', rules: [{ id: 'A' }, { id: 'B' }] } },
      },
    ],
  });
});
