import type { ReportingDescriptorReference } from '../model/model.ts';
import { walkTo } from '../run/walk.ts';

/** The arrays of a run that indices point into, beside those of tool components, with the kind of their elements. */
export const pooledArrays = {
  artifacts: 'artifact',
  logicalLocations: 'logicalLocation',
  addresses: 'address',
  threadFlowLocations: 'threadFlowLocation',
  webRequests: 'webRequest',
  webResponses: 'webResponse',
  graphs: 'graph',
} as const;

export type PooledArray = keyof typeof pooledArrays;

export const pooledArrayNames = Object.keys(pooledArrays) as readonly PooledArray[];

/** An object that points into an array of the run by a number. */
export interface IndexReference {
  readonly array: PooledArray;
  readonly member: 'index' | 'parentIndex' | 'runGraphIndex';
  readonly holder: { index?: number; parentIndex?: number; runGraphIndex?: number };
}

/** Everything of one object that changes when the arrays of its run do. */
export interface References {
  readonly indices: IndexReference[];
  /** References to taxa, section 3.52 in the context of taxa. */
  readonly taxa: ReportingDescriptorReference[];
}

const walk = walkTo([
  'address',
  'artifact',
  'artifactLocation',
  'graphTraversal',
  'logicalLocation',
  'result',
  'threadFlowLocation',
  'webRequest',
  'webResponse',
]);

/** Everything of an object that points into its run, but for the rule of a result. `kind` is the object's SARIF name. */
export function referencesOf(kind: string, value: object): References {
  const indices: IndexReference[] = [];
  const taxa: ReportingDescriptorReference[] = [];
  walk(kind, value, (found, holder) => {
    switch (found) {
      case 'artifactLocation':
        if (holder.index !== undefined) indices.push({ array: 'artifacts', holder, member: 'index' });
        break;
      case 'artifact':
        if (holder.parentIndex !== undefined) indices.push({ array: 'artifacts', holder, member: 'parentIndex' });
        break;
      case 'logicalLocation':
        addCached(indices, 'logicalLocations', holder);
        break;
      case 'address':
        addCached(indices, 'addresses', holder);
        break;
      case 'threadFlowLocation':
        addCached(indices, 'threadFlowLocations', holder);
        for (const taxon of holder.taxa ?? []) taxa.push(taxon);
        break;
      case 'webRequest':
        addCached(indices, 'webRequests', holder);
        break;
      case 'webResponse':
        addCached(indices, 'webResponses', holder);
        break;
      case 'graphTraversal':
        if (holder.runGraphIndex !== undefined) indices.push({ array: 'graphs', holder, member: 'runGraphIndex' });
        break;
      case 'result':
        for (const taxon of holder.taxa ?? []) taxa.push(taxon);
        break;
    }
  });
  return { indices, taxa };
}

function addCached(
  indices: IndexReference[],
  array: PooledArray,
  holder: { index?: number; parentIndex?: number },
): void {
  if (holder.index !== undefined) indices.push({ array, holder, member: 'index' });
  if (holder.parentIndex !== undefined) indices.push({ array, holder, member: 'parentIndex' });
}
