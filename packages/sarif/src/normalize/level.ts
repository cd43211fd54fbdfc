import type { Result } from '../model/model.ts';
import { levelWritten } from '../rules/cortex/c008-level-written.ts';
import { effectiveLevel } from '../run/effective-level.ts';
import { hasKindLevelConflict, markAsConflict } from '../run/kind-level-conflict.ts';
import type { RunContext } from '../run/run-context.ts';
import type { ResultRepair } from './repair.ts';

/** The level a result has when it does not state one (section 3.27.10). */
export function unstatedLevel(result: Result, { run, rules }: RunContext) {
  return effectiveLevel(result, rules.find(result), run, rules);
}

/** `none` would be shown as HIGH: `note` is written, and the original kept. */
export const noteInsteadOfNone: ResultRepair = (result, _context, did) => {
  if (result.level !== 'none') return;
  result.level = 'note';
  result.properties = { ...result.properties, 'original/level': 'none' };
  if (hasKindLevelConflict(result)) markAsConflict(result);
  did(levelWritten, "The level 'none' becomes 'note'.", ['level']);
};
