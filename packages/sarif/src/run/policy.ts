import type { ReportingConfiguration, ReportingDescriptor, ToolComponent } from '../model/model.ts';
import type { FoundRule } from './rule-lookup.ts';

/** What somebody wants rules to be configured like, whatever the tool says of them (section 3.19.5). Made once for many results. */
export interface Policy {
  readonly byGuid: ReadonlyMap<string, ReportingDescriptor>;
  readonly byId: ReadonlyMap<string, ReportingDescriptor>;
}

/** @param component one of a run's `policies`: its rules have the GUIDs or the ids of those that they configure */
export function createPolicy({ rules = [] }: ToolComponent): Policy {
  const byGuid = new Map<string, ReportingDescriptor>();
  const byId = new Map<string, ReportingDescriptor>();
  for (const rule of rules) {
    if (rule.guid !== undefined && !byGuid.has(rule.guid.toLowerCase())) byGuid.set(rule.guid.toLowerCase(), rule);
    if (!byId.has(rule.id)) byId.set(rule.id, rule);
  }
  return { byGuid, byId };
}

/** What a policy says of a rule; `undefined` when it says nothing. */
export function policyConfiguration(
  policy: Policy | undefined,
  { descriptor, ruleId }: FoundRule,
): ReportingConfiguration | undefined {
  if (policy === undefined) return undefined;
  const rule =
    policy.byGuid.get(descriptor?.guid?.toLowerCase() ?? '') ?? policy.byId.get(descriptor?.id ?? ruleId ?? '');
  return rule?.defaultConfiguration;
}
