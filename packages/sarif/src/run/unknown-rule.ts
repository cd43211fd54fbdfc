import type { RunHeader } from '../model/model.ts';
import type { RuleLookup } from './rule-lookup.ts';

/** Whether a run describes its rules, in the log itself, and none of them has this id, not even in letters of another case. */
export function isUnknownRule(ruleId: string, run: RunHeader, rules: RuleLookup): boolean {
  if (!rules.hasRules || hasRulesElsewhere(run)) return false;
  return rules.naming(ruleId) === undefined && rules.differingInCase(ruleId) === undefined;
}

/** Whether descriptors of the run stand in files of their own (section 3.15.3), so that nobody knows here what references lead to. */
export function hasRulesElsewhere({ externalPropertyFileReferences: elsewhere }: RunHeader): boolean {
  return elsewhere?.driver !== undefined || elsewhere?.extensions !== undefined;
}
