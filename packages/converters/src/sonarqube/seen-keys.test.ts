import { expect, test } from 'vitest';
import { SeenKeys } from './seen-keys.ts';

test('a key on a later page is a repetition, two on one page are not', () => {
  const seen = new SeenKeys();
  for (const key of ['a', 'b', 'b', 'a', 'c']) seen.add(key);
  const pages: [string, number][] = [
    ['a', 0],
    ['b', 0],
    ['b', 0],
    ['a', 1],
    ['c', 1],
  ];
  expect(pages.map(([key, page]) => seen.isRepeated(key, page))).toEqual([false, false, false, true, false]);
});

test('many keys', () => {
  const seen = new SeenKeys();
  for (let n = 0; n < 20_000; n += 1) seen.add(`key-${n}`);
  for (let n = 0; n < 20_000; n += 1) expect(seen.isRepeated(`key-${n}`, 0)).toBe(false);
  seen.add('key-19999');
  expect([seen.isRepeated('key-19999', 0), seen.isRepeated('key-19999', 3)]).toEqual([false, true]);
});
