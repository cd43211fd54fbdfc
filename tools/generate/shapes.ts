import type { ArrayShape, ObjectShape, StringShape, ValueShape } from '../../packages/sarif/src/schema/shape.ts';
import { proseMembers, proseRoles } from './accepted-schema.ts';
import { definitionName, type JsonSchema, objectTypesOf } from './json-schema.ts';

/** Arrays that indices, placeholders or event positions point into. */
const indexedArrays: ReadonlySet<string> = new Set([
  'log.runs',
  'log.inlineExternalProperties',
  ...['run', 'externalProperties'].flatMap((owner) =>
    [
      'addresses',
      'artifacts',
      'extensions',
      'graphs',
      'invocations',
      'logicalLocations',
      'policies',
      'taxonomies',
      'threadFlowLocations',
      'translations',
      'webRequests',
      'webResponses',
    ].map((member) => `${owner}.${member}`),
  ),
  'tool.extensions',
  'toolComponent.notifications',
  'toolComponent.rules',
  'toolComponent.taxa',
  'result.graphs',
  'message.arguments',
]);

/** The accepted schema as the table that explains defects, by the SARIF name of each object type. */
export function shapesOf(schema: JsonSchema): Record<string, ObjectShape> {
  const shapes: Record<string, ObjectShape> = {};
  for (const [type, definition] of objectTypesOf(schema)) shapes[type] = objectShape(type, definition);
  return shapes;
}

function objectShape(type: string, definition: JsonSchema): ObjectShape {
  const members: Record<string, ValueShape> = {};
  for (const [member, schema] of Object.entries(definition.properties ?? {})) {
    members[member] = valueShape(schema, `${type}.${member}`);
  }
  const prose = proseMembers[type];
  return {
    members,
    ...(definition.required && { required: definition.required }),
    ...(definition.anyOf && { anyOf: alternatives(definition.anyOf, type) }),
    ...(definition.oneOf && { oneOf: alternatives(definition.oneOf, type) }),
    ...(prose && { proseMembers: prose }),
    ...(definition.additionalProperties === true && { open: true as const }),
  };
}

function alternatives(schemas: readonly JsonSchema[], type: string): string[] {
  return schemas.map(({ required }) => {
    const [member, ...others] = required ?? [];
    if (member === undefined || others.length > 0)
      throw new Error(`'${type}' has an alternative that is not one member.`);
    return member;
  });
}

function valueShape(schema: JsonSchema, at: string): ValueShape {
  const nullable = Array.isArray(schema.type) && schema.type.includes('null') ? { nullable: true as const } : {};
  const type = Array.isArray(schema.type) ? schema.type.find((name) => name !== 'null') : schema.type;
  if (schema.$ref !== undefined) return { type: 'object', shape: definitionName(schema.$ref) };
  if (type === 'string') return { ...stringShape(schema, at), ...nullable };
  if (type === 'boolean') return { type, ...nullable };
  if (type === 'array') return { ...arrayShape(schema, at), ...nullable };
  if (type === 'integer' || type === 'number') {
    return {
      type,
      ...(schema.minimum !== undefined && { minimum: schema.minimum }),
      ...(schema.maximum !== undefined && { maximum: schema.maximum }),
      ...nullable,
    };
  }
  if (type === 'object' && typeof schema.additionalProperties === 'object') {
    return { type: 'map', values: valueShape(schema.additionalProperties, at), ...nullable };
  }
  throw new Error(`The schema of '${at}' has a form that this generator does not know. Teach it to valueShape.`);
}

function stringShape(schema: JsonSchema, at: string): StringShape {
  return {
    type: 'string',
    ...(schema.enum && { words: schema.enum }),
    ...(schema.enum && at === 'artifact.roles' && { proseWords: proseRoles }),
    ...(schema.form && { form: schema.form }),
    ...(schema.pattern !== undefined && { pattern: schema.pattern }),
  };
}

function arrayShape(schema: JsonSchema, at: string): ArrayShape {
  return {
    type: 'array',
    items: valueShape(schema.items ?? {}, at),
    ...(schema.minItems !== undefined && { minItems: schema.minItems }),
    ...(schema.distinct && { distinct: true as const }),
    ...(indexedArrays.has(at) && { indexed: true as const }),
  };
}
