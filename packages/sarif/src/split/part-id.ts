import type { Run, RunHeader } from '../model/model.ts';

/**
 * What tells the second and later parts of a run from the first: the category stays, the run id gets the part's number
 * (section 3.17.3), and `properties["sariflow/part"]` says it, too.
 */
export function partId(run: RunHeader, number: number): Pick<Run, 'automationDetails' | 'properties'> | undefined {
  if (number === 1) return undefined;
  const id = run.automationDetails?.id ?? '';
  const separator = id === '' || id.endsWith('/') ? '' : '.';
  return {
    automationDetails: { ...run.automationDetails, id: `${id}${separator}part-${number}` },
    properties: { ...run.properties, 'sariflow/part': number },
  };
}
