import { expect, test } from 'vitest';
import type { BaselineState, Result } from '../model/model.ts';
import { baselineStateOf, isOfThisRun } from './baseline.ts';

const moved = (state: unknown) => ({ properties: { 'original/baselineState': state } });

test.each<[Partial<Result>, BaselineState | undefined, boolean]>([
  [{}, undefined, true],
  [{ baselineState: 'new' }, 'new', true],
  [{ baselineState: 'absent' }, 'absent', false],
  [moved('absent'), 'absent', false],
  [{ baselineState: 'updated', ...moved('absent') }, 'updated', true],
  [moved('whatever'), undefined, true],
])('%j: %s', (result, state, isCounted) => {
  const whole = { message: { text: 'x' }, ...result };
  expect(baselineStateOf(whole)).toBe(state);
  expect(isOfThisRun(whole)).toBe(isCounted);
});
