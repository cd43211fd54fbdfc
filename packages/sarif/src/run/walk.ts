import type { ArtifactLocation, Location, PhysicalLocation, Result, StackFrame, ThreadFlowLocation } from '../model/model.ts';

/** Calls `visit` with every artifact location of a result, in whatever object it stands. */
export function forEachArtifactLocation(result: Result, visit: (location: ArtifactLocation) => void): void {
  forEachPhysicalLocation(result, (physical) => {
    if (physical.artifactLocation !== undefined) visit(physical.artifactLocation);
  });
  if (result.analysisTarget !== undefined) visit(result.analysisTarget);
  for (const attachment of result.attachments ?? []) {
    if (attachment.artifactLocation !== undefined) visit(attachment.artifactLocation);
  }
  for (const fix of result.fixes ?? []) {
    for (const change of fix.artifactChanges) visit(change.artifactLocation);
  }
}

function forEachPhysicalLocation(result: Result, visit: (location: PhysicalLocation) => void): void {
  forEachLocation(result, (location) => {
    if (location.physicalLocation !== undefined) visit(location.physicalLocation);
  });
  for (const source of result.provenance?.conversionSources ?? []) visit(source);
}

/** Calls `visit` with every location of a result, those of code flows, stacks and graphs included. */
export function forEachLocation(result: Result, visit: (location: Location) => void): void {
  const each = (locations: readonly Location[] | undefined) => {
    for (const location of locations ?? []) visit(location);
  };
  each(result.locations);
  each(result.relatedLocations);
  forEachThreadFlowLocation(result, (step) => {
    if (step.location !== undefined) visit(step.location);
    forEachFrame(step.stack?.frames, visit);
  });
  for (const stack of result.stacks ?? []) forEachFrame(stack.frames, visit);
  for (const graph of result.graphs ?? []) {
    const nodes = [...(graph.nodes ?? [])];
    for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
      if (node.location !== undefined) visit(node.location);
      nodes.push(...(node.children ?? []));
    }
  }
}

/** Calls `visit` with every step of every code flow of a result. */
export function forEachThreadFlowLocation(result: Result, visit: (step: ThreadFlowLocation) => void): void {
  for (const codeFlow of result.codeFlows ?? []) {
    for (const threadFlow of codeFlow.threadFlows) {
      for (const step of threadFlow.locations) visit(step);
    }
  }
}

function forEachFrame(frames: readonly StackFrame[] | undefined, visit: (location: Location) => void): void {
  for (const frame of frames ?? []) {
    if (frame.location !== undefined) visit(frame.location);
  }
}
