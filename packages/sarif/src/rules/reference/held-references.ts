import type { PathSegment } from '../../json/pointer.ts';
import type {
  Invocation,
  Notification,
  ReportingDescriptor,
  ReportingDescriptorReference,
  Result,
  RunHeader,
  ThreadFlowLocation,
  ToolComponent,
} from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { descriptorReferences, type FoundReference, type ReferenceContext } from '../../run/descriptor-references.ts';
import { removeTogether } from '../../run/remove-together.ts';
import { hasRulesElsewhere } from '../../run/unknown-rule.ts';
import type { Visit } from '../rule.ts';

/** A reference to a descriptor, found from the object that holds it: that can take it away, which the reference cannot. */
export interface HeldReference {
  readonly reference: Mutable<ReportingDescriptorReference>;
  readonly context: ReferenceContext;
  /** From the holder to the reference. */
  readonly at: readonly PathSegment[];
  readonly found: FoundReference;
}

/** The kinds that hold references to descriptors. */
export const referenceHolders = [
  'invocation',
  'notification',
  'reportingDescriptor',
  'result',
  'threadFlowLocation',
] as const;

export type ReferenceHolder = Invocation | Notification | ReportingDescriptor | Result | ThreadFlowLocation;

/**
 * The references that an object holds itself, or in the elements of an array of its own. Those whose descriptors may stand in files
 * of their own are left out: nobody knows here what they lead to.
 */
export function heldReferences(
  holder: ReferenceHolder,
  { context: { run }, result, path }: Visit,
): readonly HeldReference[] {
  const placed = referencesIn(holder);
  if (placed.length === 0 || hasRulesElsewhere(run)) return [];
  const references = descriptorReferences(run, result === undefined ? path : []);
  const hasTaxaElsewhere = run.externalPropertyFileReferences?.taxonomies !== undefined;
  return placed.flatMap(({ reference, context, at }) => {
    if (hasTaxaElsewhere && (context === 'taxa' || context === 'relationship')) return [];
    const own = context === 'relationship' ? componentAt(run, path) : undefined;
    return [{ reference, context, at, found: references.find(reference, context, own) }];
  });
}

/**
 * What takes references away from their holder, all of them with the first call: an optional member goes, of an array the element that
 * has the reference. A result keeps its rule's id, so its `rule` can go, too.
 */
export function removalOf(holder: ReferenceHolder, held: readonly Pick<HeldReference, 'at'>[]): () => void {
  const removals: (() => void)[] = [];
  const doomed = new Map<string, Set<unknown>>();
  for (const { at } of held) {
    const [member = '', position] = at as readonly [string, number?];
    const value = (holder as Record<string, unknown>)[member];
    if (!Array.isArray(value)) removals.push(() => delete (holder as Record<string, unknown>)[member]);
    else {
      const elements = doomed.get(member);
      if (elements === undefined) doomed.set(member, new Set([value[position ?? -1]]));
      else elements.add(value[position ?? -1]);
    }
  }
  for (const [member, elements] of doomed) {
    removals.push(removeTogether((holder as Record<string, unknown[]>)[member] as unknown[], elements));
  }
  return () => {
    for (const remove of removals) remove();
  };
}

/** Whether a reference says nothing at all any more: it has to have an id, a GUID or an index. */
export function isEmptyReference({ id, guid, index }: ReportingDescriptorReference): boolean {
  return id === undefined && guid === undefined && index === undefined;
}

/** A reference to a descriptor, and what its place says it is about. */
export type PlacedReference = Omit<HeldReference, 'found'>;

/** The same references, whatever they lead to. */
export function referencesIn(holder: References): readonly PlacedReference[] {
  if (!mayHoldReferences(holder)) return none;
  const placed: PlacedReference[] = [];
  const add = (
    reference: ReportingDescriptorReference | undefined,
    context: ReferenceContext,
    ...at: readonly PathSegment[]
  ) => {
    if (reference !== undefined) placed.push({ reference, context, at });
  };
  add(holder.rule, 'rules', 'rule');
  for (const [index, reference] of holder.taxa?.entries() ?? []) add(reference, 'taxa', 'taxa', index);
  add(holder.descriptor, 'notifications', 'descriptor');
  add(holder.associatedRule, 'rules', 'associatedRule');
  for (const [index, { target }] of holder.relationships?.entries() ?? []) {
    add(target, 'relationship', 'relationships', index, 'target');
  }
  for (const [member, context] of overrides) {
    for (const [index, { descriptor }] of holder[member]?.entries() ?? []) {
      add(descriptor, context, member, index, 'descriptor');
    }
  }
  return placed;
}

const none: readonly PlacedReference[] = [];

const overrides = [
  ['ruleConfigurationOverrides', 'rules'],
  ['notificationConfigurationOverrides', 'notifications'],
] as const;

/** The members of all holders that references stand in. */
type References = Pick<Result, 'rule' | 'taxa'> &
  Pick<Notification, 'descriptor' | 'associatedRule'> &
  Pick<ReportingDescriptor, 'relationships'> &
  Pick<Invocation, 'ruleConfigurationOverrides' | 'notificationConfigurationOverrides'>;

/** Few objects hold any: most are done with here. */
function mayHoldReferences(holder: References): boolean {
  return (
    holder.rule !== undefined ||
    holder.taxa !== undefined ||
    holder.descriptor !== undefined ||
    holder.associatedRule !== undefined ||
    holder.relationships !== undefined ||
    holder.ruleConfigurationOverrides !== undefined ||
    holder.notificationConfigurationOverrides !== undefined
  );
}

/** The tool component that a path in the run's header leads through. */
function componentAt(run: RunHeader, path: readonly PathSegment[]): ToolComponent | undefined {
  let value: unknown = run;
  for (const segment of path) {
    if (segment === 'rules' || segment === 'notifications' || segment === 'taxa')
      return value as ToolComponent | undefined;
    value = (value as Record<PathSegment, unknown> | undefined)?.[segment];
  }
  return undefined;
}
