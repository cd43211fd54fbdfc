import { locate, skipValue } from '../../json/locate.ts';
import type { PathSegment } from '../../json/pointer.ts';
import type { ArtifactLocation, Result } from '../../model/model.ts';
import type { ValueShape } from '../../schema/shape.ts';
import { shapes } from '../../schema/shapes.generated.ts';

/** An object of a result, what SARIF calls it, and where it stands. */
interface Found {
  readonly type: string;
  readonly path: readonly PathSegment[];
  readonly value: Readonly<Record<string, unknown>>;
}

/** An artifact location, and where its text begins. */
export interface LocatedFile {
  readonly path: readonly PathSegment[];
  readonly at: number;
  readonly value: ArtifactLocation;
}

/** What can be said of a result from its object and its text: the slow way, to compare with the recogniser's. */
export interface ExpectedFacts {
  readonly spaced: boolean;
  readonly level: number;
  /** Position, end and value of each index into the run's artifacts, in the order of the text. */
  readonly artifacts: readonly number[];
  readonly locations: readonly LocatedFile[];
  readonly hasOtherIndex: boolean;
  readonly hasArguments: boolean;
  readonly textIsBlank: boolean;
  readonly hasFirstUri: boolean;
  readonly hasFirstLine: boolean;
}

/** Indices into arrays of the run, other than its rules and artifacts; and references to taxa, which are resolved by more. */
const otherIndices: readonly string[] = [
  'address.index',
  'address.parentIndex',
  'logicalLocation.index',
  'logicalLocation.parentIndex',
  'threadFlowLocation.index',
  'webRequest.index',
  'webResponse.index',
  'graphTraversal.runGraphIndex',
  'result.taxa',
  'threadFlowLocation.taxa',
];

const levels = [undefined, 'none', 'note', 'warning', 'error'];

export function expectedFacts(result: Result, bytes: Uint8Array): ExpectedFacts {
  const objects = objectsOf(result);
  const locations = objects.filter(({ type }) => type === 'artifactLocation');
  const sites = locations
    .filter(({ value }) => value['index'] !== undefined && value['index'] !== -1)
    .map(({ path, value }) => ({ at: locate(bytes, [...path, 'index']), index: value['index'] as number }))
    .sort((one, other) => one.at - other.at);
  const first = result.locations?.[0]?.physicalLocation;
  return {
    spaced: hasSpace(bytes),
    level: levels.indexOf(result.level),
    artifacts: sites.flatMap(({ at, index }) => [at, skipValue(bytes, at), index]),
    locations: locations.map(({ path, value }) => ({ path, value, at: locate(bytes, path) })),
    hasOtherIndex: objects.some(({ type, value }) => otherIndices.some((name) => hasMember(type, value, name))),
    hasArguments: result.message.arguments !== undefined || result.message.id !== undefined,
    textIsBlank: (result.message.text ?? '').trim() === '',
    hasFirstUri: first?.artifactLocation?.uri !== undefined,
    hasFirstLine: first?.region?.startLine !== undefined,
  };
}

/** A path as it is wanted: relative, clean, percent-encoded. */
export const plainPath =
  /^(?!\.{1,2}(?:\/|$))(?:[\w.~!$&'()*+,;=@-]|%[0-9A-Fa-f]{2})+(?:\/(?!\.{1,2}(?:\/|$))(?:[\w.~!$&'()*+,;=@-]|%[0-9A-Fa-f]{2})+)*$/;

function hasMember(type: string, value: Readonly<Record<string, unknown>>, name: string): boolean {
  const [owner, member = ''] = name.split('.');
  const held = value[member];
  return owner === type && held !== undefined && !(Array.isArray(held) && held.length === 0);
}

function objectsOf(result: Result): Found[] {
  const found: Found[] = [];
  const visit = (value: unknown, shape: ValueShape, path: readonly PathSegment[]): void => {
    if (typeof value !== 'object' || value === null) return;
    if (shape.type === 'array') {
      for (const [index, item] of (value as unknown[]).entries()) visit(item, shape.items, [...path, index]);
    } else if (shape.type === 'map') {
      for (const [name, item] of Object.entries(value)) visit(item, shape.values, [...path, name]);
    } else if (shape.type === 'object' && shapes[shape.shape]?.open !== true) {
      found.push({ type: shape.shape, path, value: value as Record<string, unknown> });
      for (const [name, member] of Object.entries(shapes[shape.shape]?.members ?? {})) {
        visit((value as Record<string, unknown>)[name], member, [...path, name]);
      }
    }
  };
  visit(result, { type: 'object', shape: 'result' }, []);
  return found;
}

function hasSpace(bytes: Uint8Array): boolean {
  const outside = new TextDecoder().decode(bytes).replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return /[ \t\r\n]/.test(outside);
}
