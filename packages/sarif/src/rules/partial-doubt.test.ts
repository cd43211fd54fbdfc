import { expect, test } from 'vitest';
import {
  BASELINE_DOUBT,
  FINGERPRINT_DOUBT,
  FIX_DOUBT,
  GUID_DOUBT,
  KIND_DOUBT,
  PARTIAL_DOUBT,
  REGION_DOUBT,
  SUPPRESSION_DOUBT,
  TEXT_DOUBT,
} from '../recognise/portable/layout.ts';
import { rulesInDoubt } from './partial-doubt.ts';
import { rules } from './registry.ts';

test('every part that may be in doubt has rules to ask, and all of them exist', () => {
  const doubts = [
    TEXT_DOUBT,
    REGION_DOUBT,
    FIX_DOUBT,
    KIND_DOUBT,
    SUPPRESSION_DOUBT,
    BASELINE_DOUBT,
    GUID_DOUBT,
    FINGERPRINT_DOUBT,
  ];
  expect(doubts.reduce((all, doubt) => all | doubt, 0)).toBe(PARTIAL_DOUBT);
  const known = new Set<string>(rules.map(({ id }) => id));
  for (const doubt of doubts) {
    const ids = rulesInDoubt(doubt);
    expect(ids.size).toBeGreaterThan(0);
    expect([...ids].filter((id) => !known.has(id))).toEqual([]);
  }
  expect(rulesInDoubt(0).size).toBe(0);
  expect(rulesInDoubt(TEXT_DOUBT | FIX_DOUBT).size).toBe(rulesInDoubt(TEXT_DOUBT).size + rulesInDoubt(FIX_DOUBT).size);
});

test('those that compare results repair nothing', () => {
  const asked = rulesInDoubt(PARTIAL_DOUBT);
  const watching = rules.filter((rule) => asked.has(rule.id) && 'watches' in rule);
  expect(watching.length).toBeGreaterThan(0);
  // What is done about the lack of fingerprints is a stage of its own.
  const others = watching.filter(({ id }) => id !== 'SF-V705');
  for (const { id, explanation } of others) expect(explanation.repair, id).toMatch(/^None/);
});
