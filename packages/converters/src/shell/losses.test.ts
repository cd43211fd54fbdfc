import { expect, test } from 'vitest';
import { LossTally } from './losses.ts';

test('values are counted by field and fate', () => {
  const losses = new LossTally();
  losses.keep('b');
  losses.keep('b');
  losses.drop('a', 3);
  losses.drop('c', 0);
  expect(losses.list()).toEqual([
    { field: 'a', count: 3, kept: false },
    { field: 'b', count: 2, kept: true },
  ]);
});

test('names of the report do not grow the table without end', () => {
  const losses = new LossTally();
  for (let n = 0; n < 1_500; n += 1) losses.keep(`field ${n}`);
  const list = losses.list();
  expect(list).toHaveLength(1_001);
  expect(list.reduce((sum, { count }) => sum + count, 0)).toBe(1_500);
});
