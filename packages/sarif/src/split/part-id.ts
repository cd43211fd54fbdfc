import type { Run, RunAutomationDetails, RunHeader } from '../model/model.ts';

/** Says which part of its run a run is. */
const partProperty = 'sariflow/part';

/** Keeps the GUID of the run's category, where the part has a category of its own. */
const categoryProperty = 'sariflow/part-of';

/**
 * What tells the second and later parts of a run from the first: the run id gets the part's number (section 3.17.3), and
 * `properties["sariflow/part"]` says it, too. The category stays, or becomes one of the part's own for consumers that replace
 * what they have of a category.
 */
export function partId(
  run: RunHeader,
  number: number,
  hasOwnCategory = false,
): Pick<Run, 'automationDetails' | 'properties'> | undefined {
  if (number === 1) return undefined;
  const { id = '', correlationGuid, ...details } = run.automationDetails ?? {};
  const properties = { ...run.properties, [partProperty]: number };
  if (!hasOwnCategory) {
    const separator = id === '' || id.endsWith('/') ? '' : '.';
    const numbered = `${id}${separator}part-${number}`;
    return { automationDetails: { ...run.automationDetails, id: numbered }, properties };
  }
  return {
    automationDetails: { ...details, id: withOwnCategory(id, number) },
    properties: { ...properties, ...(correlationGuid === undefined ? {} : { [categoryProperty]: correlationGuid }) },
  };
}

/** `nightly/part-2/7` for `nightly/7`. */
function withOwnCategory(id: string, number: number): string {
  const end = id.lastIndexOf('/') + 1;
  return `${id.slice(0, end)}part-${number}/${id.slice(end)}`;
}

/** Which part of its run a run is: 1 for the first, and for a whole run. */
export function partNumber({ properties }: RunHeader): number {
  const number: unknown = properties?.[partProperty];
  return typeof number === 'number' && Number.isInteger(number) && number >= 2 ? number : 1;
}

/** The run that a part is of, as far as `partId` changed its header; `undefined` for a run that is no second or later part. */
export function wholeRun(run: RunHeader): RunHeader | undefined {
  const { properties = {}, automationDetails, ...header } = run;
  const { [partProperty]: number, [categoryProperty]: correlationGuid, ...others } = properties;
  if (partNumber(run) === 1) return undefined;
  const category = typeof correlationGuid === 'string' ? { correlationGuid } : {};
  const details = wholeDetails({ ...automationDetails, ...category }, `part-${number}`);
  return {
    ...header,
    ...(details === undefined ? {} : { automationDetails: details }),
    ...(Object.keys(others).length === 0 ? {} : { properties: others }),
  };
}

function wholeDetails(details: RunAutomationDetails, mark: string): RunAutomationDetails | undefined {
  const { id = '', ...others } = details;
  const whole = wholeId(id, mark);
  if (whole !== '') return { ...others, id: whole };
  return Object.keys(others).length === 0 ? undefined : others;
}

function wholeId(id: string, mark: string): string {
  const end = id.lastIndexOf('/') + 1;
  const [category, runId] = [id.slice(0, end), id.slice(end)];
  if (`/${category}`.endsWith(`/${mark}/`)) return `${category.slice(0, -mark.length - 1)}${runId}`;
  if (runId === mark) return category;
  return runId.endsWith(`.${mark}`) ? `${category}${runId.slice(0, -mark.length - 1)}` : id;
}
