import type { Result, RunHeader } from '../model/model.ts';
import { configurationsOf } from './configuration-overrides.ts';
import { type Policy, policyConfiguration } from './policy.ts';
import type { FoundRule, RuleLookup } from './rule-lookup.ts';

/**
 * How important a result is, from 0 to 100, found in the order of its level; -1 when nobody says (sections 3.27.25, 3.50.4). A
 * result of another kind than `fail` has no rank.
 *
 * @param policy chosen by the user: the rank it gives the rule beats everything else
 */
export function effectiveRank(
  result: Result,
  found: FoundRule,
  run: RunHeader,
  lookup: RuleLookup,
  policy?: Policy,
): number {
  const demanded = policyConfiguration(policy, found)?.rank;
  if (isRank(demanded)) return demanded;
  if (result.kind != null && result.kind !== 'fail') return -1;
  if (isRank(result.rank)) return result.rank;
  for (const { rank } of configurationsOf(result, found, run, lookup)) if (isRank(rank)) return rank;
  return -1;
}

/** -1 means that the rank is unknown, as if it were not written. */
function isRank(rank: number | null | undefined): rank is number {
  return rank != null && rank >= 0;
}
