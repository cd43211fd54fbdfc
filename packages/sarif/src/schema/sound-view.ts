import { isDateTime } from './date-time.ts';
import { isGuid } from './guid.ts';
import { hasType } from './has-type.ts';
import type { ObjectShape, ValueShape } from './shape.ts';
import { shapes } from './shapes.generated.ts';

/** What can be relied on of a value that breaks the schema. */
export interface SoundView<T> {
  /** A copy with the types of the model: every wrong member is left out, every element keeps its position. */
  readonly value: T;
  /** Objects of the copy that stand for what is missing or wrong, so that nobody judges them. */
  readonly standIns: WeakSet<object>;
}

/**
 * What is left of a log, run or result when everything is taken away that the schema refuses: a defect in one place must not keep
 * rules from looking at the others. Members that have to be there are, empty if need be.
 */
export function soundView<T>(rootName: string, value: unknown): SoundView<T> {
  const standIns = new WeakSet<object>();
  const view = soundObject(rootName, isObject(value) ? value : {}, standIns);
  return { value: view as T, standIns };
}

type Fields = Record<string, unknown>;

function soundObject(name: string, value: Fields, standIns: WeakSet<object>): Fields {
  const shape = shapes[name] as ObjectShape;
  if (shape.open === true) return value;
  const view: Fields = {};
  // In the order of the schema, whatever the order of the value.
  for (const member of memberNames(shape)) {
    if (!Object.hasOwn(value, member)) continue;
    const sound = soundValue(value[member], shape.members[member] as ValueShape, standIns);
    if (sound !== undefined) view[member] = sound;
  }
  for (const member of shape.required ?? []) {
    if (view[member] === undefined) view[member] = standIn(shape.members[member] as ValueShape, standIns);
  }
  return view;
}

const knownNames = new Map<ObjectShape, readonly string[]>();

function memberNames(shape: ObjectShape): readonly string[] {
  let names = knownNames.get(shape);
  if (names === undefined) {
    names = Object.keys(shape.members);
    knownNames.set(shape, names);
  }
  return names;
}

/** The value as far as it is sound; `undefined` when it is not, also for a null that means absence. */
function soundValue(value: unknown, shape: ValueShape, standIns: WeakSet<object>): unknown {
  if (value === null) return shape.nullable === true ? null : undefined;
  if (!hasType(value, shape)) return undefined;
  switch (shape.type) {
    case 'string':
      return isSoundString(value as string, shape) ? value : undefined;
    case 'integer':
    case 'number':
      return isWithin(value as number, shape) ? value : undefined;
    case 'array':
      return (value as unknown[]).map(
        (element) => soundValue(element, shape.items, standIns) ?? standIn(shape.items, standIns),
      );
    case 'map': {
      const view: Fields = Object.create(null) as Fields;
      for (const [name, entry] of Object.entries(value as Fields)) {
        const sound = soundValue(entry, shape.values, standIns);
        if (sound !== undefined) view[name] = sound;
      }
      return view;
    }
    case 'object':
      return soundObject(shape.shape, value as Fields, standIns);
    case 'boolean':
      return value;
  }
}

function isSoundString(value: string, shape: Extract<ValueShape, { type: 'string' }>): boolean {
  if (shape.words !== undefined) return shape.words.includes(value) || shape.proseWords?.includes(value) === true;
  if (shape.form === 'guid') return isGuid(value);
  if (shape.form === 'date-time') return isDateTime(value);
  return true;
}

function isWithin(value: number, { minimum, maximum }: { minimum?: number; maximum?: number }): boolean {
  return value >= (minimum ?? Number.NEGATIVE_INFINITY) && value <= (maximum ?? Number.POSITIVE_INFINITY);
}

function standIn(shape: ValueShape, standIns: WeakSet<object>): unknown {
  switch (shape.type) {
    case 'string':
      return shape.words?.[0] ?? '';
    case 'integer':
    case 'number':
      return Math.max(shape.minimum ?? 0, 0);
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'map':
      return {};
    case 'object': {
      const view = soundObject(shape.shape, {}, standIns);
      standIns.add(view);
      return view;
    }
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
