import { describe, expect, test } from 'vitest';
import type { ColumnKind } from '../model/model.ts';
import { columnIn, columnKindOf, utf16Column } from './column-kind.ts';
import { TextLines } from './text-lines.ts';

describe('lines', () => {
  test.each([
    ['', undefined, ['']],
    ['a\r\nb\nc', undefined, ['a', 'b', 'c']],
    ['a\rb\u2028c', undefined, ['a\rb\u2028c']],
    ['a\n', undefined, ['a', '']],
    ['\uFEFFa\nb', undefined, ['a', 'b']],
    ['a\r\nb', ['\r', '\r\n'], ['a', '\nb']],
    ['a\r\nb', ['\r\n', '\r'], ['a', 'b']],
    ['a\u2028b\nc', ['\u2028'], ['a', 'b\nc']],
    ['a\nb', ['', '\n'], ['a', 'b']],
  ])('%j with %j', (text, sequences, expected) => {
    const lines = new TextLines(text, sequences);
    const texts = Array.from({ length: lines.count }, (_, index) => {
      const { start, end } = lines.line(index + 1) ?? { start: 0, end: 0 };
      return lines.text.slice(start, end);
    });
    expect(texts).toEqual(expected);
    expect(lines.line(0)).toBeUndefined();
    expect(lines.line(lines.count + 1)).toBeUndefined();
  });
});

describe('columns', () => {
  const line = 'a😀b😀';

  test.each<[number, ColumnKind, number]>([
    [1, 'unicodeCodePoints', 1],
    [2, 'unicodeCodePoints', 2],
    [3, 'unicodeCodePoints', 4],
    [5, 'unicodeCodePoints', 7],
    [7, 'unicodeCodePoints', 9],
    [4, 'utf16CodeUnits', 4],
  ])('column %i in %s is %i in code units, and back', (column, kind, units) => {
    expect(utf16Column(line, column, kind)).toBe(units);
    expect(columnIn(line, units, kind)).toBe(column);
  });

  test('a run that names no unit counts code units', () => {
    expect(columnKindOf({})).toBe('utf16CodeUnits');
    expect(columnKindOf({ columnKind: 'unicodeCodePoints' })).toBe('unicodeCodePoints');
  });
});

describe('offsets', () => {
  const text = 'x😀y\n😀😀z\n';
  const lines = new TextLines(text);

  test.each<ColumnKind>(['utf16CodeUnits', 'unicodeCodePoints'])(
    'every position leads back to itself in %s',
    (kind) => {
      let offset = 0;
      let characters = 0;
      for (const character of text) {
        expect(lines.charOffsetOf(offset, kind)).toBe(kind === 'unicodeCodePoints' ? characters : offset);
        expect(lines.offsetOfChar(lines.charOffsetOf(offset, kind), kind)).toBe(offset);
        const { line, column } = lines.positionOf(offset, kind);
        expect(lines.offsetOf(line, column, kind)).toBe(offset);
        offset += character.length;
        characters += 1;
      }
    },
  );

  test.each<[number, number | null, ColumnKind, number | undefined]>([
    [2, 3, 'unicodeCodePoints', 9],
    [2, 3, 'utf16CodeUnits', 7],
    [2, null, 'unicodeCodePoints', 10],
    [3, 1, 'utf16CodeUnits', 11],
    [3, 5, 'utf16CodeUnits', 15],
    [4, 1, 'utf16CodeUnits', undefined],
  ])('line %i, column %s in %s', (line, column, kind, offset) =>
    expect(lines.offsetOf(line, column, kind)).toBe(offset),
  );

  test('bytes of UTF-8 are counted also far into a text', () => {
    const long = new TextLines(`${'aé€😀'.repeat(3000)}!`);
    const encoder = new TextEncoder();
    for (const offset of [0, 1, 5, 4095, 4096, 8192, 14_999, 15_001]) {
      expect(long.utf8OffsetOf(offset)).toBe(
        encoder.encode(long.text.slice(0, offset)).length - (endsInPair(long.text, offset) ? 1 : 0),
      );
    }
  });
});

/** The encoder writes three bytes for half of a pair, which has two of its four. */
function endsInPair(text: string, offset: number): boolean {
  return /[\uD800-\uDBFF]$/.test(text.slice(0, offset));
}
