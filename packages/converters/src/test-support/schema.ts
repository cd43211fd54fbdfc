import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';

const { Ajv } = createRequire(import.meta.url)('ajv') as typeof import('ajv');
const schemaUrl = new URL('../../../sarif/src/model/schema.json', import.meta.url);

let compiled: ValidateFunction | undefined;

/** What the schema of SARIF 2.1.0 says against a log: an oracle that shares no code with the packages. */
export function schemaErrors(log: unknown): string[] {
  compiled ??= compile();
  // As it is written to a file: members that are undefined are not there.
  if (compiled(JSON.parse(named(JSON.stringify(log))))) return [];
  return (compiled.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Ajv compares values with their own methods, and calls what a property bag may have under these names. */
function named(json: string): string {
  return json.replace(/"(toString|valueOf|constructor)":/g, '"$1 ":');
}

function compile(): ValidateFunction {
  const schema = JSON.parse(readFileSync(schemaUrl, 'utf8')) as Record<string, unknown>;
  // Draft 4, of which it uses only what later drafts kept.
  const { $schema: _draft, id: _id, ...rest } = schema;
  return new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(rest);
}
