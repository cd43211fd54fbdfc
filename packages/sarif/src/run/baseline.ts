import type { BaselineState, Result } from '../model/model.ts';

const original = 'original/baselineState';

/**
 * How a result compares with the baseline of its run (section 3.27.24); `undefined` when nobody compared. A state that normalization
 * took away, because other results of the run have none, is in the property bag.
 */
export function baselineStateOf({ baselineState, properties }: Result): BaselineState | undefined {
  const state: unknown = baselineState ?? properties?.[original];
  return isBaselineState(state) ? state : undefined;
}

/** Whether a result is a finding of its own run: an `absent` one is of the run before, and is neither counted nor uploaded. */
export function isOfThisRun(result: Result): boolean {
  return baselineStateOf(result) !== 'absent';
}

function isBaselineState(state: unknown): state is BaselineState {
  return state === 'new' || state === 'unchanged' || state === 'updated' || state === 'absent';
}
