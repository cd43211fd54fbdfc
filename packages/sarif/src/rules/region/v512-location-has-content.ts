import type { PathSegment } from '../../json/pointer.ts';
import type { Location } from '../../model/model.ts';
import { removeTogether } from '../../run/remove-together.ts';
import { defineRule, type Visit } from '../rule.ts';

/** A location that says nothing is none. */
export const locationHasContent = defineRule({
  id: 'SF-V512',
  name: 'location-has-content',
  level: 'warning',
  specSection: '3.28.1',
  summary: 'A location has a physical location, a logical location or a message.',
  explanation: {
    cause: 'The tool writes a location for every finding, also when it does not know where it is.',
    reason: 'Viewers show a place that is nowhere.',
    repair: 'The location is removed.',
    before: '{ "locations": [{}] }',
    after: '{ "locations": [] }',
  },
  visits: 'location',
  check(location, { owner }, report) {
    if (!isEmpty(location)) return;
    report({
      message:
        'The location has neither a physical location nor a logical location nor a message. Write where it is, or leave it out.',
      fix: { description: 'The location is removed.', apply: () => remove(owner) },
    });
  },
});

function remove(owner: Visit['owner']): void {
  const { holder, member } = owner ?? {};
  if (Array.isArray(holder)) removeTogether<Location>(holder, new Set<Location>(holder.filter(isEmpty)))();
  else delete (holder as Record<PathSegment, unknown> | undefined)?.[member as PathSegment];
}

function isEmpty({ physicalLocation, logicalLocations, message }: Location): boolean {
  return physicalLocation === undefined && (logicalLocations ?? []).length === 0 && message === undefined;
}
