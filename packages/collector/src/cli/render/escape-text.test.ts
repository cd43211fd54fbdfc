import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeText } from './escape-text.ts';

test.each([
  ['plain ünïcödé 漢字 🙂', 'plain ünïcödé 漢字 🙂'],
  ['a\nb\r\nc\td', 'a\\nb\\r\\nc\\td'],
  ['\x1b[31mred\x1b]8;;http://x\x07', '\\x1b[31mred\\x1b]8;;http://x\\x07'],
  ['\u202egnp.exe\u2066', '\\u202egnp.exe\\u2066'],
  ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
  ['\ud800 lone', '\\ud800 lone'],
  ['\u{e0041}', '\\u{e0041}'],
  ['\x9b31m', '\\x9b31m'],
  ['::error file=x::forged', '\\x3a:error file=x::forged'],
  ['x\n::error::y', 'x\\n\\x3a:error::y'],
  ['  ::add-mask::x', '  \\x3a:add-mask::x'],
  ['std::error::Error', 'std::error::Error'],
  ['##vso[task.setvariable]', '\\x23#vso[task.setvariable]'],
  ['a ##[error]b ##teamcity[x', 'a \\x23#[error]b \\x23#teamcity[x'],
  ['## heading', '## heading'],
])('%j', (data, escaped) => {
  expect(escapeText(data)).toBe(escaped);
});

test('whatever comes in, one visible line without commands comes out', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('::', '##', '::error', '##vso[', '##[', '\n', '\r', '\x1b', '\u2028', ' ', 'a'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const escaped = escapeText(pieces.join(''));
      expect(escaped).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      expect(escaped).not.toMatch(/^\s*::[a-z]/i);
      expect(escaped).not.toMatch(/##[a-z]*\[/i);
    }),
    { numRuns: 1000 },
  );
});
