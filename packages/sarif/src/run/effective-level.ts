import type { Level, Result, RunHeader } from '../model/model.ts';
import type { FoundRule, RuleLookup } from './rule-lookup.ts';

/**
 * The level that a result has when all that the log says is taken together: its own, the configuration override of its
 * invocation, its rule's default, `warning` (sections 3.27.10, 3.48.6, 3.50.3, 3.51). A result of another kind than `fail`
 * has the level `none`, unless it says otherwise: a severity is never lowered silently.
 */
export function effectiveLevel(result: Result, found: FoundRule, run: RunHeader, lookup: RuleLookup): Level {
  if (result.level != null) return result.level;
  if (result.kind != null && result.kind !== 'fail') return 'none';
  return overriddenLevel(result, found, run, lookup) ?? found.descriptor?.defaultConfiguration?.level ?? 'warning';
}

function overriddenLevel(result: Result, found: FoundRule, run: RunHeader, lookup: RuleLookup): Level | undefined {
  if (found.descriptor === undefined) return undefined;
  const invocations = run.invocations ?? [];
  const position = result.provenance?.invocationIndex ?? (invocations.length === 1 ? 0 : -1);
  for (const override of invocations[position]?.ruleConfigurationOverrides ?? []) {
    const level = override.configuration?.level;
    if (level == null) continue;
    const { id } = override.descriptor ?? {};
    const target = lookup.find({
      message: {},
      rule: override.descriptor,
      ...(id === undefined ? {} : { ruleId: id }),
    } as Result);
    if (target.descriptor === found.descriptor) return level;
  }
  return undefined;
}
