import type { Result, RunHeader } from '../model/model.ts';
import { configurationsOf } from './configuration-overrides.ts';
import type { FoundRule, RuleLookup } from './rule-lookup.ts';

/**
 * Whether the rule of a result was to be checked at all: the override of the result's invocation says so, else the rule's default
 * configuration, else it was (sections 3.50.2, 3.51).
 */
export function isRuleEnabled(result: Result, found: FoundRule, run: RunHeader, lookup: RuleLookup): boolean {
  for (const { enabled } of configurationsOf(result, found, run, lookup)) if (enabled != null) return enabled;
  return true;
}
