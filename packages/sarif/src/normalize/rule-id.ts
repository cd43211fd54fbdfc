import type { Result } from '../model/model.ts';
import { ruleDescribed } from '../rules/cortex/c003-rule-described.ts';
import { isSameOrParent } from '../run/rule-lookup.ts';
import type { Mutable, ResultRepair } from './repair.ts';

/** Writes `ruleId` where the result names its rule only by a reference, and puts right an index that leads elsewhere. */
export const writeRuleId: ResultRepair = (result, { rules }, did) => {
  const found = rules.find(result);
  const ruleId = result.ruleId ?? found.ruleId ?? 'unspecified';
  if (result.ruleId === undefined) {
    result.ruleId = ruleId;
    const fix =
      found.ruleId === undefined
        ? "The result names no rule: ruleId 'unspecified' is written."
        : `ruleId '${ruleId}' is written.`;
    did(ruleDescribed, fix, []);
  }
  const { descriptor, component, index } = found;
  // An index that no id backs up is left alone: it is all that leads to the descriptor.
  const isBacked = descriptor === undefined || isSameOrParent(descriptor.id, ruleId);
  if (found.by !== 'conflict' || !isBacked) return;
  const isReachable = descriptor !== undefined && component === rules.indexedComponent(result.rule);
  pointAtRule(result, ruleId, isReachable ? index : undefined);
  const fix = isReachable
    ? `The index of the rule now points to '${descriptor.id}'.`
    : 'The index of the rule is left out: it pointed to no rule.';
  did(ruleDescribed, fix, [result.ruleIndex === undefined ? 'ruleId' : 'ruleIndex']);
};

/** Gives the indices of a result's rule this value, or takes them away; the id alone, if there is one, then names the rule. */
export function pointAtRule(result: Mutable<Result>, ruleId: string | undefined, position: number | undefined): void {
  const { ruleIndex, rule } = result;
  if (ruleIndex !== undefined) {
    if (position === undefined) delete result.ruleIndex;
    else result.ruleIndex = position;
  }
  if (rule === undefined) return;
  const { index, ...rest } = rule;
  if (index === undefined) return;
  const isNamed = rest.id !== undefined || rest.guid !== undefined;
  // A reference has to have an id, a guid or an index; -1 is the index of a rule that nobody knows.
  const name = isNamed ? {} : ruleId === undefined ? { index: -1 } : { id: ruleId };
  result.rule = { ...rest, ...(position === undefined ? name : { index: position }) };
}

/** The same for a descriptor that was added: it stands in the driver, whatever component the result's reference named. */
export function pointAtAddedRule(result: Mutable<Result>, ruleId: string, position: number | undefined): void {
  if (result.rule !== undefined) {
    const { toolComponent: _, guid: __, ...rest } = result.rule;
    result.rule = { ...rest, id: ruleId };
  }
  pointAtRule(result, ruleId, position);
}
