import type {
  Address,
  Artifact,
  ArtifactLocation,
  Conversion,
  GraphTraversal,
  Invocation,
  Location,
  LogicalLocation,
  Message,
  Notification,
  Region,
  ReportingDescriptor,
  ReportingDescriptorRelationship,
  Result,
  ThreadFlowLocation,
  WebRequest,
  WebResponse,
} from '../model/model.ts';
import type { ValueShape } from '../schema/shape.ts';
import { shapes } from '../schema/shapes.generated.ts';

/** The objects that passes over a log look for, by their SARIF names. */
interface ObjectKinds {
  readonly address: Address;
  readonly artifact: Artifact;
  readonly artifactLocation: ArtifactLocation;
  readonly conversion: Conversion;
  readonly graphTraversal: GraphTraversal;
  readonly invocation: Invocation;
  readonly location: Location;
  readonly logicalLocation: LogicalLocation;
  readonly message: Message;
  readonly notification: Notification;
  readonly region: Region;
  readonly reportingDescriptor: ReportingDescriptor;
  readonly reportingDescriptorRelationship: ReportingDescriptorRelationship;
  readonly result: Result;
  readonly threadFlowLocation: ThreadFlowLocation;
  readonly webRequest: WebRequest;
  readonly webResponse: WebResponse;
}

type Kind = keyof ObjectKinds;

/** Takes an object together with its kind. */
type Visit<K extends Kind> = (...found: { [Each in K]: [kind: Each, value: ObjectKinds[Each]] }[K]) => void;

/** What lies below an object of one kind, as far as it leads to an object that is looked for. */
interface Way {
  readonly kind: string;
  readonly isWanted: boolean;
  readonly members: ReadonlyMap<string, { readonly way: Way; readonly isMap: boolean }>;
}

/**
 * Makes a function that calls `visit` with every object of these kinds in a value of the model, itself included, in the order
 * of its members. The schema tells where they can stand, so none is missed; property bags are not looked into.
 *
 * @returns a function of the SARIF name of the value's kind, such as `result`, the value, and what to call
 */
export function walkTo<K extends Kind>(kinds: readonly K[]): (kind: string, value: object, visit: Visit<K>) => void {
  const ways = waysTo(new Set<string>(kinds));
  return (kind, value, visit) => {
    const way = ways.get(kind);
    if (way !== undefined) follow(way, value, visit as unknown as AnyVisit);
  };
}

const toArtifactLocations = walkTo(['artifactLocation']);

/** Calls `visit` with every artifact location of a result, in whatever object it stands. */
export function forEachArtifactLocation(result: Result, visit: (location: ArtifactLocation) => void): void {
  toArtifactLocations('result', result, (_kind, location) => visit(location));
}

type AnyVisit = (kind: string, value: object) => void;

function follow(way: Way, value: unknown, visit: AnyVisit): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const element of value) follow(way, element, visit);
    return;
  }
  if (way.isWanted) visit(way.kind, value);
  if (way.members.size === 0) return;
  for (const [name, member] of Object.entries(value)) {
    const next = way.members.get(name);
    if (next === undefined) continue;
    if (!next.isMap) follow(next.way, member, visit);
    else if (typeof member === 'object' && member !== null) follow(next.way, Object.values(member), visit);
  }
}

/** The ways to the wanted kinds, from each kind that leads to one. */
function waysTo(wanted: ReadonlySet<string>): ReadonlyMap<string, Way> {
  const leading = kindsLeadingTo(wanted);
  const ways = new Map<
    string,
    { kind: string; isWanted: boolean; members: Map<string, { way: Way; isMap: boolean }> }
  >();
  for (const kind of leading) ways.set(kind, { kind, isWanted: wanted.has(kind), members: new Map() });
  for (const [kind, { members }] of ways) {
    for (const [name, shape] of Object.entries(shapes[kind]?.members ?? {})) {
      const below = objectBelow(shape);
      const way = below === undefined ? undefined : ways.get(below.kind);
      if (below !== undefined && way !== undefined) members.set(name, { way, isMap: below.isMap });
    }
  }
  return ways;
}

function kindsLeadingTo(wanted: ReadonlySet<string>): ReadonlySet<string> {
  const leading = new Set(wanted);
  for (let before = 0; before !== leading.size; ) {
    before = leading.size;
    for (const [kind, { members }] of Object.entries(shapes)) {
      const leads = Object.values(members).some((shape) => leading.has(objectBelow(shape)?.kind ?? ''));
      if (leads) leading.add(kind);
    }
  }
  return leading;
}

/** The kind of the objects that a member holds, alone, in an array or in a map. */
function objectBelow(shape: ValueShape): { kind: string; isMap: boolean } | undefined {
  switch (shape.type) {
    case 'object':
      return { kind: shape.shape, isMap: false };
    case 'array':
      return objectBelow(shape.items);
    case 'map': {
      const below = objectBelow(shape.values);
      return below === undefined ? undefined : { ...below, isMap: true };
    }
    default:
      return undefined;
  }
}
