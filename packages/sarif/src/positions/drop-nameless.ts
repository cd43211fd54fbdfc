import type { ArtifactLocation } from '../model/model.ts';
import { removeTogether } from '../run/remove-together.ts';
import { type ObjectKind, walkWithPaths } from '../run/walk.ts';

interface Held {
  readonly kind: ObjectKind;
  readonly holder: object;
  readonly member: string | number;
}

/** What an object has to have one of, or say nothing. */
const needs: Partial<Record<ObjectKind, readonly string[]>> = {
  physicalLocation: ['artifactLocation', 'address'],
  location: ['physicalLocation', 'message', 'logicalLocations'],
  attachment: ['artifactLocation'],
  artifactChange: ['artifactLocation'],
  externalPropertyFileReference: ['location', 'guid'],
};

const walk = walkWithPaths(['artifactLocation', ...(Object.keys(needs) as ObjectKind[])]);

/**
 * Takes locations out of a value that name no file any more, together with the objects around them that have nothing else to say.
 * Changes the value.
 *
 * @param kind the SARIF name of the value
 */
export function dropNameless(kind: ObjectKind, value: object, nameless: ReadonlySet<ArtifactLocation>): void {
  if (nameless.size === 0) return;
  const held = new Map<object, Held>();
  const found: object[] = [];
  walk(kind, value, (kindOfObject, object, { owner }) => {
    if (owner !== undefined) held.set(object, { kind: kindOfObject, ...owner });
    if (nameless.has(object)) found.push(object);
  });
  const lost = new Map<object[], Set<object>>();
  for (const object of found) drop(object);
  for (const [array, elements] of lost) removeTogether(array, elements)();

  function drop(object: object): void {
    const own = held.get(object);
    if (own === undefined) return;
    const { holder, member } = own;
    if (Array.isArray(holder)) {
      const elements = lost.get(holder);
      if (elements === undefined) lost.set(holder, new Set([object]));
      else elements.add(object);
      return;
    }
    delete (holder as Record<string, unknown>)[member];
    const needed = needs[held.get(holder)?.kind ?? 'run'];
    if (needed !== undefined && !needed.some((name) => name in holder)) drop(holder);
  }
}
