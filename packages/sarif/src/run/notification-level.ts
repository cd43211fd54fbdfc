import type { Invocation, Level, Notification, ReportingDescriptor, RunHeader } from '../model/model.ts';
import { type DescriptorReferences, descriptorReferences } from './descriptor-references.ts';

/**
 * The level of a notification when all that the log says is taken together: its own, the override of the invocation that holds it, the
 * default of its descriptor, `warning` (sections 3.58.6, 3.20.6, 3.51).
 */
export function notificationLevel(notification: Notification, invocation: Invocation, run: RunHeader): Level {
  if (notification.level != null) return notification.level;
  if (notification.descriptor == null) return 'warning';
  const references = descriptorReferences(run, invocation === run.conversion?.invocation ? ['conversion'] : []);
  const descriptor = references.resolve(notification.descriptor, 'notifications');
  if (descriptor === undefined) return 'warning';
  return overridden(invocation, references).get(descriptor) ?? descriptor.defaultConfiguration?.level ?? 'warning';
}

/** The first level that an invocation gives each descriptor. */
function overridden(invocation: Invocation, references: DescriptorReferences): ReadonlyMap<ReportingDescriptor, Level> {
  let levels = known.get(invocation);
  if (levels === undefined) {
    const found = new Map<ReportingDescriptor, Level>();
    for (const { descriptor, configuration } of invocation.notificationConfigurationOverrides ?? []) {
      const target = descriptor == null ? undefined : references.resolve(descriptor, 'notifications');
      const level = configuration?.level;
      if (target !== undefined && level != null && !found.has(target)) found.set(target, level);
    }
    levels = found;
    known.set(invocation, levels);
  }
  return levels;
}

const known = new WeakMap<Invocation, ReadonlyMap<ReportingDescriptor, Level>>();
