import { expect, test } from 'vitest';
import { rules } from './registry.ts';
import { familyOf, ruleFamilies } from './rule-family.ts';

test('a rule is asked for as its family says', () => {
  for (const rule of rules) expect({ id: rule.id, set: rule.set }).toEqual({ id: rule.id, set: familyOf(rule).set });
});

test('no prefix hides another', () => {
  const prefixes = ruleFamilies.map(({ prefix }) => prefix);
  for (const prefix of prefixes) expect(prefixes.filter((other) => other.startsWith(prefix))).toEqual([prefix]);
  expect(() => familyOf({ id: 'SF-X001' })).toThrow('SF-X001');
});
