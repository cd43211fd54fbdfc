import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findInvalidUtf8, findSyntaxDefect } from './syntax.ts';

const alphabet = [
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '"',
  '"a"',
  '1',
  '-',
  'e',
  '.',
  '0',
  'null',
  'tru',
  'e',
  ' ',
  '\n',
  '\\',
  '\\u00',
  'ff',
  '\u0001',
  'é',
  '\ufeff',
];

test('a defect is found exactly where the native parser refuses a text', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...alphabet), { maxLength: 10 }), (parts) => {
      const text = parts.join('');
      const bytes = new TextEncoder().encode(text);
      const defect = findSyntaxDefect(bytes);
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
        refused += 1;
      }
      expect(defect === undefined).toBe(isJson);
      if (defect !== undefined) {
        expect(defect.index).toBeLessThanOrEqual(bytes.length);
        expect(defect.message).not.toContain('undefined');
      }
    }),
    { numRuns: 4000, seed: 21 },
  );
  expect(refused).toBeGreaterThan(2000);
});

test('invalid UTF-8 is found exactly where the native decoder refuses bytes', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const bytes = fc.constantFrom(
    0x41,
    0x7f,
    0x80,
    0x8f,
    0x90,
    0x9f,
    0xa0,
    0xbf,
    0xc0,
    0xc1,
    0xc2,
    0xdf,
    0xe0,
    0xe1,
    0xed,
    0xef,
    0xf0,
    0xf1,
    0xf4,
    0xf5,
    0xff,
  );
  const accepts = (part: Uint8Array) => {
    try {
      decoder.decode(part);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2 }), fc.array(bytes, { maxLength: 8 }), (some, more) => {
      const all = new Uint8Array([...some, ...more]);
      const at = findInvalidUtf8(all);
      expect(at === undefined).toBe(accepts(all));
      if (at !== undefined) expect(accepts(all.subarray(0, at))).toBe(true);
    }),
    { numRuns: 5000, seed: 22 },
  );
});
