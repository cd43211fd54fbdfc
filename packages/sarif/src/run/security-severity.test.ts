import { describe, expect, test } from 'vitest';
import type { Level } from '../model/model.ts';
import { bandOf, scoreOf, securitySeverity } from './security-severity.ts';

const severityOf = (result: object, rule: object = {}, level: Level = 'warning') =>
  securitySeverity({ message: {}, properties: { ...result } }, { id: 'R1', properties: { ...rule } }, level);

describe('the score', () => {
  test.each<[object, object, number | undefined]>([
    [{ 'security-severity': '7.5' }, { 'security-severity': '2.0' }, 7.5],
    [{}, { 'security-severity': '2.0' }, 2],
    [{ 'security-severity': 9 }, {}, 9],
    [{ 'security-severity': 'undefined' }, { 'security-severity': '4.0' }, 4],
    [{ 'security-severity': '10.1' }, {}, undefined],
    [{ cvssv3_baseScore: 6.5 }, { 'security-severity': '2.0' }, 2],
    [{ cvssv3_baseScore: 6.5 }, { cvssScore: 2 }, 6.5],
    [{ cvssv2_score: 4.3, cvssv3_baseScore: '6.1' }, {}, 6.1],
    [{ cvss3BaseScore: '9.0', cvss3Vector: 'AV:N' }, {}, 9],
    [{ cvss: { score: 5 } }, {}, 5],
    [{ cvssv3_exploitabilityScore: 8.6, cvssv3_version: 3.1 }, {}, undefined],
    [{ cvssv3_baseScore: null }, {}, undefined],
  ])('%j and the rule %j', (result, rule, score) => expect(severityOf(result, rule).score).toBe(score));

  test.each([
    ['critical', 9.5, 'critical'],
    ['High', 8, 'high'],
    [' medium ', 5.5, 'medium'],
    ['low', 2, 'low'],
  ])('the word %j stands for %d', (word, score, band) => {
    const expected = { score, band, derived: 'word' };
    expect(severityOf({ 'security-severity': word })).toEqual(expected);
    expect(severityOf({ 'security-severity': score.toFixed(1), 'original/security-severity': word })).toEqual(expected);
  });

  test.each([
    ['0', 0],
    ['7', 7],
    ['10.0', 10],
    ['-1', undefined],
    ['', undefined],
    ['7,5', undefined],
    [Number.NaN, undefined],
    [true, undefined],
  ])('of %j is %s', (value, score) => expect(scoreOf(value)).toBe(score));
});

test.each([
  [10, 'critical'],
  [9, 'critical'],
  [8.9, 'high'],
  [7, 'high'],
  [6.9, 'medium'],
  [4, 'medium'],
  [3.9, 'low'],
  [0.1, 'low'],
  [0, 'none'],
])('%d is %s', (score, band) => expect(bandOf(score)).toBe(band));

test.each<[Level, string]>([
  ['error', 'high'],
  ['warning', 'medium'],
  ['note', 'low'],
  ['none', 'info'],
])('without any score, the level %s means %s', (level, band) => {
  expect(severityOf({}, {}, level)).toEqual({ band, derived: 'level' });
  expect(securitySeverity({ message: {} }, undefined, level)).toEqual({ band, derived: 'level' });
});
