import type { PropertyBag, ReportingDescriptor, RunHeader } from '../model/model.ts';
import { numberOfId, numbersInProperty, numbersInTags, weaknessesOf } from './cwe.ts';

/**
 * A descriptor as it may be copied for another id. Where the original's id is a weakness, tags and properties that only repeat the id
 * would say of the copy what is not known of it.
 */
export function withoutOwnWeakness(descriptor: ReportingDescriptor, id: string, run: RunHeader): ReportingDescriptor {
  const { properties, ...rest } = descriptor;
  const own = numberOfId(descriptor.id);
  if (properties === undefined || own === undefined || own === numberOfId(id) || own === numberOfId(rest.name)) {
    return descriptor;
  }
  const isMentioned = [...numbersInProperty(properties), ...numbersInTags(properties)].includes(own);
  if (!isMentioned || weaknessesOf({ ...rest, id }, run).includes(`CWE-${own}`)) return descriptor;
  const { cwe, tags, ...others } = properties;
  const kept: PropertyBag = {
    ...others,
    ...listed('cwe', cwe, (element) => !numbersInProperty({ cwe: element }).includes(own)),
    ...listed('tags', tags, (tag) => typeof tag !== 'string' || !numbersInTags({ tags: [tag] }).includes(own)),
  };
  return Object.keys(kept).length === 0 ? rest : { ...rest, properties: kept };
}

/** A property with those of its values that are kept; nothing when none is. */
function listed(name: string, value: unknown, isKept: (element: unknown) => boolean): PropertyBag {
  if (!Array.isArray(value)) return value !== undefined && isKept(value) ? { [name]: value } : {};
  const kept = (value as unknown[]).filter(isKept);
  return kept.length === 0 && value.length > 0 ? {} : { [name]: kept };
}
