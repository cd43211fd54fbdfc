import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { pointerOf } from '../../packages/sarif/src/json/pointer.ts';
import { isRfc3339DateTime, isUri, isUriReference } from './string-formats.ts';

/** One sentence of a general validator about a document. */
export interface SchemaError {
  /** Of JSON Schema: `type`, `required`, `format`… */
  readonly keyword: string;
  /** The offending value; for a member that is missing, the object that lacks it. */
  readonly pointer: string;
  /** The member that is missing or not defined, the format or pattern that is not met. */
  readonly detail: string;
}

const {
  id: _id,
  $schema: _schema,
  ...facts
} = JSON.parse(readFileSync(new URL('../../packages/sarif/src/model/schema.json', import.meta.url), 'utf8'));

const ajv = new Ajv({
  // The schema is one of draft 4, of which ajv lacks nothing that occurs in it.
  strict: false,
  // What is too large for a number of JavaScript is none, for both sides.
  strictNumbers: true,
  validateSchema: false,
  allErrors: true,
  logger: false,
  formats: { uri: isUri, 'uri-reference': isUriReference, 'date-time': isRfc3339DateTime },
});
const isLog = ajv.compile(facts);

/** The library by which ajv compares elements calls these members, whatever they are. */
const calledNames: ReadonlySet<string> = new Set(['constructor', 'toString', 'valueOf']);

/** Stands in front of such a name: no name begins with it by chance. */
const mark = '\uE000';

/** The same document with other names in place of those that ajv cannot bear. */
function bearable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(bearable);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [calledNames.has(name) ? mark + name : name, bearable(member)]),
  );
}

/** Everything that ajv says about a document with the published schema; nothing when it is valid. */
export function publishedSchemaErrors(document: unknown): SchemaError[] {
  if (isLog(bearable(document))) return [];
  const errors = isLog.errors ?? [];
  const ofWrongType = new Set(
    errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath),
  );
  return (
    errors
      // What each branch of an alternative lacks is no defect of its own, nor is it that a value of the wrong type has no right word.
      .filter(({ schemaPath }) => !/\/(?:anyOf|oneOf)\/\d+\//.test(schemaPath))
      .filter(({ keyword, instancePath }) => keyword === 'type' || !ofWrongType.has(instancePath))
      .map(({ keyword, instancePath, params }) => {
        const unknown = params['additionalProperty'];
        const pointer = unknown === undefined ? instancePath : `${instancePath}${pointerOf([unknown])}`;
        const detail = unknown ?? params['missingProperty'] ?? params['format'] ?? params['pattern'] ?? '';
        return { keyword, pointer: pointer.replaceAll(mark, ''), detail: String(detail).replaceAll(mark, '') };
      })
  );
}
