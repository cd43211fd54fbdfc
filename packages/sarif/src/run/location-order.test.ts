import { expect, test } from 'vitest';
import { compareCodePoints, comparePlaces, type ListedPlace } from './location-order.ts';

test('places are listed by path, line, column and offset, what is not known last', () => {
  const ordered: ListedPlace[] = [
    { path: 'a.js', region: { startLine: 1, endColumn: 4 } },
    { path: 'a.js', region: { startLine: 1, endColumn: 9 } },
    { path: 'a.js', region: { startLine: 1 } },
    { path: 'a.js', region: { startLine: 1, endLine: 2, endColumn: 1 } },
    { path: 'a.js', region: { startLine: 1, startColumn: 2 } },
    { path: 'a.js', region: { startLine: 2 } },
    { path: 'a.js', region: { startLine: 10 } },
    { path: 'a.js', region: { charOffset: 5 } },
    { path: 'a.js', region: { charOffset: 9 } },
    { path: 'a.js', region: { byteOffset: 5 } },
    { path: 'a.js' },
    { path: 'b.js', region: { startLine: 1 } },
    { region: { startLine: 1 } },
  ];
  expect([...ordered].reverse().sort(comparePlaces)).toEqual(ordered);
  expect(comparePlaces({ path: 'a.js' }, { path: 'a.js', region: { charOffset: -1 } })).toBe(0);
});

test('paths are compared by code points', () => {
  expect(compareCodePoints('a', 'a')).toBe(0);
  expect(compareCodePoints('a', 'ab')).toBeLessThan(0);
  expect(compareCodePoints('\uFF01', '😀')).toBeLessThan(0);
  expect(compareCodePoints('😀', '\uD7FF')).toBeGreaterThan(0);
});
