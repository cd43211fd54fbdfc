import { describe, expect, test } from 'vitest';
import type { Result, Run } from '../model/model.ts';
import { idAndParents, RuleLookup } from './rule-lookup.ts';

const message = { text: 'x' };

function lookupOf(rules: object[], ...extensions: object[][]): RuleLookup {
  const tool = {
    driver: { name: 'T', rules },
    extensions: extensions.map((each, at) => ({ name: `E${at}`, rules: each })),
  };
  return new RuleLookup({ tool } as Run);
}

test.each([
  ['a/b/c', ['a/b/c', 'a/b', 'a']],
  ['a', ['a']],
  ['', ['']],
  ['/a', ['/a', '']],
  ['a//', ['a//', 'a/', 'a']],
])('%s and its parents', (id, expected) => expect([...idAndParents(id)]).toEqual(expected));

describe('a rule', () => {
  const rules = lookupOf([{ id: 'R1' }, { id: 'Ab/Cd' }], [{ id: 'R1' }, { id: 'X' }]);

  test.each([
    ['R1', 'driver', 0, 'id'],
    ['R1/sub', 'driver', 0, 'prefix'],
    ['X/sub/deep', 0, 1, 'prefix'],
    ['R', undefined, undefined, undefined],
    ['Ab', undefined, undefined, undefined],
  ])('%s is named by %s, %s', (id, component, index, by) => {
    const found = rules.naming(id);
    expect([found?.component, found?.index, found?.by]).toEqual([component, index, by]);
  });

  test('is looked for in one component where that is wanted', () => {
    expect(rules.naming('X', 'driver')).toBeUndefined();
    expect(rules.naming('R1', 0)?.component).toBe(0);
  });

  test.each([
    ['r1', 'R1'],
    ['AB/CD', 'Ab/Cd'],
    ['ab/cd/ef', 'Ab/Cd'],
    ['x', 'X'],
    ['R1', undefined],
    ['r2', undefined],
  ])('%s differs in case from %s', (id, expected) => expect(rules.differingInCase(id)).toBe(expected));

  test('that nobody has does not make the index of a component that nobody has one of the driver', () => {
    const rule = { index: 0, toolComponent: { index: 7 } };
    expect(rules.find({ message, rule } as Result)).toMatchObject({ descriptor: undefined, index: -1 });
    expect(rules.indexedComponent(rule)).toBeUndefined();
  });

  test('counts as different from others of its id only where it is', () => {
    const several = lookupOf(
      [{ id: 'R1', name: 'a' }, { id: 'R1', name: 'b' }, { id: 'R2' }],
      [{ id: 'R2' }, { id: 'R1', name: 'a' }],
    );
    expect(several.differentWithId('R1')).toBe(2);
    expect(several.differentWithId('R1', 0)).toBe(1);
    expect(several.differentWithId('R2')).toBe(1);
    expect(several.differentWithId('R9')).toBe(0);
  });
});

test('a descriptor that a result brings along stands after those of the driver', () => {
  const header = [{ id: 'R1' }];
  const rules = lookupOf(header);
  const result = { ruleId: 'R2', ruleIndex: 1, message } as Result;
  expect(rules.find(result).by).toBe('conflict');
  expect([rules.differingInCase('r2'), rules.differentWithId('R2')]).toEqual([undefined, 0]);
  for (const id of ['R2', 'R2', 'long/id']) rules.add({ id });
  expect(rules.find(result)).toMatchObject({ by: 'index', index: 1, descriptor: { id: 'R2' } });
  expect(rules.find({ ...result, ruleId: 'long/id/sub', ruleIndex: 2 })).toMatchObject({ by: 'index', index: 2 });
  expect(rules.naming('long/id/sub')?.index).toBe(2);
  expect([rules.differingInCase('r2'), rules.differentWithId('R2')]).toEqual(['R2', 1]);
  expect(header).toEqual([{ id: 'R1' }]);
  const empty = lookupOf([]);
  expect(empty.hasRules).toBe(false);
  empty.add({ id: 'R1' });
  expect(empty.hasRules).toBe(true);
});

test('an id of very many levels is looked up in no time', () => {
  const id = 'a/'.repeat(500_000);
  const rules = lookupOf([{ id: 'a' }, { id: 'b' }]);
  const before = performance.now();
  expect(rules.naming(id)?.descriptor?.id).toBe('a');
  expect(rules.naming(`x${id}`)).toBeUndefined();
  expect(rules.differingInCase(id.toUpperCase())).toBe('a');
  expect(performance.now() - before).toBeLessThan(5000);
});
