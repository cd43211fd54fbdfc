import type {
  Address,
  ArtifactLocation,
  Invocation,
  LogicalLocation,
  ReportingDescriptor,
  ReportingDescriptorReference,
  RunHeader,
  ToolComponent,
} from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import { removeDuplicates } from '../positions/distinct-lists.ts';
import { dropNameless } from '../positions/drop-nameless.ts';
import { pooledArrayNames } from '../positions/references.ts';
import { mostParents } from '../run/most-parents.ts';
import type { RuleLookup } from '../run/rule-lookup.ts';
import { scheme, uriForm } from '../run/uri-form.ts';
import { walkTo } from '../run/walk.ts';
import { jsonCopy } from './json-copy.ts';
import type { ReferenceTargets } from './reference-target.ts';

const walk = walkTo([
  'address',
  'artifactLocation',
  'logicalLocation',
  'notification',
  'reportingDescriptorRelationship',
]);

/**
 * A run's header without the arrays of which each part holds its own selection, rules and taxa included. What pointed into
 * them says the same by URI, by name or by id: the header of every part reads alike.
 */
export function bareHeader(run: RunHeader, rules: RuleLookup, targets: ReferenceTargets): RunHeader {
  const bare = withoutPools(run);
  const names: Names = { run, rules, targets, nameless: new Set() };
  forgetIndicesOfBases(bare);
  const { conversion, ...own } = bare;
  nameAll('run', own, names, true);
  // A converter's own tool is what rules are referred to in there, and it stays whole.
  if (conversion !== undefined) nameAll('conversion', conversion, names, false);
  dropNameless('run', bare, names.nameless);
  removeDuplicates('run', bare);
  return bare;
}

/**
 * A base is what its own URI says (section 3.14.14): that of an artifact, which nobody would look up, makes no base of it. Without
 * either it is below no other base.
 */
function forgetIndicesOfBases({ originalUriBaseIds }: RunHeader): void {
  for (const base of Object.values(originalUriBaseIds ?? {}) as Mutable<ArtifactLocation>[]) {
    delete base.index;
    if (base.uri === undefined) delete base.uriBaseId;
  }
}

/** The same without notifications: they are about the run, not about some of its results, and stand in its first part only. */
export function withoutNotifications(bare: RunHeader): RunHeader {
  if (bare.invocations === undefined) return bare;
  const invocations = bare.invocations.map((invocation): Invocation => {
    const { toolExecutionNotifications: _, toolConfigurationNotifications: __, ...rest } = invocation;
    return rest;
  });
  return { ...bare, invocations };
}

function withoutPools(run: RunHeader): RunHeader {
  const { driver, extensions } = run.tool;
  const bare: RunHeader = {
    ...run,
    tool: {
      ...run.tool,
      driver: withoutRules(driver),
      ...(extensions === undefined ? {} : { extensions: extensions.map(withoutRules) }),
    },
    ...(run.taxonomies === undefined ? {} : { taxonomies: run.taxonomies.map(({ taxa: _, ...rest }) => rest) }),
  };
  for (const array of pooledArrayNames) delete bare[array];
  return jsonCopy(bare);
}

function withoutRules({ rules: _, ...rest }: ToolComponent): ToolComponent {
  return rest;
}

interface Names {
  readonly run: RunHeader;
  readonly rules: RuleLookup;
  readonly targets: ReferenceTargets;
  /** Locations whose artifact has no URI either. */
  readonly nameless: Set<ArtifactLocation>;
}

function nameAll(kind: string, value: object, { run, rules, targets, nameless }: Names, withRules: boolean): void {
  walk(kind, value, (found, holder) => {
    switch (found) {
      case 'artifactLocation':
        nameArtifact(holder, run, nameless);
        break;
      case 'logicalLocation':
        nameLogicalLocation(holder, run);
        break;
      case 'address':
        nameAddress(holder, run);
        break;
      case 'notification':
        if (withRules && holder.associatedRule !== undefined) nameRule(holder.associatedRule, rules);
        break;
      case 'reportingDescriptorRelationship':
        if (withRules) nameTarget(holder.target, targets);
        break;
    }
  });
}

