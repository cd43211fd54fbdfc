import { expect, test } from 'vitest';
import { codePointColumn, isAscii } from './byte-column.ts';

test('columns count characters, not bytes', () => {
  expect(codePointColumn('aé😀b', 1)).toBe(1);
  expect(codePointColumn('aé😀b', 2)).toBe(2);
  expect(codePointColumn('aé😀b', 4)).toBe(3);
  expect(codePointColumn('aé😀b', 8)).toBe(4);
  expect(codePointColumn('aé😀b', 9)).toBe(5);
});

test('a column inside a character or past the line is not known', () => {
  expect(codePointColumn('aé😀b', 3)).toBeUndefined();
  expect(codePointColumn('ab', 4)).toBeUndefined();
});

test('ASCII is what every unit agrees on', () => {
  expect(isAscii('a\tb')).toBe(true);
  expect(isAscii('é')).toBe(false);
});
