import { describe, expect, test } from 'vitest';
import type { ColumnKind, Region } from '../model/model.ts';
import { completeRegion, contextRegionOf } from './complete-region.ts';
import { byteSpanOf, charSpanOf, comparePositions, isDisordered, lineSpanOf } from './region.ts';
import { TextLines } from './text-lines.ts';

describe('what a region denotes', () => {
  test.each<[Region, object | undefined]>([
    [{ startLine: 3 }, { startLine: 3, startColumn: 1, endLine: 3, endColumn: null }],
    [
      { startLine: 3, endLine: 5, endColumn: 1 },
      { startLine: 3, startColumn: 1, endLine: 5, endColumn: 1 },
    ],
    [{ charOffset: 3 }, undefined],
  ])('lines of %j', (region, span) => expect(lineSpanOf(region)).toEqual(span));

  test('offsets of -1 are none, lengths are 0 by default', () => {
    expect(charSpanOf({ charOffset: -1, charLength: 4 })).toBeUndefined();
    expect(charSpanOf({ charOffset: 0 })).toEqual({ start: 0, end: 0 });
    expect(byteSpanOf({ byteOffset: 5, byteLength: 3 })).toEqual({ start: 5, end: 8 });
    expect(byteSpanOf({ startLine: 1 })).toBeUndefined();
  });

  test.each<[Region, boolean]>([
    [{ startLine: 3, endLine: 2 }, true],
    [{ startLine: 3, startColumn: 5, endColumn: 4 }, true],
    [{ startLine: 3, startColumn: 5, endColumn: 5 }, false],
    [{ startLine: 3, startColumn: 5, endLine: 4, endColumn: 1 }, false],
    [{ charOffset: 3 }, false],
  ])('%j is disordered: %s', (region, expected) => expect(isDisordered(region)).toBe(expected));

  test('the end of a line comes after all its columns, and before the next line', () => {
    expect(comparePositions(1, null, 1, 99)).toBeGreaterThan(0);
    expect(comparePositions(1, 99, 1, null)).toBeLessThan(0);
    expect(comparePositions(1, null, 1, null)).toBe(0);
    expect(comparePositions(1, null, 2, 1)).toBeLessThan(0);
  });
});

describe('completion', () => {
  const lines = new TextLines('abcd\r\nefg\r\nhijk\r\nlmn\r\n');
  const complete = (region: Region, kind: ColumnKind = 'utf16CodeUnits') => completeRegion(region, lines, kind);

  test.each<[Region, string, object]>([
    [{ startLine: 2 }, 'efg', { startColumn: 1, endLine: 2, endColumn: 4, charOffset: 6, charLength: 3 }],
    [{ startLine: 2, endLine: 3 }, 'efg\r\nhijk', { endColumn: 5, charLength: 9 }],
    [{ startLine: 2, endLine: 3, endColumn: 1 }, 'efg\r\n', { charLength: 5 }],
    [{ startLine: 1, startColumn: 2, endColumn: 4 }, 'bc', { charOffset: 1, charLength: 2 }],
    [{ startLine: 1, startColumn: 2, endColumn: 2 }, '', { charOffset: 1, charLength: 0 }],
    [{ charOffset: 1, charLength: 2 }, 'bc', { startLine: 1, startColumn: 2, endLine: 1, endColumn: 4 }],
    [{ startLine: 1, startColumn: 2, charOffset: 1, charLength: 2 }, 'bc', { endLine: 1, endColumn: 4 }],
    [{ startLine: 1, startColumn: 2, charOffset: 2, charLength: 1 }, 'bcd', { endLine: 1, endColumn: 5 }],
    [{ startLine: 1, charOffset: -1 }, 'abcd', { charOffset: 0, charLength: 4 }],
    [{ startLine: 5, startColumn: 1, endColumn: 1 }, '', { charOffset: 22, charLength: 0 }],
  ])('of %j finds %j', (region, text, members) => {
    expect(complete(region)).toMatchObject({ ...members, snippet: { text } });
  });

  test('what a region states stays', () => {
    const region: Region = {
      startLine: 1,
      endColumn: 3,
      charOffset: 7,
      snippet: { text: 'other' },
      message: { text: 'm' },
    };
    expect(complete(region)).toMatchObject(region);
    expect(complete(region)).not.toHaveProperty('charLength');
  });

  test.each<[Region]>([
    [{ startLine: 6 }],
    [{ startLine: 1, endLine: 9 }],
    [{ startLine: 5, startColumn: 2 }],
    [{ charOffset: 20, charLength: 3 }],
    [{ byteOffset: 1 }],
    [{ startLine: 3, endLine: 2 }],
  ])('%j comes back as it is', (region) => {
    expect(complete(region)).toBe(region);
    expect(contextRegionOf(region, lines, 'utf16CodeUnits')).toBeUndefined();
  });

  test('columns and characters are counted in one unit', () => {
    const pairs = new TextLines('😀a\n😀b');
    const found = completeRegion({ startLine: 2, startColumn: 2 }, pairs, 'unicodeCodePoints');
    expect(found).toMatchObject({ endColumn: 3, charOffset: 4, charLength: 1, snippet: { text: 'b' } });
  });
});

describe('context', () => {
  const contextOf = (text: string, region: Region) => contextRegionOf(region, new TextLines(text), 'utf16CodeUnits');
  const tenLines = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`).join('\n');

  test.each<[Region, number, number]>([
    [{ startLine: 5 }, 2, 8],
    [{ startLine: 1, startColumn: 2, endColumn: 3 }, 1, 4],
    [{ startLine: 9, endLine: 10 }, 6, 10],
  ])('of %j is lines %i to %i', (region, startLine, endLine) => {
    const text = tenLines
      .split('\n')
      .slice(startLine - 1, endLine)
      .join('\n');
    expect(contextOf(tenLines, region)).toEqual({ startLine, endLine, snippet: { text } });
  });

  test('is none where there is nothing around the region', () => {
    expect(contextOf('alone', { startLine: 1 })).toBeUndefined();
    expect(contextOf('alone', { startLine: 1, endColumn: 3 })).toEqual({
      startLine: 1,
      endLine: 1,
      snippet: { text: 'alone' },
    });
  });

  test('has at most 512 characters', () => {
    const long = 'x'.repeat(200);
    const text = [long, long, 'here', long, long].join('\n');
    expect(contextOf(text, { startLine: 3 })).toMatchObject({ startLine: 2, endLine: 4 });
    expect(contextOf('y'.repeat(513), { startLine: 1, endColumn: 3 })).toBeUndefined();
    expect(contextOf('y'.repeat(512), { startLine: 1, endColumn: 3 })).toBeDefined();
  });
});
