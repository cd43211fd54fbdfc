import { expect, test } from 'vitest';
import { filler, placeholdersIn } from './message-placeholders.ts';

const expand = (text: string, args: readonly string[]) => filler(text, args)(text);

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

test('a long argument is put in once for each placeholder that people write', () => {
  const argument = 'x'.repeat(100_000);
  expect(expand('{0}, {0} or {1}?', [argument, 'y'])).toBe(`${argument}, ${argument} or y?`);
  expect(expand('{0} '.repeat(1000), ['x'.repeat(10)])).toBe('xxxxxxxxxx '.repeat(1000));
});

test('thousands of placeholders do not repeat a long argument as often', () => {
  const argument = 'x'.repeat(10_000);
  const filled = expand(`${'{0}'.repeat(5000)}{1}`, [argument, 'last']);
  expect(filled.length).toBeLessThan(400_000);
  expect(filled).toMatch(/^x+(\{0\})+last$/);
});
