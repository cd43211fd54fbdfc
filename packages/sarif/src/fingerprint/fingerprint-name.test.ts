import { expect, test } from 'vitest';
import { fingerprintName, hasMisspeltVersion, latestFingerprints, sharedFingerprints } from './fingerprint-name.ts';

test.each([
  ['contextHash/v2', 'contextHash', 2],
  ['a/b/v0', 'a/b', 0],
  ['a/v1/v12', 'a/v1', 12],
  ['contextHash', 'contextHash', -1],
  ['a/V2', 'a/V2', -1],
  ['v2', 'v2', -1],
  ['a/v2/b', 'a/v2/b', -1],
])('%s is %s, version %i', (name, base, version) => expect(fingerprintName(name)).toEqual({ base, version }));

test.each([
  ['a/V2', true],
  ['a/2', true],
  ['a/v1.0', true],
  ['a/version1', true],
  ['a/v2', false],
  ['a/b', false],
  ['2', false],
  ['/2', false],
  ['a/sha256', false],
  ['a/9f86d081', false],
])('%s is misspelt: %s', (name, expected) => expect(hasMisspeltVersion(name)).toBe(expected));

test('the latest version of each name counts, no version being the oldest', () => {
  const found = latestFingerprints({ 'b/v1': 'b1', a: 'a', 'a/v0': 'a0', 'a/v10': 'a10', 'a/v9': 'a9' });
  expect(found.map(({ name, value }) => [name, value])).toEqual([
    ['a/v10', 'a10'],
    ['b/v1', 'b1'],
  ]);
  expect(latestFingerprints(undefined)).toEqual([]);
});

test('two results are compared by the greatest version that both have', () => {
  const before = { 'a/v1': '1', 'a/v2': '2', 'b/v1': 'x', onlyBefore: 'y' };
  const after = { 'a/v1': 'other', 'a/v2': '2', 'a/v3': '3', 'b/v1': 'z', toString: 'w' };
  expect(sharedFingerprints(before, after)).toEqual([
    { base: 'a', version: 2, isEqual: true },
    { base: 'b', version: 1, isEqual: false },
  ]);
  expect(sharedFingerprints({ toString: 'x' }, {})).toEqual([]);
  expect(sharedFingerprints(undefined, after)).toEqual([]);
});
