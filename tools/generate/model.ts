/**
 * Writes what the project keeps of the official SARIF 2.1.0 schema: the TypeScript types and the schema's facts.
 *
 *     node tools/generate/model.ts path/to/sarif-schema-2.1.0.json
 *
 * Run it when OASIS publishes new errata; commit what it writes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { factsOf, type JsonSchema } from './json-schema.ts';
import { typesOf } from './model-types.ts';

const modelDirectory = new URL('../../packages/sarif/src/model/', import.meta.url);

const path = process.argv[2];
if (path === undefined) {
  process.stderr.write('Which schema? Usage: node tools/generate/model.ts path/to/sarif-schema-2.1.0.json\n');
  process.exit(2);
}

const facts = factsOf(JSON.parse(readFileSync(path, 'utf8')) as JsonSchema);
if (facts.definitions?.['result'] === undefined) {
  process.stderr.write(`${path} is not the SARIF 2.1.0 schema: it defines no 'result'.\n`);
  process.exit(2);
}
writeFileSync(new URL('schema.json', modelDirectory), `${JSON.stringify(facts, null, 2)}\n`);
writeFileSync(new URL('sarif.generated.ts', modelDirectory), typesOf(facts));
