import type { Result } from '../model/model.ts';
import { ruleDescribed } from '../rules/cortex/c003-rule-described.ts';
import type { ResultRepair } from './repair.ts';

/** Whether `writeRuleId` has anything to do. */
export function lacksRuleId(result: Result): boolean {
  return result.ruleId === undefined && result.rule?.id !== undefined;
}

/** Writes `ruleId` where the result has its id in `rule` alone: that is right, and many receivers do not look there. */
export const writeRuleId: ResultRepair = (result, _context, did) => {
  const { rule } = result;
  if (result.ruleId !== undefined || rule?.id === undefined) return;
  result.ruleId = rule.id;
  did(ruleDescribed, `ruleId '${rule.id}' is written.`, []);
};
