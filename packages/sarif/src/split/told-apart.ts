import type { ReportingDescriptor, ToolComponent } from '../model/model.ts';
import { duplicatesIn, hasDistinctItems } from '../schema/distinct-items.ts';
import { valueDigest } from '../schema/value-digest.ts';

/** The descriptors of a component of which each part holds its own selection. */
type Descriptors = readonly ReportingDescriptor[] | undefined;

/** Components that are alike as far as was looked. */
interface Alike {
  readonly places: readonly number[];
  /** How many descriptors were looked at. */
  readonly looked: number;
}

/**
 * By which of their descriptors components differ that are equal without them. A part that has these few, in front of what
 * its results use, has no two equal components (section 3.7.3), whatever they use. Linear in the size of what is compared.
 *
 * @param bare the components of one list, without the descriptors that differ from part to part
 * @param given those of the component at a place
 * @returns for each place whose component equals another one, how many of its first descriptors it takes; none where the
 *   descriptors are equal as well
 */
export function toldApart(
  bare: readonly ToolComponent[],
  given: (place: number) => Descriptors,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const open = groupsOfEqual(bare).map((places): Alike => ({ places, looked: 0 }));
  for (const { places } of open) for (const place of places) counts.set(place, 0);
  for (let alike = open.pop(); alike !== undefined; alike = open.pop()) {
    const looked = alike.looked + 1;
    const groups = Map.groupBy(alike.places, (place) => descriptorKey(given(place), alike.looked));
    for (const [key, places] of groups) {
      if (groups.size > 1) for (const place of places) counts.set(place, Math.min(looked, given(place)?.length ?? 0));
      if (places.length > 1 && key !== 'end' && key !== 'absent') open.push({ places, looked });
    }
  }
  return counts;
}

function groupsOfEqual(components: readonly ToolComponent[]): number[][] {
  if (hasDistinctItems(components)) return [];
  const groups = new Map<number, number[]>();
  for (const { index, first } of duplicatesIn(components)) {
    const group = groups.get(first);
    if (group === undefined) groups.set(first, [first, index]);
    else group.push(index);
  }
  return [...groups.values()];
}

/** The same for equal descriptors. Different ones with one key, which are rare, only make a part keep another descriptor. */
function descriptorKey(descriptors: Descriptors, index: number): number | 'end' | 'absent' {
  if (descriptors === undefined) return 'absent';
  const descriptor = descriptors[index];
  return descriptor === undefined ? 'end' : valueDigest(descriptor);
}
