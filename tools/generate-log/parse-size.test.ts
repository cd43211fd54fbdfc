import { expect, test } from 'vitest';
import { parseSize } from './parse-size.ts';

test.each([
  ['10mb', 10_000_000],
  ['1.5 GB', 1_500_000_000],
  ['64KiB', 65_536],
  ['900', 900],
])('%s is %d bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each(['', 'mb', '10 parsecs', '-1mb', '0', '1e3'])("'%s' is refused", (text) => {
  expect(() => parseSize(text)).toThrow(/is not a size/);
});
