import type { Diagnostic } from '@sariflow/sarif';
import { expect, test } from 'vitest';
import { converterRules } from './converter-rules.ts';
import { DoubtCollector } from './doubt-collector.ts';

const origin = (pointer: string) => ({ pointer, placeOf: () => ({ byteOffset: 1, line: 1, column: 2 }) });

test('each doubt is reported, and equal ones about one field form a group', () => {
  const reported: Diagnostic[] = [];
  const doubts = new DoubtCollector((diagnostic) => reported.push(diagnostic));
  for (const pointer of ['/results/0', '/results/1'])
    doubts.about(origin(pointer))('SF-K102', ['a', 3, 'b'], 'Wrong.', 5);
  expect(reported).toEqual([
    {
      ruleId: 'SF-K102',
      level: 'warning',
      message: 'Wrong.',
      pointer: '/results/0/a/3/b',
      place: { byteOffset: 1, line: 1, column: 2 },
      value: '5',
    },
    {
      ruleId: 'SF-K102',
      level: 'warning',
      message: 'Wrong.',
      pointer: '/results/1/a/3/b',
      place: { byteOffset: 1, line: 1, column: 2 },
      value: '5',
    },
  ]);
  expect(doubts.takeGroups()).toMatchObject([{ ruleId: 'SF-K102', count: 2, pointer: '/results/0/a/3/b' }]);
});

test('an unknown field is told once, a rejected finding each time', () => {
  const reported: string[] = [];
  const doubts = new DoubtCollector(({ ruleId }) => reported.push(ruleId));
  for (const pointer of ['/results/0', '/results/1']) {
    const doubt = doubts.about(origin(pointer));
    doubt('SF-K107', ['new'], 'The field is not known.');
    doubt('SF-K101', [], 'No rule.');
  }
  expect(reported).toEqual(['SF-K107', 'SF-K101', 'SF-K101']);
  expect(doubts.takeGroups()).toHaveLength(3);
});

test('long values are cut', () => {
  const reported: Diagnostic[] = [];
  new DoubtCollector((diagnostic) => reported.push(diagnostic)).about(origin(''))(
    'SF-K102',
    [],
    'Wrong.',
    '😀'.repeat(500),
  );
  expect(reported[0]?.value?.length).toBeLessThanOrEqual(200);
  expect(reported[0]?.value?.isWellFormed()).toBe(true);
});

test('every rule says what happened and what to do, in sentences', () => {
  for (const [id, { title, explanation, remedy }] of Object.entries(converterRules)) {
    expect(id).toMatch(/^SF-K[0-9]{3}$/);
    expect(title).not.toMatch(/\.$/);
    for (const text of [explanation, remedy]) expect(text).toMatch(/\.$/);
  }
});
