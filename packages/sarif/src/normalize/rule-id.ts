import { ruleDescribed } from '../rules/cortex/c003-rule-described.ts';
import type { ResultRepair } from './repair.ts';

/** Writes `ruleId` where the result names its rule only by a reference, and takes away an index that points to another rule. */
export const writeRuleId: ResultRepair = (result, { rules }, did) => {
  const found = rules.find(result);
  if (result.ruleId === undefined && found.ruleId !== undefined) {
    result.ruleId = found.ruleId;
    did(ruleDescribed, `ruleId '${found.ruleId}' is written.`, []);
  }
  if (result.ruleId === undefined) {
    result.ruleId = 'unspecified';
    did(ruleDescribed, "The result names no rule: ruleId 'unspecified' is written.", []);
  }
  if (found.by === 'conflict' && found.component === 'driver' && result.rule === undefined && result.ruleIndex !== found.index) {
    result.ruleIndex = found.index;
    did(ruleDescribed, `ruleIndex now points to '${found.descriptor?.id}'.`, ['ruleIndex']);
  }
};
