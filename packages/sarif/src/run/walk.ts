import type { PathSegment } from '../json/pointer.ts';
import type {
  Address,
  Artifact,
  ArtifactChange,
  ArtifactContent,
  ArtifactLocation,
  Attachment,
  CodeFlow,
  ConfigurationOverride,
  Conversion,
  Edge,
  EdgeTraversal,
  Exception,
  ExternalPropertyFileReference,
  ExternalPropertyFileReferences,
  Fix,
  Graph,
  GraphTraversal,
  Invocation,
  Location,
  LocationRelationship,
  LogicalLocation,
  Message,
  MultiformatMessageString,
  Node,
  Notification,
  PhysicalLocation,
  PropertyBag,
  Rectangle,
  Region,
  Replacement,
  ReportingConfiguration,
  ReportingDescriptor,
  ReportingDescriptorReference,
  ReportingDescriptorRelationship,
  Result,
  ResultProvenance,
  RunAutomationDetails,
  RunHeader,
  SpecialLocations,
  Stack,
  StackFrame,
  Suppression,
  ThreadFlow,
  ThreadFlowLocation,
  Tool,
  ToolComponent,
  ToolComponentReference,
  TranslationMetadata,
  VersionControlDetails,
  WebRequest,
  WebResponse,
} from '../model/model.ts';
import type { ValueShape } from '../schema/shape.ts';
import { shapes } from '../schema/shapes.generated.ts';

/** The objects of a run and its results, by their SARIF names. A run is its header. */
export interface ObjectKinds {
  readonly address: Address;
  readonly artifact: Artifact;
  readonly artifactChange: ArtifactChange;
  readonly artifactContent: ArtifactContent;
  readonly artifactLocation: ArtifactLocation;
  readonly attachment: Attachment;
  readonly codeFlow: CodeFlow;
  readonly configurationOverride: ConfigurationOverride;
  readonly conversion: Conversion;
  readonly edge: Edge;
  readonly edgeTraversal: EdgeTraversal;
  readonly exception: Exception;
  readonly externalPropertyFileReference: ExternalPropertyFileReference;
  readonly externalPropertyFileReferences: ExternalPropertyFileReferences;
  readonly fix: Fix;
  readonly graph: Graph;
  readonly graphTraversal: GraphTraversal;
  readonly invocation: Invocation;
  readonly location: Location;
  readonly locationRelationship: LocationRelationship;
  readonly logicalLocation: LogicalLocation;
  readonly message: Message;
  readonly multiformatMessageString: MultiformatMessageString;
  readonly node: Node;
  readonly notification: Notification;
  readonly physicalLocation: PhysicalLocation;
  readonly propertyBag: PropertyBag;
  readonly rectangle: Rectangle;
  readonly region: Region;
  readonly replacement: Replacement;
  readonly reportingConfiguration: ReportingConfiguration;
  readonly reportingDescriptor: ReportingDescriptor;
  readonly reportingDescriptorReference: ReportingDescriptorReference;
  readonly reportingDescriptorRelationship: ReportingDescriptorRelationship;
  readonly result: Result;
  readonly resultProvenance: ResultProvenance;
  readonly run: RunHeader;
  readonly runAutomationDetails: RunAutomationDetails;
  readonly specialLocations: SpecialLocations;
  readonly stack: Stack;
  readonly stackFrame: StackFrame;
  readonly suppression: Suppression;
  readonly threadFlow: ThreadFlow;
  readonly threadFlowLocation: ThreadFlowLocation;
  readonly tool: Tool;
  readonly toolComponent: ToolComponent;
  readonly toolComponentReference: ToolComponentReference;
  readonly translationMetadata: TranslationMetadata;
  readonly versionControlDetails: VersionControlDetails;
  readonly webRequest: WebRequest;
  readonly webResponse: WebResponse;
}

export type ObjectKind = keyof ObjectKinds;

/** Takes an object together with its kind. */
type TakeObject<K extends ObjectKind> = (...found: { [Each in K]: [kind: Each, value: ObjectKinds[Each]] }[K]) => void;

/** What lies below an object of one kind, as far as it leads to an object that is looked for. */
interface Way {
  readonly kind: string;
  readonly isWanted: boolean;
  readonly members: ReadonlyMap<string, Member>;
}

interface Member {
  readonly way: Way;
  readonly isMap: boolean;
}

/**
 * Makes a function that calls `visit` with every object of these kinds in a value of the model, itself included, in the order
 * of its members. The schema tells where they can stand, so none is missed; property bags are not looked into.
 *
 * @returns a function of the SARIF name of the value's kind, such as `result`, the value, and what to call
 */
export function walkTo<K extends ObjectKind>(
  kinds: readonly K[],
): (kind: string, value: object, visit: TakeObject<K>) => void {
  let ways: Ways | undefined;
  return (kind, value, visit) => {
    ways ??= waysTo(kinds);
    const way = ways.get(kind);
    if (way !== undefined) follow(way, value, visit as unknown as AnyTake);
  };
}

const toArtifactLocations = walkTo(['artifactLocation']);

/** Calls `visit` with every artifact location of a result, in whatever object it stands. */
export function forEachArtifactLocation(result: Result, visit: (location: ArtifactLocation) => void): void {
  toArtifactLocations('result', result, (_kind, location) => visit(location));
}

