import type { Result, RunHeader } from '../model/model.ts';

/** The ids of locations that stand in the run and belong to a result because its code flows point to them (section 3.38.2). */
export function* cachedLocationIds({ codeFlows }: Result, { threadFlowLocations }: RunHeader): Generator<number> {
  if (threadFlowLocations === undefined) return;
  for (const { threadFlows } of codeFlows ?? []) {
    for (const { locations } of threadFlows ?? []) {
      for (const { index = -1 } of locations ?? []) {
        const id = threadFlowLocations[index]?.location?.id;
        if (id !== undefined && id >= 0) yield id;
      }
    }
  }
}
