import { _, Ajv, type KeywordCxt, Name } from 'ajv';
import ajvStandalone from 'ajv/dist/standalone/index.js';
import { isDateTime } from '../../packages/sarif/src/schema/date-time.ts';
import { hasDistinctItems } from '../../packages/sarif/src/schema/distinct-items.ts';
import { isGuid } from '../../packages/sarif/src/schema/guid.ts';
import { isLanguageTag } from '../../packages/sarif/src/schema/language-tag.ts';
import type { JsonSchema, StringForm } from './json-schema.ts';

type Check = (value: never) => boolean;

/** The functions that the compiled code calls, under the names it imports them by. */
const formChecks: Readonly<Record<StringForm, { readonly name: string; readonly ref: Check }>> = {
  'date-time': { name: 'isDateTime', ref: isDateTime },
  guid: { name: 'isGuid', ref: isGuid },
  language: { name: 'isLanguageTag', ref: isLanguageTag },
};

const imports = [
  "import { isDateTime } from './date-time.ts';",
  "import { hasDistinctItems } from './distinct-items.ts';",
  "import { isGuid } from './guid.ts';",
  "import { isLanguageTag } from './language-tag.ts';",
];

/**
 * A module of functions that prove a value to follow the accepted schema: `provesLog`, `provesRun` and `provesResult`,
 * each `(value) => boolean`. They stop at the first defect, because saying what is wrong is the work of another part.
 */
export function proofsModule(schema: JsonSchema): string {
  const ajv = new Ajv({
    strict: false,
    // Calls are faster than copies of the small schemas in every place.
    inlineRefs: false,
    strictNumbers: true,
    validateSchema: false,
    validateFormats: false,
    messages: false,
    logger: false,
    code: { esm: true, source: true, lines: false },
  });
  ajv.addKeyword({ keyword: 'form', type: 'string', schemaType: 'string', code: checkForm });
  ajv.addKeyword({ keyword: 'distinct', type: 'array', schemaType: 'boolean', code: checkDistinct });
  ajv.addSchema({ $id: 'log', ...schema });
  ajv.addSchema({ $id: 'run', $ref: 'log#/definitions/run' });
  ajv.addSchema({ $id: 'result', $ref: 'log#/definitions/result' });
  const standalone = ajvStandalone.default;
  const code = standalone(ajv, { provesLog: 'log', provesRun: 'run', provesResult: 'result' });
  const leftover = /\brequire\s*\(/.exec(code);
  if (leftover !== null) throw new Error('The compiled code loads a module at run time; it has to stand alone.');
  return `${imports.join('\n')}\n${code.replace(/^"use strict";/, '')}\n`;
}

function checkForm(context: KeywordCxt): void {
  const { name, ref } = formChecks[context.schema as StringForm];
  const check = context.gen.scopeValue('func', { ref, code: _`${new Name(name)}` });
  context.fail(_`!${check}(${context.data})`);
}

function checkDistinct(context: KeywordCxt): void {
  const check = context.gen.scopeValue('func', { ref: hasDistinctItems, code: _`${new Name('hasDistinctItems')}` });
  context.fail(_`${context.data}.length > 1 && !${check}(${context.data})`);
}
