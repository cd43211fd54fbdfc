import { describe, expect, test } from 'vitest';
import { corpusIsAbsent, corpusLogs } from './corpus-logs.ts';
import { compareEvents } from './event-comparison.ts';
import { Mutations } from './mutations.ts';

const encoder = new TextEncoder();

/** A tenth of what `node tools/oracles/main.ts` looks at. */
const changes = 1000;

describe('events', () => {
  test.each<[string, string]>([
    ['members in any order', '{"runs":[{"results":[{"a":1},{"b":2}],"tool":{}}],"version":"2.1.0"}'],
    ['members that are repeated', '{"version":"2.1.0","runs":[{"results":[{"a":1,"a":2}],"tool":1,"tool":{}}]}'],
    ['names that mean something to JavaScript', '{"__proto__":1,"runs":[{"results":[{"__proto__":{"a":1}}]}]}'],
    ['a byte order mark', '\ufeff{"runs":[{"results":[{}]}]}'],
  ])('are those of stream-json for %s', async (_name, text) => {
    const { trouble, refused, results } = await compareEvents(encoder.encode(text));
    expect({ trouble, refused }).toEqual({ trouble: undefined, refused: false });
    expect(results).toBeGreaterThan(0);
  });

  test.each([
    '{"runs":[{"results":[{"a":1,}]}]}',
    '{"runs":[{"results":[{"a":01}]}]}',
    '{"runs":[{"results":[{"a":"\u0001"}]}]}',
    '{"runs":[]}{}',
    '[]',
    '',
  ])('%j is refused by both', async (text) => {
    const comparison = await compareEvents(encoder.encode(text));
    expect(comparison).toEqual({ results: 0, refused: true });
  });
});

describe.skipIf(corpusIsAbsent)('stream-json and Sariflow', () => {
  test('read the same from every log of the corpus', async () => {
    let read = 0;
    for (const { name, bytes } of corpusLogs()) {
      const { trouble, results } = await compareEvents(bytes);
      expect({ name, trouble }).toEqual({ name, trouble: undefined });
      read += results;
    }
    expect(read).toBeGreaterThan(1000);
  });

  test(`read the same from ${changes} changes of the corpus, or both refuse`, async () => {
    const mutations = new Mutations(corpusLogs(), 20261122);
    let refusals = 0;
    for (let index = 0; index < changes; index += 1) {
      const { name, bytes } = mutations.get(index);
      const { trouble, refused } = await compareEvents(bytes);
      expect({ name, trouble }).toEqual({ name, trouble: undefined });
      if (refused) refusals += 1;
    }
    expect(refusals).toBeGreaterThan(changes / 20);
    expect(refusals).toBeLessThan(changes / 2);
  });
});
