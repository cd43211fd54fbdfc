import type { JsonObject } from './json-text.ts';

/** Ways in which tools get results wrong. Each breaks one thing and leaves the rest of the result as it was. */
export const defects: readonly ((result: JsonObject) => JsonObject)[] = [
  (result) => ({ ...result, level: 'fatal' }),
  (result) => ({ ...result, ruleIndex: 999_999 }),
  (result) => ({ ...result, kind: 'Fail' }),
  (result) => ({ ...result, message: {} }),
  (result) => ({ ...result, message: 'A message is an object.' }),
  (result) => without(result, 'message'),
  (result) => ({ ...result, locations: [locationWith({ startLine: 0 })] }),
  (result) => ({ ...result, locations: [locationWith({ startLine: 20, endLine: 10 })] }),
  (result) => ({ ...result, locations: [{ physicalLocation: { artifactLocation: { uri: 'C:\\src\\a file.ts' } } }] }),
  (result) => ({ ...result, properties: { tags: ['twice', 'twice'] } }),
];

function locationWith(region: JsonObject): JsonObject {
  return { physicalLocation: { artifactLocation: { uri: 'src/broken.ts' }, region } };
}

function without(object: JsonObject, member: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== member));
}
