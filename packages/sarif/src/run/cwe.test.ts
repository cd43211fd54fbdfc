import { describe, expect, test } from 'vitest';
import type { ReportingDescriptor, Result, RunHeader } from '../model/model.ts';
import { weaknessesOf, weaknessesOfResult } from './cwe.ts';
import { cweKindOf } from './cwe-numbers.ts';

const run: RunHeader = {
  tool: { driver: { name: 'T' } },
  taxonomies: [{ name: 'CWE', taxa: [{ id: '22' }, { id: 'CWE-89' }] }],
};
const cwe = { name: 'CWE', index: 0 };

function found(result: object, rule?: object): string[] {
  const weaknesses = weaknessesOfResult({ message: {}, ...result } as Result, rule as ReportingDescriptor, run);
  return weaknesses.map(({ id, source, confidence }) => `${id} ${source} ${confidence}`);
}

describe('the weaknesses of a result', () => {
  test.each<[object, object | undefined, string[]]>([
    [{ taxa: [{ index: 0, toolComponent: cwe }] }, undefined, ['CWE-22 taxa member']],
    [{ taxa: [{ id: 'CWE-89', toolComponent: { name: 'cwe' } }] }, undefined, ['CWE-89 taxa member']],
    [{ taxa: [{ id: '79', toolComponent: { name: 'CWE' } }] }, undefined, ['CWE-79 taxa member']],
    [{ taxa: [{ id: 'A03', toolComponent: { name: 'OWASP' } }] }, undefined, []],
    [{}, { id: 'R', relationships: [{ target: { id: '22', toolComponent: cwe } }] }, ['CWE-22 related related']],
    [
      {},
      { id: 'R', relationships: [{ target: { id: '22', toolComponent: cwe }, kinds: ['superset'] }] },
      ['CWE-22 implied member'],
    ],
    [
      { properties: { cwe: 'CWE-79, CWE-80' } },
      undefined,
      ['CWE-79 properties mentioned', 'CWE-80 properties mentioned'],
    ],
    [{ properties: { cwe: ['079', 80] } }, undefined, ['CWE-79 properties mentioned', 'CWE-80 properties mentioned']],
    [
      { properties: { cwe: 20 } },
      { id: 'R', properties: { cwe: '22', tags: ['external/cwe/cwe-020', 'cwe:23'] } },
      ['CWE-20 properties mentioned', 'CWE-22 properties mentioned', 'CWE-23 tags mentioned'],
    ],
    [
      {},
      { id: 'R', properties: { tags: ['CWE-79: Cross-site Scripting', 'cwe_1', 'security'] } },
      ['CWE-79 tags mentioned', 'CWE-1 tags mentioned'],
    ],
    [{ ruleId: 'CWE-79' }, undefined, ['CWE-79 rule mentioned']],
    [{ ruleId: 'CWE-79/reflected' }, undefined, ['CWE-79 rule mentioned']],
    [{ ruleId: 'js/cwe-79' }, { id: 'js/cwe-79', name: 'CWE 80' }, ['CWE-80 rule mentioned']],
    [{ ruleId: 'CWE-790x' }, undefined, []],
    [{ properties: { cwe: 'NVD-CWE-noinfo', tags: 'CWE-1' } }, undefined, []],
  ])('%j of the rule %j', (result, rule, expected) => expect(found(result, rule)).toEqual(expected));

  test('each weakness counts once, by its best source', () => {
    const rule = {
      id: 'CWE-22',
      relationships: [{ target: { id: '22', toolComponent: cwe } }],
      properties: { cwe: 22, tags: ['CWE-22'] },
    };
    expect(found({ taxa: [{ id: '22', toolComponent: cwe }], properties: { cwe: '22' } }, rule)).toEqual([
      'CWE-22 taxa member',
    ]);
    expect(weaknessesOf(rule, run)).toEqual(['CWE-22']);
  });
});

test.each([
  [79, 'weakness'],
  [5, 'weakness'],
  [1434, 'weakness'],
  [132, 'weakness'],
  [1499, 'weakness'],
  [1, 'category-or-view'],
  [16, 'category-or-view'],
  [310, 'category-or-view'],
  [635, 'category-or-view'],
  [699, 'category-or-view'],
  [1000, 'category-or-view'],
  [1003, 'category-or-view'],
  [0, 'unknown'],
  [-79, 'unknown'],
  [7.9, 'unknown'],
  [1500, 'unknown'],
  [99_999, 'unknown'],
])('CWE-%d is a %s', (number, kind) => expect(cweKindOf(number)).toBe(kind));

test('the edition has 969 weaknesses, the deprecated ones included', () => {
  const numbers = Array.from({ length: 1434 }, (_, index) => index + 1);
  expect(numbers.filter((number) => cweKindOf(number) === 'weakness')).toHaveLength(969);
});
