import type { Invocation, Notification, ReportingDescriptorReference } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import type { SplitRun } from './run-section.ts';

/**
 * Invocations for the header of a part. Rules and artifacts have other positions there, so what points to them does it by id
 * and by URI. Notifications stand in the first part only: they are about the run, not about some of its results.
 */
export function invocationsWithoutIndices(
  invocations: readonly Invocation[],
  split: SplitRun,
  withNotifications: boolean,
): Invocation[] {
  return invocations.map((invocation) => {
    const copy: Mutable<Invocation> = structuredClone(invocation);
    if (!withNotifications) {
      delete copy.toolExecutionNotifications;
      delete copy.toolConfigurationNotifications;
    }
    for (const override of copy.ruleConfigurationOverrides ?? []) nameRule(override.descriptor, split);
    const notifications: Notification[] = [
      ...(copy.toolExecutionNotifications ?? []),
      ...(copy.toolConfigurationNotifications ?? []),
    ];
    for (const { associatedRule } of notifications) {
      if (associatedRule !== undefined) nameRule(associatedRule, split);
    }
    nameArtifacts(copy, split);
    return copy;
  });
}

/** Replaces the position of a rule by its id. */
function nameRule(reference: Mutable<ReportingDescriptorReference>, split: SplitRun): void {
  if (reference.index === undefined) return;
  const { descriptor } = split.rules.find({ message: {}, rule: reference });
  delete reference.index;
  if (reference.id === undefined && descriptor !== undefined) reference.id = descriptor.id;
}

/** Members that hold an artifact location, or an array of them, anywhere below an invocation. */
const artifactMembers = new Set([
  'artifactLocation',
  'executableLocation',
  'workingDirectory',
  'stdin',
  'stdout',
  'stderr',
  'stdoutStderr',
  'responseFiles',
]);

/** Replaces positions of artifacts by their URIs, and drops positions of logical locations, whose names stay. */
function nameArtifacts(root: object, split: SplitRun): void {
  const pending: { value: unknown; member: string }[] = [{ value: root, member: '' }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, member } = next;
    if (typeof value !== 'object' || value === null || member === 'properties') continue;
    if (Array.isArray(value)) {
      for (const element of value) pending.push({ value: element, member });
      continue;
    }
    const holder = value as { index?: number; uri?: string };
    if (holder.index !== undefined && artifactMembers.has(member)) {
      const location = split.run.artifacts?.[holder.index]?.location;
      delete holder.index;
      if (holder.uri === undefined && location !== undefined) Object.assign(holder, { uri: location.uri, uriBaseId: location.uriBaseId });
    } else if (holder.index !== undefined && member === 'logicalLocations') {
      const logical = split.run.logicalLocations?.[holder.index];
      const { parentIndex: _, index: __, ...named } = logical ?? {};
      delete holder.index;
      Object.assign(holder, named, { ...holder });
    }
    for (const [name, child] of Object.entries(value)) pending.push({ value: child, member: name });
  }
}
