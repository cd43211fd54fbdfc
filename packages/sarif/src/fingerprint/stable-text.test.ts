import { expect, test } from 'vitest';
import { collapsed, stableText } from './stable-text.ts';

test.each([
  ['The line 12 has 130 characters.', 'The line # has # characters.'],
  ["'utf8' differs from 'utf16' 3 times.", "'utf8' differs from 'utf16' # times."],
  ['Use "x1", not `x2`: 4 reasons.', 'Use "x1", not `x2`: # reasons.'],
  ["It doesn't end in 4 or isn't 5.", "It doesn't end in # or isn't #."],
  ["An 'open quote 7", "An 'open quote #"],
  ['Run 3F2504E0-4F89-11D3-9A0C-0305E82C3301 failed.', 'Run # failed.'],
  ['In /home/ci/build-17/src/a.c it leaks.', 'In a.c it leaks.'],
  ['In C:\\build\\17\\a.c and file:///srv/x/b.c', 'In a.c and b.c'],
  ["In '/home/ci/a1.c' it leaks.", "In 'a1.c' it leaks."],
  ['In src/lib/a.c it leaks.', 'In src/lib/a.c it leaks.'],
  ['See https://example.org/a/b', 'See https://example.org/a/b'],
  ['', ''],
])('%s → %s', (message, expected) => expect(stableText(message)).toBe(expected));

test('white space is one blank', () => expect(collapsed(' \ta\r\n  b ')).toBe('a b'));

test.each([
  ["' 'a ".repeat(20_000)],
  ['/'.repeat(100_000)],
  ['/a'.repeat(50_000)],
  ['file:'.repeat(20_000)],
  ['0-'.repeat(50_000)],
  [' '.repeat(100_000)],
])('takes no longer than the text is', (hostile) => {
  const start = performance.now();
  stableText(hostile);
  collapsed(hostile);
  expect(performance.now() - start).toBeLessThan(1000);
});
