import { expect, test } from 'vitest';
import { webUri } from './absolute-uri.ts';
import { firstSentence } from './first-sentence.ts';
import { plainText } from './plain-text.ts';
import { utcTime } from './utc-time.ts';

test('the first sentence ends at a full stop with a space behind it, not inside a name', () => {
  expect(firstSentence('Avoid os.system here. Use subprocess.')).toBe('Avoid os.system here.');
  expect(firstSentence('One line\nand another')).toBe('One line');
  expect(firstSentence('  no end ')).toBe('no end');
  expect(firstSentence('x'.repeat(300))).toHaveLength(200);
  expect(Array.from(firstSentence('😀'.repeat(300)))).toHaveLength(200);
});

test('terminal escape sequences disappear, tabs and line breaks stay', () => {
  expect(plainText('\u001b[31mred\u001b[0m\n\tmore\u0000')).toBe('red\n\tmore');
  expect(plainText('\u001b]8;;https://example.test\u0007link\u001b]8;;\u0007')).toBe('link');
  expect(plainText('plain')).toBe('plain');
});

test('times are in UTC, or not times', () => {
  expect(utcTime('2020-11-18T23:28:12.391807Z')).toBe('2020-11-18T23:28:12.391807Z');
  expect(utcTime('2020-11-18T23:28:12+0200')).toBe('2020-11-18T21:28:12Z');
  expect(utcTime('2020-06-01 10:02:01 UTC')).toBe('2020-06-01T10:02:01Z');
  expect(utcTime('2020-06-01T10:02:01')).toBeUndefined();
  expect(utcTime('2020-13-41T10:02:01Z')).toBeUndefined();
  expect(utcTime('yesterday')).toBeUndefined();
});

test('only web addresses are absolute URIs', () => {
  expect(webUri('https://example.test/a?b=c#d')).toBe('https://example.test/a?b=c#d');
  expect(webUri('https://example.test/a b{c}')).toBe('https://example.test/a%20b%7Bc%7D');
  expect(webUri('javascript:alert(1)')).toBeUndefined();
  expect(webUri('string')).toBeUndefined();
  expect(webUri('https://')).toBeUndefined();
});
