import type {
  ArtifactLocation,
  Location,
  LogicalLocation,
  PhysicalLocation,
  ReportingDescriptorReference,
  Result,
  ThreadFlowLocation,
} from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import { forEachArtifactLocation, forEachLocation, forEachThreadFlowLocation } from '../run/walk.ts';

/** The arrays of a run that indices point into, beside those of tool components. */
export type PooledArray =
  | 'artifacts'
  | 'logicalLocations'
  | 'addresses'
  | 'threadFlowLocations'
  | 'webRequests'
  | 'webResponses'
  | 'graphs';

/** An object that points into an array of the run by a number. */
export interface IndexReference {
  readonly array: PooledArray;
  readonly holder: { index?: number };
}

/** Everything of one object that changes when the arrays of its run do. */
export interface References {
  readonly indices: IndexReference[];
  /** References to taxa, section 3.52 in the context of taxa. */
  readonly taxa: Mutable<ReportingDescriptorReference>[];
  /** Graph traversals that point into the run's graphs. */
  readonly traversals: { runGraphIndex?: number }[];
}

/** Everything of a result that points into its run, but for its rule. */
export function referencesOf(result: Result): References {
  const references: References = { indices: [], taxa: [...(result.taxa ?? [])], traversals: [] };
  forEachArtifactLocation(result, (location) => addArtifact(references, location));
  forEachLocation(result, (location) => addLocation(references, location));
  forEachThreadFlowLocation(result, (step) => addStep(references, step));
  for (const source of result.provenance?.conversionSources ?? []) addPhysical(references, source);
  if (result.webRequest?.index !== undefined) references.indices.push({ array: 'webRequests', holder: result.webRequest });
  if (result.webResponse?.index !== undefined) references.indices.push({ array: 'webResponses', holder: result.webResponse });
  for (const traversal of result.graphTraversals ?? []) {
    if (traversal.runGraphIndex !== undefined) references.traversals.push(traversal);
  }
  return references;
}

/** The same for a step that results share (section 3.14.19). */
export function referencesOfStep(step: ThreadFlowLocation): References {
  const references: References = { indices: [], taxa: [], traversals: [] };
  const carrier = { message: {}, codeFlows: [{ threadFlows: [{ locations: [step] }] }] } as Result;
  forEachArtifactLocation(carrier, (location) => addArtifact(references, location));
  forEachLocation(carrier, (location) => addLocation(references, location));
  addStep(references, step, false);
  return references;
}

function addStep(references: References, step: ThreadFlowLocation, withIndex = true): void {
  if (withIndex && step.index !== undefined) references.indices.push({ array: 'threadFlowLocations', holder: step });
  if (step.webRequest?.index !== undefined) references.indices.push({ array: 'webRequests', holder: step.webRequest });
  if (step.webResponse?.index !== undefined) references.indices.push({ array: 'webResponses', holder: step.webResponse });
  if (step.taxa !== undefined) references.taxa.push(...step.taxa);
}

function addLocation(references: References, { physicalLocation, logicalLocations }: Location): void {
  if (physicalLocation !== undefined) addPhysical(references, physicalLocation);
  for (const logical of logicalLocations ?? []) addLogical(references, logical);
}

function addPhysical(references: References, { address }: PhysicalLocation): void {
  if (address?.index !== undefined) references.indices.push({ array: 'addresses', holder: address });
}

function addLogical(references: References, logical: LogicalLocation): void {
  if (logical.index !== undefined) references.indices.push({ array: 'logicalLocations', holder: logical });
}

function addArtifact(references: References, location: ArtifactLocation): void {
  if (location.index !== undefined) references.indices.push({ array: 'artifacts', holder: location });
}
