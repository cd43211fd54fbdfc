import type { CodeFlow, ThreadFlowLocation } from '@sariflow/sarif';
import type { SourcePaths } from '../locations/source-paths.ts';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';
import { unlessWithheld } from './placeholder.ts';
import { plainRegion } from './region.ts';
import { readSpan, type Span } from './span.ts';

/** One step of a taint trace, in the order in which the program runs. */
export interface FlowStep {
  readonly role: 'source' | 'propagation' | 'call' | 'sink';
  readonly path: string | undefined;
  readonly span: Span | undefined;
  /** The source text of the step. */
  readonly content: string | undefined;
  /** How deep in calls, from 0. */
  readonly nesting: number;
}

type End = 'source' | 'sink';

/**
 * The steps of `dataflow_trace`, flattened (§3.36): into the call that the taint comes from, along the variables, and into
 * the call that it ends in. An end that is missing is the match itself. What cannot be read is doubted, and the whole trace
 * is kept as well. Empty when there is no step.
 */
export function readDataFlow(extra: Fields, match: Pick<FlowStep, 'path' | 'span'>): readonly FlowStep[] {
  const trace = extra.nested('dataflow_trace');
  if (trace === undefined) return [];
  const before = trace.kept.length;
  trace.keepUnknown(members);
  const source = readCallTrace(trace, ['taint_source'], trace.object['taint_source'], 'source', 0);
  const variables = readVariables(trace, ['intermediate_vars'], trace.object['intermediate_vars'], 0);
  const sink = readCallTrace(trace, ['taint_sink'], trace.object['taint_sink'], 'sink', 0);
  if (trace.kept.length > before) {
    trace.kept.length = before;
    extra.keep('dataflow_trace');
  }
  if (source.length + variables.length + sink.length === 0) return [];

  const missing = (role: End): FlowStep => ({ ...match, role, content: undefined, nesting: 0 });
  return [
    ...(source.length > 0 ? source : [missing('source')]),
    ...variables,
    ...(sink.length > 0 ? sink : [missing('sink')]),
  ];
}

const members = new Set(['taint_source', 'intermediate_vars', 'taint_sink']);
const variableMembers = new Set(['location', 'content']);
const locationMembers = new Set(['path', 'start', 'end']);

/** The names of the two kinds of traces; the engine itself has others than the command line. */
const tags: ReadonlyMap<unknown, 'place' | 'call'> = new Map([
  ['CliLoc', 'place'],
  ['CoreLoc', 'place'],
  ['CliCall', 'call'],
  ['CoreCall', 'call'],
]);

/**
 * `["CliLoc", [location, content]]` or `["CliCall", [[location, content], variables, inner trace]]`. Versions before 1.0 wrote
 * `{ location, content }` for the only kind that they knew.
 */
function readCallTrace(
  trace: Fields,
  path: (string | number)[],
  value: unknown,
  end: End,
  nesting: number,
): FlowStep[] {
  if (value === undefined || value === null) return [];
  if (isObject(value) && isObject(value['location'])) {
    trace.at(value, path).keepUnknown(variableMembers);
    return readPlace(trace, [...path, 'location'], [value['location'], value['content']], end, nesting);
  }
  const [tag, body] = Array.isArray(value) ? (value as unknown[]) : [];
  const kind = tags.get(tag);
  if (kind === undefined || !Array.isArray(body)) {
    trace.doubtValue(path, value, 'a call trace such as ["CliLoc", …]');
    return [];
  }
  if (kind === 'place') return readPlace(trace, [...path, 1, 0], body, end, nesting);

  const call = readPlace(trace, [...path, 1, 0, 0], Array.isArray(body[0]) ? body[0] : [], 'call', nesting);
  const variables = readVariables(trace, [...path, 1, 1], body[1], nesting + 1);
  const inner = readCallTrace(trace, [...path, 1, 2], body[2], end, nesting + 1);
  // Taint comes out of a source's call, and goes into a sink's.
  return end === 'source' ? [...inner, ...variables, ...call] : [...call, ...variables, ...inner];
}

function readVariables(trace: Fields, path: (string | number)[], value: unknown, nesting: number): FlowStep[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    trace.doubtValue(path, value, 'an array');
    return [];
  }
  return value.flatMap((variable: unknown, index) => {
    if (isObject(variable)) {
      trace.at(variable, [...path, index]).keepUnknown(variableMembers);
      const place = [variable['location'], variable['content']];
      return readPlace(trace, [...path, index, 'location'], place, 'propagation', nesting);
    }
    trace.doubtValue([...path, index], variable, 'an object');
    return [];
  });
}

/** `[location, content]` as one step; `path` leads to the location. */
function readPlace(
  trace: Fields,
  path: (string | number)[],
  [location, content]: readonly unknown[],
  role: FlowStep['role'],
  nesting: number,
): FlowStep[] {
  if (!isObject(location)) {
    trace.doubtValue(path, location ?? null, 'an object with path, start and end');
    return [];
  }
  const fields = trace.at(location, path);
  fields.keepUnknown(locationMembers);
  const text = typeof content === 'string' ? content : undefined;
  if (text === undefined && content !== undefined && content !== null) trace.doubtValue(path, content, 'a string');
  return [{ role, path: fields.text('path'), span: readSpan(fields), content: unlessWithheld(text), nesting }];
}

/** The steps as one code flow with one thread flow. */
export function codeFlowOf(steps: readonly FlowStep[], paths: SourcePaths): CodeFlow {
  const locations = steps.map((step, index): ThreadFlowLocation => {
    const { role, path, span, content, nesting } = step;
    const snippet = content === undefined ? {} : { snippet: { text: content } };
    const physicalLocation =
      path === undefined
        ? undefined
        : {
            artifactLocation: paths.locationOf(path),
            ...(span !== undefined && { region: { ...plainRegion(span), ...snippet } }),
          };
    return {
      location: {
        ...(physicalLocation !== undefined && { physicalLocation }),
        message: { text: stepText(role, content) },
      },
      kinds: [role === 'propagation' ? 'taint' : role],
      nestingLevel: nesting,
      executionOrder: index + 1,
      importance: role === 'call' ? 'important' : role === 'propagation' ? 'unimportant' : 'essential',
    };
  });
  return { threadFlows: [{ locations }] };
}

function stepText(role: FlowStep['role'], content: string | undefined): string {
  switch (role) {
    case 'source':
      return 'Source';
    case 'sink':
      return 'Sink';
    case 'call':
      return content === undefined ? 'Calls a function' : `Calls \`${content}\``;
    case 'propagation':
      return content === undefined ? 'Propagates' : `Propagates through \`${content}\``;
  }
}
