import { expect, test } from 'vitest';
import { breakLines } from './break-lines.ts';

test.each<[string, number, string[]]>([
  ['', 10, []],
  ['  one   two\nthree ', 9, ['one two', 'three']],
  ['one two', 7, ['one two']],
  ['one two', 6, ['one', 'two']],
  ['a-very-long-word b', 4, ['a-very-long-word', 'b']],
  ['b a-very-long-word', 4, ['b', 'a-very-long-word']],
  ['漢字 漢字', 8, ['漢字', '漢字']],
  ['漢字 漢字', 9, ['漢字 漢字']],
])('%j in %i columns', (words, columns, lines) => expect(breakLines(words, columns)).toEqual(lines));
