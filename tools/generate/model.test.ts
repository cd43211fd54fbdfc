import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { factsOf, type JsonSchema } from './json-schema.ts';
import { typesOf } from './model-types.ts';

const model = new URL('../../packages/sarif/src/model/', import.meta.url);
const facts = JSON.parse(readFileSync(new URL('schema.json', model), 'utf8')) as JsonSchema;

test('the checked-in types are those of the checked-in schema', () => {
  expect(typesOf(facts)).toBe(readFileSync(new URL('sarif.generated.ts', model), 'utf8'));
});

test('the facts hold no prose and no defaults, but every member of that name', () => {
  const schema: JsonSchema = {
    description: 'An object.',
    properties: { description: { type: 'string', description: 'Text.' }, default: { type: 'integer', default: -1 } },
  };
  expect(factsOf(schema)).toEqual({ properties: { description: { type: 'string' }, default: { type: 'integer' } } });
  expect(factsOf(facts)).toEqual(facts);
});

test('a schema with something new is refused instead of guessed at', () => {
  expect(() => typesOf({ definitions: { novelty: { type: 'object' } } })).toThrow(
    "The section that describes 'novelty'",
  );
  expect(() => typesOf({ properties: { odd: { type: 'quantum' } } })).toThrow("'log.odd'");
});
