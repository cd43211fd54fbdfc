import { expect, test } from 'vitest';
import { expand, placeholdersIn } from './message-placeholders.ts';

test.each([
  ['{0} {12} {3}', 12, -1],
  ['{{0}} {{{1}}}', 1, -1],
  ['a { b', -1, 2],
  ['a } b {', -1, 2],
  ['{0', -1, 0],
  ['{-1} {x}', -1, 0],
  ['{00}', 0, -1],
  ['', -1, -1],
])('%s needs %i, lone brace at %i', (text, highest, loneBrace) => {
  expect(placeholdersIn(text)).toEqual({ highest, loneBrace });
});

test.each(['{', '}', '{1', '{{', '{1}}'])('%s many times takes no longer', (piece) => {
  const text = piece.repeat(100_000);
  const start = performance.now();
  placeholdersIn(text);
  expect(expand(text, []).length).toBeLessThanOrEqual(text.length);
  expect(performance.now() - start).toBeLessThan(1000);
});