/** Where a walk stands. One object serves the whole walk. */
export interface WalkPosition {
  /** From the value that the walk started at. Changes as the walk goes on. */
  readonly path: readonly PathSegment[];
  /** What holds the object, an object or an array; absent at the start. */
  readonly owner: { readonly holder: object; readonly member: PathSegment } | undefined;
  /** Kind of the nearest object above, empty at the start. */
  readonly ownerKind: ObjectKind | '';
}

/**
 * As `walkTo`, and says where each object stands. Members that `visit` takes away are not walked into; what it puts in their
 * place is. Objects in `passOver` are not visited, and what is below them neither.
 */
export function walkWithPaths(
  kinds: readonly ObjectKind[],
): (
  kind: ObjectKind,
  value: object,
  visit: (kind: ObjectKind, value: object, position: WalkPosition) => void,
  passOver?: WeakSet<object>,
) => void {
  let ways: Ways | undefined;
  return (kind, value, visit, passOver) => {
    ways ??= waysTo(kinds);
    const way = ways.get(kind);
    if (way !== undefined) new Walk(visit, passOver).object(way, value, '');
  };
}

class Walk implements WalkPosition {
  readonly path: PathSegment[] = [];
  ownerKind: ObjectKind | '' = '';
  #holder: object | undefined;
  readonly #visit: (kind: ObjectKind, value: object, position: WalkPosition) => void;
  readonly #passOver: WeakSet<object> | undefined;

  constructor(visit: (kind: ObjectKind, value: object, position: WalkPosition) => void, passOver?: WeakSet<object>) {
    this.#visit = visit;
    this.#passOver = passOver;
  }

  get owner() {
    const member = this.path.at(-1);
    return this.#holder === undefined || member === undefined ? undefined : { holder: this.#holder, member };
  }

  object(way: Way, value: object, ownerKind: ObjectKind | ''): void {
    if (this.#passOver?.has(value)) return;
    if (way.isWanted) {
      this.ownerKind = ownerKind;
      this.#visit(way.kind as ObjectKind, value, this);
    }
    if (way.members.size === 0) return;
    for (const name of Object.keys(value)) {
      const next = way.members.get(name);
      if (next === undefined) continue;
      const member = (value as Record<string, unknown>)[name];
      if (typeof member !== 'object' || member === null) continue;
      this.#below(value, name, member, next, way.kind as ObjectKind);
    }
  }

  #below(holder: object, name: PathSegment, member: object, next: Member, ownerKind: ObjectKind): void {
    const before = this.#holder;
    this.path.push(name);
    if (Array.isArray(member)) {
      // The length is asked again each time: a visit may take elements away.
      for (let at = 0; at < member.length; at += 1) {
        const element: unknown = member[at];
        if (typeof element === 'object' && element !== null) this.#below(member, at, element, next, ownerKind);
      }
    } else if (next.isMap) {
      const inner = { way: next.way, isMap: false };
      for (const at of Object.keys(member)) {
        const element = (member as Record<PathSegment, unknown>)[at];
        if (typeof element === 'object' && element !== null) this.#below(member, at, element, inner, ownerKind);
      }
    } else {
      this.#holder = holder;
      this.object(next.way, member, ownerKind);
    }
    this.#holder = before;
    this.path.pop();
  }
}

type AnyTake = (kind: string, value: object) => void;

/** Walks are frequent and results small: nothing is allocated but the names of members. */
function follow(way: Way, value: unknown, visit: AnyTake): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) follow(way, value[at], visit);
    return;
  }
  if (way.isWanted) visit(way.kind, value);
  if (way.members.size === 0) return;
  for (const name of Object.keys(value)) {
    const next = way.members.get(name);
    if (next === undefined) continue;
    const member = (value as Record<string, unknown>)[name];
    if (!next.isMap) follow(next.way, member, visit);
    else if (typeof member === 'object' && member !== null) follow(next.way, Object.values(member), visit);
  }
}

type Ways = ReadonlyMap<string, Way>;

/** The ways to the wanted kinds, from each kind that leads to one. Made at the first walk: most programs take few of them. */
function waysTo(wanted: readonly string[]): Ways {
  holdersOfKinds ??= holdersByKind();
  const ways = new Map<string, { kind: string; isWanted: boolean; members: Map<string, Member> }>();
  for (const kind of wanted) ways.set(kind, { kind, isWanted: true, members: new Map() });
  // A map hands on what is added while it is iterated: kinds that hold a kind found before.
  for (const way of ways.values()) {
    for (const { kind, member, isMap } of holdersOfKinds.get(way.kind) ?? []) {
      let holder = ways.get(kind);
      if (holder === undefined) ways.set(kind, (holder = { kind, isWanted: false, members: new Map() }));
      holder.members.set(member, { way, isMap });
    }
  }
  return ways;
}

/** A member that holds objects of a kind, alone, in an array or in a map, and the kind of the object that it belongs to. */
interface Holder {
  readonly kind: string;
  readonly member: string;
  readonly isMap: boolean;
}

let holdersOfKinds: ReadonlyMap<string, readonly Holder[]> | undefined;

function holdersByKind(): ReadonlyMap<string, readonly Holder[]> {
  const holders = new Map<string, Holder[]>();
  for (const [kind, { members }] of Object.entries(shapes)) {
    for (const [member, shape] of Object.entries(members)) {
      const below = objectBelow(shape);
      if (below === undefined) continue;
      const known = holders.get(below.kind);
      const holder = { kind, member, isMap: below.isMap };
      if (known === undefined) holders.set(below.kind, [holder]);
      else known.push(holder);
    }
  }
  return holders;
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