/** Replaces the position or the GUID of a taxon or a rule, which a part may lack, by its id. */
export function nameTarget(reference: ReportingDescriptorReference, targets: ReferenceTargets): void {
  if (reference.index === undefined && reference.guid === undefined) return;
  const target = targets.of(reference);
  if (target?.type === 'none') forgetIndex(reference);
  else if (target !== undefined) nameDescriptor(reference, target.descriptor);
}

/** A part may have descriptors that the run lacks, so an index that leads nowhere does not stay. */
function nameRule(reference: ReportingDescriptorReference, rules: RuleLookup): void {
  if (reference.index === undefined && reference.guid === undefined) return;
  const { descriptor } = rules.find({ message: {}, rule: reference });
  if (descriptor !== undefined) nameDescriptor(reference, descriptor);
  else forgetIndex(reference);
}

/** A reference has to have an id, a guid or an index; -1 is the index of what nobody knows. */
function forgetIndex(reference: ReportingDescriptorReference): void {
  if (reference.index === undefined) return;
  if (reference.id === undefined && reference.guid === undefined) reference.index = -1;
  else delete reference.index;
}

/** Where the members of a reference contradict each other, the index is what counts. */
function nameDescriptor(reference: ReportingDescriptorReference, { id }: ReportingDescriptor): void {
  delete reference.index;
  delete reference.guid;
  reference.id = id;
}

function nameArtifact(holder: ArtifactLocation, run: RunHeader, nameless: Set<ArtifactLocation>): void {
  const artifact = elementAt(run.artifacts, holder.index);
  if (artifact === undefined) return;
  delete holder.index;
  const { uri = artifact.location?.uri, uriBaseId = artifact.location?.uriBaseId } = holder;
  // A path from the root of a container says nothing without the container.
  const isInContainer = (artifact.parentIndex ?? -1) >= 0;
  if (uri === undefined || (isInContainer && uriForm(uri).repaired.startsWith('/'))) {
    delete holder.uri;
    nameless.add(holder);
    return;
  }
  if (holder.uri !== undefined) return;
  holder.uri = uri;
  if (scheme(uri) !== undefined) delete holder.uriBaseId;
  else if (uriBaseId !== undefined) holder.uriBaseId = uriBaseId;
}

/** Names stay; of the parents, what the fully qualified name says of them. */
function nameLogicalLocation(holder: LogicalLocation, run: RunHeader): void {
  const cached = elementAt(run.logicalLocations, holder.index);
  if (cached !== undefined) {
    delete holder.index;
    const { index: _, properties: __, ...members } = cached;
    Object.assign(holder, { ...members, ...holder });
  }
  const parents = parentNames(holder, run);
  if (parents === undefined) return;
  delete holder.parentIndex;
  if (holder.name !== undefined) holder.fullyQualifiedName ??= [...parents, holder.name].join('.');
}

/** The names of the locations around one, outermost first; `undefined` when it has no parent. */
function parentNames({ parentIndex }: LogicalLocation, run: RunHeader): string[] | undefined {
  const names: string[] = [];
  const seen = new Set<LogicalLocation>();
  let parent = elementAt(run.logicalLocations, parentIndex);
  if (parent === undefined) return undefined;
  while (parent !== undefined && seen.size < mostParents && !seen.has(parent)) {
    seen.add(parent);
    const name = parent.fullyQualifiedName ?? parent.name;
    if (name !== undefined) names.unshift(name);
    if (parent.fullyQualifiedName !== undefined) break;
    parent = elementAt(run.logicalLocations, parent.parentIndex);
  }
  return names;
}

function nameAddress(holder: Address, run: RunHeader): void {
  const cached = elementAt(run.addresses, holder.index);
  if (cached !== undefined) {
    delete holder.index;
    const { index: _, properties: __, ...members } = cached;
    Object.assign(holder, { ...members, ...holder });
  }
  if (elementAt(run.addresses, holder.parentIndex) === undefined) return;
  // Without the parent an offset from it says nothing, and a receiver could take it for one from something else.
  delete holder.parentIndex;
  delete holder.offsetFromParent;
}

function elementAt<T>(array: readonly T[] | undefined, index: number | undefined): T | undefined {
  return index === undefined || index < 0 ? undefined : array?.[index];
}
