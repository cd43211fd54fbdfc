import type {
  ReportingDescriptor,
  ReportingDescriptorRelationship,
  RunHeader,
  ToolComponentReference,
} from '../model/model.ts';
import { descriptorReferences } from '../run/descriptor-references.ts';
import { withoutOwnWeakness } from '../run/own-weakness.ts';
import type { FoundRule } from '../run/rule-lookup.ts';

/** A descriptor of its own, in the driver, for an id that the run describes as one below another: some receivers compare whole ids. */
export function subRule(
  original: ReportingDescriptor,
  id: string,
  component: FoundRule['component'],
  run: RunHeader,
): ReportingDescriptor {
  const { guid: _, ...descriptor } = withoutOwnWeakness(original, id, run);
  const { relationships } = descriptor;
  if (component === 'driver' || relationships === undefined) return { ...descriptor, id };
  return { ...descriptor, id, relationships: relationships.map((each) => fromExtension(each, component, run)) };
}

/** An index that names no component leads elsewhere from the driver than from an extension, so it says now whose it is. */
function fromExtension(
  relationship: ReportingDescriptorRelationship,
  place: number,
  run: RunHeader,
): ReportingDescriptorRelationship {
  const { target } = relationship;
  const extension = run.tool.extensions?.[place];
  if (extension === undefined || (target.index === undefined && target.guid === undefined)) return relationship;
  if (namesComponent(target.toolComponent)) return relationship;
  const references = descriptorReferences(run, []);
  const there = references.find(target, 'relationship', extension);
  const here = references.find(target, 'relationship');
  const isOwn = there.byIndex !== here.byIndex || there.byGuid !== here.byGuid;
  if (!isOwn) return relationship;
  const toolComponent = { ...target.toolComponent, name: extension.name, index: place };
  return { ...relationship, target: { ...target, toolComponent } };
}

function namesComponent({ name, index = -1, guid }: ToolComponentReference = {}): boolean {
  return name !== undefined || index >= 0 || guid !== undefined;
}
