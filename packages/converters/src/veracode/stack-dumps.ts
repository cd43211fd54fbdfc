import type { CodeFlow, LogicalLocation, ThreadFlowLocation } from '@sariflow/sarif';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';
import type { VeracodePaths } from './veracode-paths.ts';

/** One step on the way of tainted data. */
export interface StackFrame {
  readonly path: string | undefined;
  readonly line: number | undefined;
  readonly functionName: string | undefined;
  readonly qualifiedName: string | undefined;
  readonly prototype: string | undefined;
  readonly scope: string | undefined;
  /** The expression that carries the data. */
  readonly variables: string | undefined;
  readonly comment: string | undefined;
}

const frameMembers = new Set([
  'FrameId',
  'FunctionName',
  'SourceFile',
  'SourceLine',
  'SourceFileId',
  'StatementText',
  'VarNames',
  'QualifiedFunctionName',
  'FunctionPrototype',
  'Scope',
  'RelativeLocation',
  'Comment',
]);

/** The traces of `stack_dumps`, each from the origin of the data to the flaw: the report writes them the other way round. */
export function readStackDumps(finding: Fields): StackFrame[][] {
  const dumps = finding.nested('stack_dumps');
  if (dumps === undefined) return [];
  dumps.keepUnknown(new Set(['stack_dump']));
  const flows: StackFrame[][] = [];
  // One dump may stand there without its array, as in what an XML report is turned into.
  for (const [path, dump] of entriesOf(dumps, ['stack_dump'], dumps.object['stack_dump'])) {
    if (!isObject(dump)) {
      dumps.doubtValue(path, dump, 'an object');
      continue;
    }
    const fields = dumps.at(dump, path);
    fields.keepUnknown(new Set(['Frame']));
    const frames: StackFrame[] = [];
    for (const [framePath, frame] of entriesOf(fields, ['Frame'], dump['Frame'])) {
      if (isObject(frame)) frames.push(readFrame(fields.at(frame, framePath)));
      else fields.doubtValue(framePath, frame, 'an object');
    }
    if (frames.length > 0) flows.push(frames.reverse());
  }
  return flows;
}

function entriesOf(fields: Fields, path: (string | number)[], value: unknown): [(string | number)[], unknown][] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    if (isObject(value)) return [[path, value]];
    fields.doubtValue(path, value, 'an array');
    return [];
  }
  return value.map((entry: unknown, index) => [[...path, index], entry]);
}

function readFrame(frame: Fields): StackFrame {
  frame.keepUnknown(frameMembers);
  const said = (name: string) => {
    // Nothing is written as an empty object, because the report was XML once.
    if (isObject(frame.object[name])) return undefined;
    return frame.label(name)?.trim() || undefined;
  };
  const scope = said('Scope');
  return {
    path: said('SourceFile'),
    line: lineOf(said('SourceLine')),
    functionName: said('FunctionName'),
    qualifiedName: said('QualifiedFunctionName'),
    prototype: said('FunctionPrototype'),
    scope: scope === 'UNKNOWN' ? undefined : scope,
    variables: withoutReferences(said('VarNames') ?? said('StatementText')),
    comment: said('Comment'),
  };
}

/** A line from 1 on; 0, nothing and words stand for an unknown one. */
function lineOf(text: string | undefined): number | undefined {
  const line = text === undefined || !/^\d{1,9}$/.test(text) ? 0 : Number(text);
  return line >= 1 ? line : undefined;
}

// The comments of the analyser, such as /**X-VC scoperef targetid="1" */, are for its own viewer.
function withoutReferences(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  let rest = '';
  let from = 0;
  for (let start = text.indexOf('/**X-VC '); start !== -1; start = text.indexOf('/**X-VC ', from)) {
    const end = text.indexOf('*/', start);
    if (end === -1) break;
    rest += text.slice(from, start);
    from = end + 2;
  }
  return (rest + text.slice(from)).trim() || undefined;
}

/** The frames as one code flow with one thread flow. */
export function codeFlowOf(frames: readonly StackFrame[], paths: VeracodePaths): CodeFlow {
  const last = frames.length - 1;
  const locations = frames.map((frame, index): ThreadFlowLocation => {
    const { path, line, variables, comment } = frame;
    const logicalLocations = functionLocations(frame);
    const text = [comment, variables === undefined ? undefined : `\`${variables}\``].filter(Boolean).join(': ');
    return {
      location: {
        ...(path !== undefined && {
          physicalLocation: {
            artifactLocation: paths.locationOf(path),
            ...(line !== undefined && { region: { startLine: line } }),
          },
        }),
        ...(logicalLocations.length > 0 && { logicalLocations }),
        message: { text: text || (index === 0 ? 'Origin of the data' : 'Passes the data on') },
      },
      executionOrder: index + 1,
      importance: index === 0 || index === last ? 'essential' : 'important',
    };
  });
  return { threadFlows: [{ locations }] };
}

/** A function and the type that it belongs to, as logical locations (§3.33). */
export function functionLocations(
  frame: Pick<StackFrame, 'functionName' | 'qualifiedName' | 'prototype' | 'scope'>,
): LogicalLocation[] {
  const { functionName, qualifiedName, prototype, scope } = frame;
  const name = functionName ?? lastName(qualifiedName);
  const locations: LogicalLocation[] = [];
  if (name !== undefined || qualifiedName !== undefined) {
    locations.push({
      ...(name !== undefined && { name }),
      ...(qualifiedName !== undefined && { fullyQualifiedName: qualifiedName }),
      ...(prototype !== undefined && { decoratedName: prototype }),
      kind: 'function',
    });
  } else if (prototype !== undefined) {
    locations.push({ decoratedName: prototype, kind: 'function' });
  }
  if (scope !== undefined) locations.push({ fullyQualifiedName: scope, kind: 'type' });
  return locations;
}

/** `run` of `shop.Cart.run`. */
function lastName(qualified: string | undefined): string | undefined {
  if (qualified === undefined) return undefined;
  return qualified.slice(qualified.lastIndexOf('.') + 1) || qualified;
}
