import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonDepth } from './json-depth.ts';
import { parseBody } from './parse-body.ts';

test.each([
  ['nothing', Buffer.alloc(0), 'empty'],
  ['a byte order mark', Buffer.from('\uFEFF{}'), 'byte order mark'],
  ['UTF-16', Buffer.from('{"a":"ä"}', 'utf16le'), 'UTF-8'],
  ['a broken UTF-8 sequence', Buffer.from([0x22, 0xc3, 0x28, 0x22]), 'UTF-8'],
  ['a lone surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'UTF-8'],
  ['half a document', Buffer.from('{"version":'), 'not valid JSON'],
  ['two documents', Buffer.from('{} {}'), 'not valid JSON'],
  ['a depth bomb', Buffer.alloc(10_000_000, '['), 'deeper'],
  ['a depth bomb of objects', Buffer.from('{"a":'.repeat(1_000_000)), 'deeper'],
])('%s is refused', (_, body, reason) => {
  expect(parseBody(body)).toMatchObject({ status: 'refused', reason: expect.stringContaining(reason) });
});

test('brackets in strings are no depth', () => {
  expect(parseBody(Buffer.from(JSON.stringify({ a: '['.repeat(1000), b: '\\"[[['.repeat(1000) }))).status).toBe(
    'parsed',
  );
});

test('depth is that of the parsed value', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonDepth(Buffer.from(JSON.stringify(value)), 1000)).toBe(depthOf(value));
    }),
  );
});
