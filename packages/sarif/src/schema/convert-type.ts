import { hasType } from './has-type.ts';
import type { ArrayShape, ValueShape } from './shape.ts';
import { shapes } from './shapes.generated.ts';

/** The member that a bare string stands for, by the object that should be there. */
const stringStandsFor: Readonly<Record<string, string>> = {
  artifactContent: 'text',
  artifactLocation: 'uri',
  message: 'text',
  multiformatMessageString: 'text',
  reportingDescriptor: 'id',
  reportingDescriptorReference: 'id',
  tool: 'driver',
  toolComponent: 'name',
};

const decimal = /^[+-]?\d+(?:\.\d+)?$/;

/** The value in the type that the shape asks for, when nothing is lost by it; undefined otherwise. */
export function convertedTo(shape: ValueShape, value: unknown): unknown {
  switch (shape.type) {
    case 'array':
      return toArray(shape, value);
    case 'string':
      return toText(value);
    case 'integer':
    case 'number':
      return toNumber(value, shape.type === 'integer');
    case 'boolean':
      return toBoolean(value);
    case 'map':
      return isEmptyArray(value) ? {} : undefined;
    case 'object':
      return toObject(shape.shape, value);
  }
}

function toArray(shape: ArrayShape, value: unknown): unknown[] | undefined {
  if (value === null || Array.isArray(value)) return undefined;
  const element = isMeantFor(shape.items, value) ? value : convertedTo(shape.items, value);
  return element === undefined ? undefined : [element];
}

/** An object is one element of the array when it has a member of such elements; otherwise it may be a map of them. */
function isMeantFor(items: ValueShape, value: unknown): boolean {
  if (!hasType(value, items)) return false;
  if (items.type !== 'object') return true;
  const members = shapes[items.shape]?.members ?? {};
  return Object.keys(value as object).some((name) => Object.hasOwn(members, name));
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'text')) return undefined;
  const { text } = value as { text: unknown };
  return typeof text === 'string' ? text : undefined;
}

function toNumber(value: unknown, whole: boolean): number | undefined {
  if (typeof value !== 'string' || !decimal.test(value.trim())) return undefined;
  const number = Number(value);
  return !whole || Number.isSafeInteger(number) ? number : undefined;
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : undefined;
}

/** Some languages write an object without members as an empty array. */
function toObject(shape: string, value: unknown): object | undefined {
  if (isEmptyArray(value)) return {};
  const member = Object.hasOwn(stringStandsFor, shape) ? stringStandsFor[shape] : undefined;
  if (member === undefined || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  return { [member]: String(value) };
}

function isEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
