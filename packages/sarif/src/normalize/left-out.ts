import type { Result } from '../model/model.ts';
import { isOfThisRun } from '../run/baseline.ts';
import { suppressionState } from '../run/suppression-state.ts';

/**
 * Results that the log says are no findings of this run, for destinations that show them as findings all the same: those that are
 * suppressed, those that only an earlier run had, those of another kind than `fail`.
 */
export type LeftOut = 'suppressed' | 'absent' | 'not-failed';

/** How each is called in a sentence. */
export const leftOutWords = {
  suppressed: 'suppressed',
  absent: 'that of an earlier run',
  'not-failed': 'no failure',
} as const satisfies Readonly<Record<LeftOut, string>>;

/** Which of these a result is, if any. */
export function leftOutAs(result: Result, leaveOut: readonly LeftOut[]): LeftOut | undefined {
  return leaveOut.find((kind) => is[kind](result));
}

const is: Readonly<Record<LeftOut, (result: Result) => boolean>> = {
  // Without a time, none expires: what is left out then is what the log says is suppressed.
  suppressed: ({ suppressions }) => suppressionState(suppressions) === 'suppressed',
  absent: (result) => !isOfThisRun(result),
  'not-failed': ({ kind }) => kind !== undefined && kind !== 'fail',
};
