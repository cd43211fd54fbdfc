import type { PropertyBag } from '../model/model.ts';
import { deepEqual } from '../schema/deep-equal.ts';
import { UnitedArray } from './united-array.ts';

/** Holds what other bags say where the first says something else. */
const differingProperty = 'sariflow/differing';

/**
 * One property bag with everything that several say. Tags are put together; where two bags differ in a member, the first one's
 * value stands and the other bag's are kept in `sariflow/differing`.
 */
export function unitedProperties(bags: readonly (PropertyBag | undefined)[]): PropertyBag | undefined {
  const present = bags.filter((bag) => bag !== undefined);
  const [first] = present;
  if (first === undefined) return undefined;
  const united = new Map<string, unknown>(Object.entries(first));
  const differing: object[] = [];
  for (const bag of present.slice(1)) {
    const others = new Map<string, unknown>();
    for (const [name, value] of Object.entries(bag)) {
      const known = united.get(name);
      if (name === 'tags' && isList(known) && isList(value)) united.set(name, [...new Set([...known, ...value])]);
      else if (name === differingProperty && isList(value)) for (const bag of value as object[]) differing.push(bag);
      else if (!united.has(name)) united.set(name, value);
      else if (!deepEqual(known, value)) others.set(name, value);
    }
    if (others.size > 0) differing.push(Object.fromEntries(others));
  }
  if (differing.length > 0) {
    const before = united.get(differingProperty);
    const kept = new UnitedArray();
    for (const members of [...(isList(before) ? (before as object[]) : []), ...differing]) kept.unite(members);
    united.set(differingProperty, kept.elements);
  }
  return Object.fromEntries(united);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}
