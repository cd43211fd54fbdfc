import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, type JsonData } from './canonical-json.ts';

test.each<[JsonData, string]>([
  [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
  // The example of RFC 8785, section 3.2.2 and 3.2.3.
  [[JSON.parse('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27], '[333333333.3333333,1e+30,4.5,0.002,1e-27]'],
  ['\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
  [
    { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, ö: 7 },
    '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
  ],
  [-0, '0'],
  [{ a: undefined, b: 1 }, '{"b":1}'],
])('%j is %s', (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test('what it writes means the same, and the order of members makes no difference', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const data = JSON.parse(JSON.stringify(value)) as JsonData;
      const text = canonicalJson(data);
      expect(JSON.parse(text)).toEqual(data);
      expect(canonicalJson(JSON.parse(text) as JsonData)).toBe(text);
    }),
  );
});

test('what JSON or UTF-8 cannot hold is refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udc00': 1 }]) {
    expect(() => canonicalJson(value)).toThrow(RangeError);
  }
});
