import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextStanding, type PartEvent, type PartStanding, type PartState } from './part-state.ts';

const states: PartState[] = ['planned', 'sending', 'accepted', 'rejected', 'unknown', 'superseded', 'held'];
const events: PartEvent[] = ['begin', 'accepted', 'rejected', 'unknown', 'not-sent', 'crash', 'supersede', 'hold'];

describe('the states of a part', () => {
  test('accepted is final', () => {
    for (const event of events) expect(nextStanding({ state: 'accepted', doubt: false }, event)).toBeUndefined();
  });

  test('only what was being sent can end, and it always can', () => {
    const ends: PartEvent[] = ['accepted', 'rejected', 'unknown', 'not-sent', 'crash'];
    for (const state of states) {
      for (const event of ends) {
        expect(nextStanding({ state, doubt: false }, event) !== undefined).toBe(state === 'sending');
      }
    }
  });

  test('an attempt that may have arrived is not forgotten by one that did not', () => {
    let standing: PartStanding | undefined = { state: 'planned', doubt: false };
    for (const event of ['begin', 'unknown', 'begin', 'not-sent'] as const) {
      standing = standing && nextStanding(standing, event);
    }
    expect(standing).toEqual({ state: 'unknown', doubt: true });
  });

  test('whatever happens, planned means that nothing may have arrived', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events)), (sequence) => {
        let standing: PartStanding = { state: 'planned', doubt: false };
        let mayHaveArrived = false;
        for (const event of sequence) {
          const next = nextStanding(standing, event);
          if (next === undefined) continue;
          standing = next;
          if (event === 'unknown' || event === 'crash') mayHaveArrived = true;
          if (event === 'accepted') mayHaveArrived = false;
          expect(standing.state === 'planned' && mayHaveArrived).toBe(false);
        }
      }),
    );
  });
});
