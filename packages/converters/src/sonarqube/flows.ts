import type { Region } from '@sariflow/sarif';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';
import { type Formatting, readFormattings } from './formatted-message.ts';
import { offsetNames, readRange } from './text-range.ts';

/** One place of a flow. */
export interface FlowLocation {
  /** Key of the component; undefined for the finding's own. */
  readonly component: string | undefined;
  readonly region: Region | undefined;
  readonly message: string | undefined;
  readonly formattings: readonly Formatting[];
}

/** A path through the code, or one secondary location. */
export interface Flow {
  /** `DATA` or `EXECUTION`; undefined in older answers. */
  readonly type: string | undefined;
  readonly description: string | undefined;
  /** As the report has them: from the end of the path to its start. */
  readonly locations: readonly FlowLocation[];
}

const none: readonly Flow[] = [];
const flowMembers = new Set(['locations', 'type', 'description']);
const locationMembers = new Set(['component', 'textRange', 'msg', 'msgFormattings']);

/** Reads `flows`. What cannot be read is doubted and kept. */
export function readFlows(fields: Fields): readonly Flow[] {
  const list = fields.list('flows');
  if (list === undefined || list.length === 0) return none;
  const flows: Flow[] = [];
  for (const [index, value] of list.entries()) {
    if (!isObject(value)) {
      fields.doubtValue(['flows', index], value, 'an object');
      continue;
    }
    const flow = fields.at(value, ['flows', index]);
    flow.keepUnknown(flowMembers);
    const locations = readLocations(flow);
    if (locations.length === 0) continue;
    flows.push({ type: flow.text('type') || undefined, description: flow.text('description') || undefined, locations });
  }
  return flows;
}

/** Whether the flows are single secondary locations rather than paths: as Sonar's own user interface decides. */
export function areSecondaryLocations(flows: readonly Flow[]): boolean {
  return flows.every(({ type, locations }) => type === undefined && locations.length === 1);
}

function readLocations(flow: Fields): FlowLocation[] {
  const locations: FlowLocation[] = [];
  for (const [index, value] of (flow.list('locations') ?? []).entries()) {
    if (!isObject(value)) {
      flow.doubtValue(['locations', index], value, 'an object');
      continue;
    }
    const location = flow.at(value, ['locations', index]);
    location.keepUnknown(locationMembers);
    const range = location.nested('textRange');
    const message = location.text('msg') || undefined;
    locations.push({
      component: location.text('component') || undefined,
      region: range === undefined ? undefined : readRange(range, offsetNames),
      message,
      formattings: readFormattings(location, 'msgFormattings', message),
    });
  }
  return locations;
}
