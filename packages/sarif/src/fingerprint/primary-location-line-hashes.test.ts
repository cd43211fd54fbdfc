import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { primaryLocationLineHashes } from './primary-location-line-hashes.ts';

function hashes(content: string | Uint8Array): (string | undefined)[] {
  const found = primaryLocationLineHashes(content);
  return Array.from({ length: found.lines }, (_, index) => found.of(index + 1));
}

/** The definition, word by word, on numbers without bounds. */
function slowHashes(text: string): string[] {
  const units: number[] = [];
  let previous = 0;
  for (const unit of text.split('').map((character) => character.charCodeAt(0))) {
    const skipped = unit === 32 || unit === 9 || (unit === 10 && previous === 13);
    previous = unit;
    if (!skipped) units.push(unit === 13 ? 10 : unit);
  }
  units.push(65_535);
  const counts = new Map<string, number>();
  const lines: string[] = [];
  for (const [start] of units.entries()) {
    if (start > 0 && units[start - 1] !== 10) continue;
    let hash = 0n;
    for (let at = start; at < start + 100; at += 1) hash = BigInt.asUintN(64, hash * 37n + BigInt(units[at] ?? 0));
    const hex = hash.toString(16);
    counts.set(hex, (counts.get(hex) ?? 0) + 1);
    lines.push(`${hex}:${counts.get(hex)}`);
  }
  return lines;
}

const end = 'c129715d7a2bc9a3:1';
const greetings = ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n';
const greetingHashes = [
  'e9496ae3ebfced30:1',
  'fb7c023a8b9ccb3f:1',
  'ce8ba1a563dcdaca:1',
  'e20e36e16fcb0cc8:1',
  'b3edc88f2938467e:1',
  'c8e28b0b4002a3a0:1',
  end,
];

describe('the published values', () => {
  test.each<[content: string, values: readonly string[]]>([
    ['', [end]],
    [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
    [greetings, greetingHashes],
    [greetings.replaceAll('\n', '\r'), greetingHashes],
    [greetings.replaceAll('\n', '\r\n'), greetingHashes],
    [
      'x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n',
      [
        'e54938cc54b302f1:1',
        'bb609acbe9138d60:1',
        '1131fd5871777f34:1',
        '5c482a0f8b35ea28:1',
        '54517377da7028d2:1',
        '2c644846cb18d53e:1',
        'f1b89f20de0d133:1',
        end,
      ],
    ],
    [
      'Lorem ipsum dolor sit amet.\n'.repeat(10),
      [
        ...[1, 2, 3, 4, 5, 6].map((occurrence) => `a7f2ff13bc495cf2:${occurrence}`),
        'a7f2ff1481e87703:1',
        'a9cf91f7bbf1862b:1',
        '55ec222b86bcae53:1',
        'cc97dc7b1d7d8f7b:1',
        end,
      ],
    ],
    ['a\nb\n', ['81b8d8db678b2bbe:1', 'ade70578248be16f:1', end]],
    ['é\n😀 x\n', ['99d92c7a2013dead:1', '6061da4448575c5e:1', end]],
    ['\uFEFFa\n', ['25afd31b599dedcd:1', end]],
  ])('%j', (content, values) => {
    expect(hashes(content)).toEqual(values);
    expect(hashes(new TextEncoder().encode(content))).toEqual(values);
  });
});

test('a blank between CR and LF makes two line breaks', () => {
  expect(hashes('a\r \nb')).toHaveLength(3);
  expect(hashes('a\r\nb')).toHaveLength(2);
  expect(hashes('a\n\rb')).toHaveLength(3);
});

test('other separators are ordinary units', () => expect(hashes('a\u2028b\u2029c\u0085d')).toHaveLength(1));

test('there is nothing for lines that the file does not have', () => {
  const found = primaryLocationLineHashes('a\nb');
  expect([0, 3, 1.5, Number.NaN].map((line) => found.of(line))).toEqual([undefined, undefined, undefined, undefined]);
});

test('the same as the definition, for any text', () => {
  const pieces = fc.constantFrom(
    'a',
    '}',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\uFFFF',
    'ü',
    '😀',
    'return x;\n',
    'long'.repeat(60),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 300 }), (parts) => {
      expect(hashes(parts.join(''))).toEqual(slowHashes(parts.join('')));
    }),
  );
});
