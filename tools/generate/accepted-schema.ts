import type { JsonSchema, StringForm } from './json-schema.ts';

/**
 * Members whose `null` is accepted with a note, because the prose of SARIF allows it where the published schema
 * does not (rule SF-S201). `log.runs` is in the published schema too.
 */
export const nullAccepted: ReadonlySet<string> = new Set([
  'log.runs',
  'run.results',
  'result.suppressions',
  'result.workItemUris',
  'invocation.arguments',
  'invocation.responseFiles',
  'address.length',
  'address.offsetFromParent',
  'address.relativeAddress',
]);

/** Roles that section 3.24.6 defines and the published schema forgot (rule SF-S217). */
export const proseRoles: readonly string[] = ['conversionSource', 'externalPropertyFile'];

/** Members under the name that the prose uses, with the member of the published schema they stand for (rule SF-S217). */
export const proseMembers: Readonly<Record<string, { readonly [member: string]: string }>> = {
  attachment: { location: 'artifactLocation' },
  externalProperties: { $schema: 'schema' },
};

/** Strings that are dates by the prose (section 3.9) without a `format` in the published schema. */
const dateMembers: ReadonlySet<string> = new Set(['toolComponent.releaseDateUtc']);

/** Matches what `[^/]/.` matches, but in time that grows with the square of a text without a slash. */
const mediaTypePattern = '[^/]+/.+';

const guidPattern = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$';
const languagePattern = '^[a-zA-Z]{2}(-[a-zA-Z]{2})?$';

/**
 * The schema that Sariflow holds a log to: the published one with the nulls that the prose allows, any GUID version,
 * any RFC 5646 language, the dates of section 3.9, and uniqueness as our own linear keyword. URI formats are left to
 * the rules about URIs.
 */
export function acceptedSchema(facts: JsonSchema): JsonSchema {
  const schema = structuredClone(facts);
  delete schema.$schema;
  delete schema.id;
  delete schema.title;
  acceptObject('log', schema);
  for (const [name, definition] of Object.entries(schema.definitions ?? {})) acceptObject(name, definition);
  return schema;
}

/** The same without the nulls that deserve a note: what is proven clean has nothing to be said about. */
export function withoutProseNulls(accepted: JsonSchema): JsonSchema {
  const schema = structuredClone(accepted);
  for (const [name, definition] of [['log', schema] as const, ...Object.entries(schema.definitions ?? {})]) {
    for (const [member, value] of Object.entries(definition.properties ?? {})) {
      const at = `${name}.${member}`;
      if (nullAccepted.has(at) && at !== 'log.runs') value.type = typeOf(value, at);
    }
  }
  return schema;
}

function acceptObject(type: string, definition: JsonSchema): void {
  for (const [member, schema] of Object.entries(definition.properties ?? {})) {
    const at = `${type}.${member}`;
    if (nullAccepted.has(at)) schema.type = [typeOf(schema, at), 'null'];
    if (dateMembers.has(at)) schema.form = 'date-time';
    acceptValue(schema);
  }
}

function acceptValue(schema: JsonSchema): void {
  const form = formOf(schema);
  if (form !== undefined) {
    schema.form = form;
    if (form !== 'date-time') delete schema.pattern;
  }
  if (schema.pattern === mediaTypePattern) schema.pattern = '[^/]/.';
  delete schema.format;
  if (schema.uniqueItems === true) schema.distinct = true;
  delete schema.uniqueItems;
  if (schema.minItems === 0) delete schema.minItems;
  if (schema.items !== undefined) acceptValue(schema.items);
  if (typeof schema.additionalProperties === 'object') acceptValue(schema.additionalProperties);
}

function formOf(schema: JsonSchema): StringForm | undefined {
  if (schema.format === 'date-time') return 'date-time';
  if (schema.pattern === guidPattern) return 'guid';
  if (schema.pattern === languagePattern) return 'language';
  return undefined;
}

function typeOf(schema: JsonSchema, at: string): string {
  const type = Array.isArray(schema.type) ? schema.type.find((name) => name !== 'null') : schema.type;
  if (type === undefined) throw new Error(`'${at}' has no type in the schema, so it cannot be made to accept null.`);
  return type;
}
