import { expect, test } from 'vitest';
import { minimise } from './minimise.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What is left of a text when everything is taken away that a test does not need. */
async function minimised(text: string, fails: (text: string) => boolean, tries = 1000): Promise<[string, number]> {
  let asked = 0;
  const smallest = await minimise(
    encoder.encode(text),
    async (bytes) => {
      asked += 1;
      return fails(decoder.decode(bytes));
    },
    { most: tries, seconds: 60 },
  );
  return [decoder.decode(smallest), asked];
}

function parses(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half a document is none: it does not fail in the way that is looked for.
    return undefined;
  }
}

test('members, elements and characters go that the failure does not need', async () => {
  const log = {
    version: '2.1.0',
    runs: [{ a: 1 }, { results: [{ x: 1 }, { level: 'critical', message: { text: 'y' } }] }],
  };
  const isCritical = (text: string): boolean => JSON.stringify(parses(text) ?? '').includes('"level":"c');
  const [smallest] = await minimised(JSON.stringify(log, null, 2), isCritical);
  expect(smallest).toBe('{"":[{"":[{"level":"c"}]}]}');
});

test('what is no JSON is made smaller as bytes', async () => {
  const [smallest] = await minimised('{"a": [1, 2, 3], "b": tru', (text) => text.includes('tru'));
  expect(smallest).toBe('tru');
});

test('what cannot be smaller stays, and is not asked about for ever', async () => {
  const [smallest, asked] = await minimised(JSON.stringify({ a: 'b'.repeat(1000) }), () => false, 20);
  expect(smallest).toBe(JSON.stringify({ a: 'b'.repeat(1000) }));
  expect(asked).toBe(20);
});
