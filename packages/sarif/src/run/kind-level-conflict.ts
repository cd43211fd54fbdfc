import type { Result } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';

const mark = 'sariflow/kindLevelConflict';

/** Whether a result says how severe it is, although severity does not apply to its kind (sections 3.27.9, 3.27.10). */
export function hasKindLevelConflict({ kind, level }: Pick<Result, 'kind' | 'level'>): boolean {
  return kind !== undefined && kind !== 'fail' && level !== undefined && level !== 'none';
}

/** Whether it is known that kind and level contradict each other. */
export function isMarkedAsConflict({ properties }: Result): boolean {
  return properties?.[mark] === true;
}

/** Says in a result's properties that its kind and its level contradict each other: both are kept, and a filter on the kind decides. */
export function markAsConflict(result: Mutable<Result>): void {
  result.properties = { ...result.properties, [mark]: true };
}
