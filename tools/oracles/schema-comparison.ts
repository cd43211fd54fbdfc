import type { Diagnostic } from '../../packages/sarif/src/index.ts';
import { segmentsOf } from '../../packages/sarif/src/json/pointer.ts';
import { schemaDifferences } from './differences.ts';
import { ourDiagnostics } from './our-diagnostics.ts';
import { parsed } from './parsed.ts';
import { publishedSchemaErrors, type SchemaError } from './published-schema.ts';

/** What one side says of a place and the other does not. */
export type Disagreement =
  | {
      readonly side: 'schema';
      readonly error: SchemaError;
      readonly value: unknown;
      /** What Sariflow says about the same place all the same. */
      readonly said: readonly Diagnostic[];
    }
  | { readonly side: 'sariflow'; readonly diagnostic: Diagnostic; readonly value: unknown };

export interface SchemaComparison {
  /** Whether the document is JSON that both sides went through. */
  readonly compared: boolean;
  /** Defects that both sides named at the same place. */
  readonly agreed: number;
  /** Ids of the deliberate differences that were met. */
  readonly differences: readonly string[];
  /** What no deliberate difference covers, as lines to read. */
  readonly unexplained: readonly string[];
}

/** Our rules that say of a place what a keyword of JSON Schema says of it. */
const answers: Readonly<Record<string, readonly string[]>> = {
  type: ['SF-S201', 'SF-S202', 'SF-S215', 'SF-S216'],
  required: ['SF-S203', 'SF-V304'],
  additionalProperties: ['SF-S204'],
  enum: ['SF-S205', 'SF-V003'],
  minimum: ['SF-S206'],
  maximum: ['SF-S206'],
  minItems: ['SF-S207'],
  uniqueItems: ['SF-S208'],
  pattern: ['SF-S205', 'SF-S209', 'SF-S211'],
  anyOf: ['SF-S203', 'SF-S212', 'SF-S213', 'SF-S214', 'SF-V304', 'SF-V901'],
  oneOf: ['SF-S203'],
  'format date-time': ['SF-S210'],
  'format uri': ['SF-V401', 'SF-V402', 'SF-V403', 'SF-V416', 'SF-V002'],
  'format uri-reference': ['SF-V401', 'SF-V402', 'SF-V403'],
};

/** Holds what Sariflow says about the structure of a document against what ajv says with the published schema, place by place. */
export async function compareWithSchema(bytes: Uint8Array): Promise<SchemaComparison> {
  const diagnostics = await ourDiagnostics(bytes);
  const document = parsed(bytes);
  if (document === undefined) {
    const refused = diagnostics.some(({ ruleId, level }) => ruleId.startsWith('SF-P') && level === 'error');
    return withoutDocument(refused ? [] : ['JSON.parse refuses the bytes, Sariflow does not.']);
  }
  const errors = publishedSchemaErrors(document);
  const ended = diagnostics.find(({ ruleId, level }) => ruleId.startsWith('SF-P') && level === 'error');
  if (ended !== undefined) {
    // What is no log, or another tool's report, has to be wrong as a whole for ajv, too.
    const isAgreed = ['SF-P115', 'SF-P117'].includes(ended.ruleId) && errors.some(({ pointer }) => pointer === '');
    const line = `JSON.parse accepts the bytes, Sariflow says ${ended.ruleId}: ${ended.message}`;
    return isAgreed ? { ...withoutDocument([]), agreed: 1 } : withoutDocument([line]);
  }

  const differences = new Set<string>();
  const unexplained: string[] = [];
  let agreed = 0;
  for (const disagreement of disagreementsOf(errors, diagnostics, document)) {
    if (disagreement === 'agreed') agreed += 1;
    else {
      const covering = schemaDifferences.filter(({ covers }) => covers(disagreement));
      for (const { id } of covering) differences.add(id);
      if (covering.length === 0) unexplained.push(lineOf(disagreement));
    }
  }
  return { compared: true, agreed, differences: [...differences], unexplained };
}

function withoutDocument(unexplained: readonly string[]): SchemaComparison {
  return { compared: false, agreed: 0, differences: [], unexplained };
}

function* disagreementsOf(
  errors: readonly SchemaError[],
  diagnostics: readonly Diagnostic[],
  document: unknown,
): Generator<Disagreement | 'agreed'> {
  const ours = Map.groupBy(diagnostics, ({ ruleId, pointer }) => (ruleId === 'SF-S208' ? parentOf(pointer) : pointer));
  const theirs = Map.groupBy(errors, ({ pointer }) => pointer);
  for (const error of errors) {
    const said = ours.get(error.pointer) ?? [];
    const rules = answers[keyOf(error)] ?? [];
    const value = valueAt(document, error.pointer);
    if (said.some(({ ruleId, level }) => level !== 'note' && rules.includes(ruleId))) yield 'agreed';
    else yield { side: 'schema', error, value, said };
  }
  for (const diagnostic of diagnostics) {
    const { ruleId, level, pointer } = diagnostic;
    if (!ruleId.startsWith('SF-S') || level === 'note') continue;
    const at = theirs.get(ruleId === 'SF-S208' ? parentOf(pointer) : pointer) ?? [];
    if (at.some((error) => answers[keyOf(error)]?.includes(ruleId) === true)) continue;
    yield { side: 'sariflow', diagnostic, value: valueAt(document, pointer) };
  }
}

function keyOf({ keyword, detail }: SchemaError): string {
  return keyword === 'format' ? `format ${detail}` : keyword;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const segment of segmentsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}

function lineOf(disagreement: Disagreement): string {
  const value = JSON.stringify(disagreement.value)?.slice(0, 120);
  if (disagreement.side === 'schema') {
    const { keyword, detail, pointer } = disagreement.error;
    const said = disagreement.said.map(({ ruleId }) => ruleId).join(', ');
    return `only ajv: ${keyword} ${detail} at '${pointer}', which is ${value}; Sariflow says there: ${said || 'nothing'}`;
  }
  const { ruleId, pointer, message } = disagreement.diagnostic;
  return `only Sariflow: ${ruleId} at '${pointer}', which is ${value}: ${message}`;
}
