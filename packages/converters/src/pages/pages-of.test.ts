import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesFrom } from '../reading/bytes-from.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { pagesOf } from './pages-of.ts';

const encoder = new TextEncoder();
const bytesOf = (value: unknown) => encoder.encode(JSON.stringify(value));

async function all(source: Parameters<typeof bytesFrom>[0], from = 0): Promise<string> {
  const parts: number[] = [];
  for await (const chunk of bytesFrom(source, from)) parts.push(...chunk);
  return new TextDecoder().decode(Uint8Array.from(parts));
}

test('from whatever byte on, before and after the lengths are known', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 9 }), { maxLength: 5 }),
      fc.array(fc.nat(60), { minLength: 1, maxLength: 6 }),
      async (texts, offsets) => {
        const whole = `[${texts.join(',')}]`;
        const source = pagesOf(texts.map((text, at) => (at % 2 === 0 ? encoder.encode(text) : new Blob([text]))));
        for (const offset of offsets) expect(await all(source, offset)).toBe(whole.slice(offset));
        expect(await all(source)).toBe(whole);
        for (const offset of offsets) expect(await all(source, offset)).toBe(whole.slice(offset));
      },
    ),
  );
});

test('a byte order mark in front of a page is white space, however it is cut', async () => {
  for (const size of [1, 2, 3, 9]) {
    const marked = encoder.encode('\uFEFF{"a":1}');
    const page = {
      async *stream() {
        for (let at = 0; at < marked.length; at += size) yield marked.subarray(at, at + size);
      },
    };
    expect(JSON.parse(await all(pagesOf([page, marked])))).toEqual([{ a: 1 }, { a: 1 }]);
  }
});

test('pages that were saved one by one are one run', async () => {
  const issue = (key: string) => ({
    key,
    rule: 'r',
    component: 'p:a.c',
    project: 'p',
    severity: 'MAJOR',
    message: 'm',
  });
  const page = (...keys: string[]) => bytesOf({ paging: { total: 3 }, issues: keys.map(issue) });
  const { log, summary, diagnostics } = await convertToLog(pagesOf([page('a', 'b'), page('b', 'c')]));
  expect(summary).toMatchObject({ findings: 4, results: 3, merged: 1 });
  expect(log.runs).toHaveLength(1);
  expect(diagnostics).toEqual([]);
});
