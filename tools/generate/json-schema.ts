/** The part of JSON Schema draft 4 that the SARIF schema uses, and the two keywords that Sariflow adds to it. */
export interface JsonSchema {
  $schema?: string;
  id?: string;
  $ref?: string;
  title?: string;
  description?: string;
  default?: unknown;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
  required?: string[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  uniqueItems?: boolean;
  pattern?: string;
  format?: string;
  definitions?: Record<string, JsonSchema>;
  /** Ours: the string has this form, which a function checks. */
  form?: StringForm;
  /** Ours: `uniqueItems`, checked in linear time. */
  distinct?: true;
}

export type StringForm = 'date-time' | 'guid' | 'language';

/** Keywords whose values are schemas by name, so that their keys are names and not keywords. */
const schemaMaps = new Set(['properties', 'definitions']);

/** A deep copy without `description` and `default`: the facts of the schema alone. Property names stay what they are. */
export function factsOf(schema: JsonSchema): JsonSchema {
  return withoutProse(schema, false) as JsonSchema;
}

function withoutProse(node: unknown, keysAreNames: boolean): unknown {
  if (Array.isArray(node)) return node.map((element) => withoutProse(element, false));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (!keysAreNames && (key === 'description' || key === 'default')) continue;
    copy[key] = withoutProse(value, !keysAreNames && schemaMaps.has(key));
  }
  return copy;
}

/** Every object type of the schema by its SARIF name, the root as `log`. */
export function objectTypesOf(schema: JsonSchema): Map<string, JsonSchema> {
  const types = new Map<string, JsonSchema>([['log', schema]]);
  for (const [name, definition] of Object.entries(schema.definitions ?? {})) types.set(name, definition);
  return types;
}

/** `region` for `#/definitions/region`; any other reference is one that the SARIF schema does not have. */
export function definitionName(reference: string): string {
  const prefix = '#/definitions/';
  if (!reference.startsWith(prefix))
    throw new Error(`The schema holds the reference '${reference}', which is not one to a definition.`);
  return reference.slice(prefix.length);
}
