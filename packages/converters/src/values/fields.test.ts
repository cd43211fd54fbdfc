import { describe, expect, test } from 'vitest';
import type { ConverterRuleId } from '../diagnostics/converter-rules.ts';
import { Fields } from './fields.ts';

function fieldsOf(object: Record<string, unknown>) {
  const doubts: ConverterRuleId[] = [];
  return { fields: new Fields(object, (ruleId) => doubts.push(ruleId)), doubts };
}

describe('whole numbers', () => {
  test.each([
    [12, 12],
    [-1, -1],
    ['12', 12],
    ['-1', -1],
    ['007', 7],
    [null, undefined],
    [undefined, undefined],
  ])('%j is %j', (value, number) => {
    const { fields, doubts } = fieldsOf({ value });
    expect(fields.integer('value')).toBe(number);
    expect(doubts).toEqual([]);
  });

  test.each([1.5, '1.5', '', 'x', '1e3', '9'.repeat(16), true, [1]])('%j is none', (value) => {
    const { fields, doubts } = fieldsOf({ value });
    expect(fields.integer('value')).toBeUndefined();
    expect(doubts).toEqual(['SF-K102']);
    expect(fields.kept).toEqual([{ field: 'value', value }]);
  });
});
