/**
 * Compiles `packages/sarif/src/model/schema.json` ahead of time into the code and the table that the validator uses:
 *
 *     node tools/generate/validators.ts
 *
 * The build of @sariflow/sarif runs it; what it writes is not checked in. Nothing is written when it is up to date.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { acceptedSchema, withoutProseNulls } from './accepted-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { proofsModule } from './proofs.ts';
import { recogniserModule } from './recogniser.ts';
import { shapesOf } from './shapes.ts';
import { portableProgram, webAssemblyModule } from './web-assembly.ts';

const sarifSource = new URL('../../packages/sarif/src/', import.meta.url);

const facts = JSON.parse(readFileSync(new URL('model/schema.json', sarifSource), 'utf8')) as JsonSchema;
const schema = acceptedSchema(facts);

writeIfChanged(
  'schema/validators.generated.ts',
  `// @ts-nocheck\n// Compiled by tools/generate/validators.ts. Do not edit.\n${proofsModule(withoutProseNulls(schema))}`,
);
writeIfChanged(
  'schema/shapes.generated.ts',
  [
    '// Written by tools/generate/validators.ts. Do not edit.',
    "import type { ObjectShape } from './shape.ts';",
    '',
    '/** Every SARIF object by its name, the root as `log`. */',
    `export const shapes: Readonly<Record<string, ObjectShape>> = ${JSON.stringify(shapesOf(schema), null, 2)};`,
    '',
  ].join('\n'),
);
writeIfChanged(
  'recognise/portable/objects.generated.ts',
  `// @ts-nocheck\n// Written by tools/generate/validators.ts. Do not edit.\n${recogniserModule(shapesOf(schema))}`,
);

await writeWebAssembly();

/** Compiling takes seconds, so the text says which sources it comes from. */
async function writeWebAssembly(): Promise<void> {
  const path = 'recognise/web-assembly.generated.ts';
  const program = portableProgram();
  const digest = createHash('sha256').update(program).digest('hex');
  const head = `// Compiled by tools/generate/validators.ts from sources with the SHA-256 ${digest}. Do not edit.\n`;
  const url = new URL(path, sarifSource);
  if (existsSync(url) && readFileSync(url, 'utf8').startsWith(head)) return;
  const base64 = Buffer.from(await webAssemblyModule(program)).toString('base64');
  writeIfChanged(
    path,
    `${head}/** The recogniser as a WebAssembly module, in base64. */\nexport const webAssemblyBase64 =\n  '${base64}';\n`,
  );
}

function writeIfChanged(path: string, text: string): void {
  const url = new URL(path, sarifSource);
  if (existsSync(url) && readFileSync(url, 'utf8') === text) return;
  writeFileSync(url, text);
}
