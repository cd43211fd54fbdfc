import { expect, test } from 'vitest';
import { agreeingScore, scoreText, severityOfScore, severityScale } from './severity.ts';

test('each severity with a score lies in its own band, and its rank is ten times the score', () => {
  for (const severity of ['critical', 'high', 'medium', 'low'] as const) {
    const { score, rank } = severityScale[severity];
    expect(severityOfScore(score)).toBe(severity);
    expect(rank).toBe(score * 10);
  }
});

test('a CVSS number counts only where the tool agrees', () => {
  expect(agreeingScore('high', 7.5)).toBe(7.5);
  expect(agreeingScore('low', 9.8)).toBeUndefined();
  expect(agreeingScore('low', undefined)).toBeUndefined();
  expect(agreeingScore('critical', 98)).toBeUndefined();
});

test('scores are strings with one decimal', () => expect(scoreText(8)).toBe('8.0'));
