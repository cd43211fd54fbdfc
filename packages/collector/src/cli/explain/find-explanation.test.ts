import { expect, test } from 'vitest';
import { explanations } from './explanations.ts';
import { findExplanation } from './find-explanation.ts';

test.each([
  ['SF-S205', 'SF-S205'],
  ['s205', 'SF-S205'],
  [' sf-g008 ', 'SF-G008'],
  ['k101', 'SF-K101'],
  ['I104', 'SF-I104'],
  ['Undelivered', 'undelivered'],
  ['6', 'undelivered'],
  ['130', 'interrupted'],
  ['143', 'interrupted'],
])('%s is %s', (written, code) => expect(findExplanation(written).explanation?.code).toBe(code));

test.each([
  ['S2O5', 'SF-S205'],
  ['SF-A12x', 'SF-A12'],
  ['undeliverd', 'undelivered'],
  ['', undefined],
  ['nothing like it', undefined],
  ['x'.repeat(100_000), undefined],
])('%s is none; the nearest is %s', (written, code) => {
  const found = findExplanation(written);
  expect(found).toMatchObject({ nearest: code === undefined ? undefined : { code } });
  expect(found.explanation).toBeUndefined();
});

test('codes are unique, and everything is said in sentences', () => {
  expect(new Set(explanations.map(({ code }) => code)).size).toBe(explanations.length);
  for (const { code, summary, cause, reason, repair } of explanations) {
    for (const text of [summary, cause, reason, repair])
      if (text !== undefined) expect(`${code}: ${text}`).toMatch(/[.:]$/);
  }
});
