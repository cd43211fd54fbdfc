import type { Result } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import type { FoundRule } from './rule-lookup.ts';

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

/**
 * Makes all that a result says of its rule lead to a descriptor of the run, whose component is named where it is not the driver.
 * `ruleIndex` alone counts in the driver, so it does not stay where the descriptor stands elsewhere.
 */
export function pointAtFoundRule(
  result: Mutable<Result>,
  { component, index, descriptor }: Pick<FoundRule, 'component' | 'index' | 'descriptor'>,
): void {
  const { toolComponent: _, guid, ...rest } = result.rule ?? {};
  const ownGuid = guid === undefined || descriptor?.guid === undefined ? {} : { guid: descriptor.guid };
  if (component !== 'driver') {
    delete result.ruleIndex;
    result.rule = { ...rest, index, ...ownGuid, toolComponent: { index: component } };
    return;
  }
  if (result.ruleIndex !== undefined) result.ruleIndex = index;
  if (result.rule !== undefined) result.rule = { ...rest, index, ...ownGuid };
}
