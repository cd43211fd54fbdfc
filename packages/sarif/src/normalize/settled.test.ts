import { describe, expect, test } from 'vitest';
import type { Log } from '../model/model.ts';
import { readSarif } from '../read/read-sarif.ts';
import { defectsLeftIn } from '../split/test-support/diagnostics-of.ts';
import { bytesOf, parsed, readLog } from '../split/test-support/events-of.ts';
import { normalize } from './normalize.ts';
import { settled } from './settled.ts';

describe('repairs that make work for each other', () => {
  test('go on until neither the rules nor the schema have anything to do', () => {
    const asked: number[] = [];
    const value = settled(
      { left: 3 },
      ({ left }) => asked.push(left),
      (copy) => ({ value: { left: Math.max(0, copy.left - 1) }, isChanged: copy.left > 0 }),
    );
    expect(value).toEqual({ left: 0 });
    expect(asked).toEqual([3, 2, 1, 0]);
  });

  test('end where they would never', () => {
    let rounds = 0;
    settled(
      {},
      () => {
        rounds += 1;
      },
      (value) => ({ value, isChanged: true }),
    );
    expect(rounds).toBe(8);
  });

  test('end with nothing when the value is dropped', () => {
    expect(
      settled(
        {},
        () => {},
        () => ({ value: undefined, isChanged: true }),
      ),
    ).toBe(undefined);
  });
});

const tool = { driver: { name: 'T' } };
const message = { text: 'x' };

test.each<[string, Log]>([
  [
    'regions that a rule made equal',
    {
      version: '2.1.0',
      runs: [
        {
          tool,
          results: [
            {
              message,
              attachments: [
                { artifactLocation: { uri: 'c' }, regions: [{ byteOffset: 0 }, { startColumn: 3, byteOffset: 0 }] },
              ],
            },
          ],
        },
      ],
    },
  ],
  [
    'a copied descriptor whose tags repeat the id of the original',
    {
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'T', rules: [{ id: 'CWE-79', properties: { tags: ['CWE-79'] } }] } },
          results: [{ ruleId: 'unknown', ruleIndex: 0, message }],
        },
      ],
    },
  ],
])('%s: the second normalization finds nothing', async (_, log) => {
  for (const profile of [undefined, 'cortex', 'github'] as const) {
    const once = await bytesOf(normalize(readLog(log), { profile }));
    expect(parsed(await bytesOf(normalize(readSarif(once), { profile })))).toEqual(parsed(once));
    expect(await defectsLeftIn(readSarif(once), profile)).toEqual([]);
  }
});
