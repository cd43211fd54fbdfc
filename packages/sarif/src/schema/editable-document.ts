import { copyJson } from '../json/copy-json.ts';
import type { PathSegment } from '../json/pointer.ts';
import { nameOf } from '../rules/structure/words.ts';
import { isFillable, unknownName } from './filled-member.ts';
import type { ValueShape } from './shape.ts';
import { shapes } from './shapes.generated.ts';

/** A copy of a log, a run or a result that repairs may change. */
export interface EditableDocument {
  /** Undefined once the whole of it had to be dropped. */
  readonly root: unknown;
  /** Positions of the runs that had to be dropped. A stand-in keeps the place of each. */
  readonly droppedRuns: ReadonlySet<number>;
  valueAt(path: readonly PathSegment[]): unknown;
  /** The SARIF name of the object that belongs at a path; undefined for arrays, maps and scalars. */
  objectNameAt(path: readonly PathSegment[]): string | undefined;
  set(path: readonly PathSegment[], value: unknown): void;
  /** Removes a member, or an element together with its place. */
  remove(path: readonly PathSegment[]): void;
  /** Drops the smallest unit around a path that can be left out, and says which. */
  drop(path: readonly PathSegment[]): { readonly done: string };
  /** Keeps a value that is about to be replaced in the property bag beside it, unless that name is taken. */
  keepOriginal(path: readonly PathSegment[], name: string, value: unknown): void;
  /** The path that a value had before elements in front of it were removed. */
  originalPath(path: readonly PathSegment[]): PathSegment[];
}

type Fields = Record<string, unknown>;

/** What takes the place of an element that indices point past, by object. */
const standIns: Readonly<Record<string, () => object>> = {
  invocation: () => ({ executionSuccessful: false }),
  reportingDescriptor: () => ({ id: unknownName }),
  run: () => ({ tool: { driver: { name: unknownName } } }),
  toolComponent: () => ({ name: unknownName }),
};

/** Copies the value, which stays untouched. `rootName` is `log`, `run` or `result`. */
export function createEditableDocument(rootName: string, value: unknown): EditableDocument {
  let root: unknown = copyJson(value);
  const droppedRuns = new Set<number>();
  /** Of arrays that elements were removed from: few documents have any, and each result is one. */
  let originalIndices: Map<unknown, number[]> | undefined;

  const valueAt = (path: readonly PathSegment[]): unknown => {
    let node = root;
    for (const segment of path) node = childOf(node, segment);
    return node;
  };

  const shapeAt = (path: readonly PathSegment[]): ValueShape | undefined => {
    let shape: ValueShape | undefined = { type: 'object', shape: rootName };
    for (const segment of path) shape = shape && childShape(shape, segment);
    return shape;
  };

  const objectNameAt = (path: readonly PathSegment[]): string | undefined => {
    const shape = shapeAt(path);
    return shape?.type === 'object' ? shape.shape : undefined;
  };

  const set = (path: readonly PathSegment[], changed: unknown): void => {
    const key = path.at(-1);
    if (key === undefined) root = changed;
    else setChild(valueAt(path.slice(0, -1)), key, changed);
  };

  const remove = (path: readonly PathSegment[]): void => {
    const parent = valueAt(path.slice(0, -1));
    const key = path.at(-1);
    if (!Array.isArray(parent)) {
      delete (parent as Fields)[key as string];
      return;
    }
    originalIndices ??= new Map();
    const indices = originalIndices.get(parent) ?? [...parent.keys()];
    indices.splice(key as number, 1);
    originalIndices.set(parent, indices);
    parent.splice(key as number, 1);
  };

  /** Whether the unit at this path could be left out or replaced by a stand-in, and was. */
  const dropUnit = (path: readonly PathSegment[]): boolean => {
    const parentPath = path.slice(0, -1);
    const key = path.at(-1)!;
    const parentShape = shapeAt(parentPath);
    if (parentShape?.type === 'object') {
      if (isNeeded(parentShape.shape, key as string)) return false;
    } else if (parentShape?.type === 'array' && parentShape.indexed === true) {
      const standIn = standInFor(parentShape.items);
      if (standIn === undefined) return false;
      if (parentShape.items.type === 'object' && parentShape.items.shape === 'run') droppedRuns.add(key as number);
      set(path, standIn);
      return true;
    } else if (parentShape?.type === 'array') {
      if ((valueAt(parentPath) as unknown[]).length <= (parentShape.minItems ?? 0)) return false;
    }
    remove(path);
    return true;
  };

  return {
    get root() {
      return root;
    },
    droppedRuns,
    valueAt,
    objectNameAt,
    set,
    remove,

    drop(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const unit = path.slice(0, length);
        if (dropUnit(unit)) return { done: `Dropped ${nameOf(unit)}.` };
      }
      root = undefined;
      return { done: `Dropped the ${rootName}.` };
    },

    keepOriginal(path, name, original) {
      const owner = valueAt(path.slice(0, -1)) as Fields;
      const bag = (owner['properties'] ??= {});
      if (typeof bag !== 'object' || bag === null || Array.isArray(bag) || Object.hasOwn(bag, name)) return;
      (bag as Fields)[name] = original;
    },

    originalPath(path) {
      const moved = originalIndices;
      if (moved === undefined) return [...path];
      let node = root;
      return path.map((segment) => {
        const indices = moved.get(node);
        node = childOf(node, segment);
        return typeof segment === 'number' ? (indices?.[segment] ?? segment) : segment;
      });
    },
  };
}

function isNeeded(owner: string, member: string): boolean {
  return shapes[owner]?.required?.includes(member) === true && !isFillable(owner, member);
}

function standInFor(items: ValueShape): unknown {
  if (items.type === 'string') return '';
  if (items.type !== 'object') return undefined;
  if (Object.hasOwn(standIns, items.shape)) return standIns[items.shape]?.();
  const shape = shapes[items.shape];
  return shape !== undefined && shape.required === undefined && shape.anyOf === undefined ? {} : undefined;
}

function childShape(shape: ValueShape, segment: PathSegment): ValueShape | undefined {
  if (shape.type === 'array') return shape.items;
  if (shape.type === 'map') return shape.values;
  if (shape.type !== 'object') return undefined;
  const object = shapes[shape.shape];
  const name = String(segment);
  if (object === undefined) return undefined;
  if (Object.hasOwn(object.members, name)) return object.members[name];
  const standsFor = object.proseMembers;
  return standsFor !== undefined && Object.hasOwn(standsFor, name) ? object.members[standsFor[name]!] : undefined;
}

function childOf(node: unknown, segment: PathSegment): unknown {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, segment)) return undefined;
  return (node as Fields)[segment];
}

/** Member names are data, `__proto__` among them: an assignment would change the prototype instead. */
function setChild(parent: unknown, key: PathSegment, value: unknown): void {
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
}
