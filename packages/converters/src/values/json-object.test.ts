import { expect, test } from 'vitest';
import { kindOf } from './json-object.ts';

test.each([
  [null, 'null'],
  [[1], 'an array'],
  [{}, 'an object'],
  [false, 'false'],
  [7, 'a number'],
  ['x', 'a string'],
  // What a report has at its cut.
  [undefined, 'not complete'],
])('%j is told as %s', (value, words) => {
  expect(kindOf(value)).toBe(words);
});
