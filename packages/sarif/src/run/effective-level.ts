import type { Level, Result, RunHeader } from '../model/model.ts';
import { configurationsOf } from './configuration-overrides.ts';
import { type Policy, policyConfiguration } from './policy.ts';
import type { FoundRule, RuleLookup } from './rule-lookup.ts';

/**
 * The level that a result has when all that the log says is taken together: its own, the configuration override of its
 * invocation, its rule's default, `warning` (sections 3.27.10, 3.48.6, 3.50.3, 3.51). A result of another kind than `fail`
 * has the level `none`, unless it says otherwise: a severity is never lowered silently.
 *
 * @param policy chosen by the user: the level it gives the rule beats everything else
 */
export function effectiveLevel(
  result: Result,
  found: FoundRule,
  run: RunHeader,
  lookup: RuleLookup,
  policy?: Policy,
): Level {
  const demanded = policyConfiguration(policy, found)?.level;
  if (demanded != null) return demanded;
  if (result.level != null) return result.level;
  if (result.kind != null && result.kind !== 'fail') return 'none';
  for (const { level } of configurationsOf(result, found, run, lookup)) if (level != null) return level;
  return 'warning';
}
