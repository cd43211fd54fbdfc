import { misplacedCharacter } from './uri-syntax.ts';

/** Where the schema of SARIF 2.1.0 is found by most programs. */
export const schemaLocation = 'https://json.schemastore.org/sarif-2.1.0.json';

/** File names of the schema, wherever it is kept. A suffix such as `-rtm.5` names a draft. */
const schemaNames: ReadonlySet<string> = new Set(['sarif-2.1.0', 'sarif-schema-2.1.0']);

/**
 * Whether a `$schema` denotes the schema of SARIF 2.1.0 (section 3.13.3): an absolute http or https URI whose last segment is the
 * schema's file name. That takes in OASIS, the schema stores, the repository of the standard, and copies of it.
 */
export function denotesCurrentSchema(uri: string): boolean {
  if (!/^https?:\/\/[^/?#]/i.test(uri) || misplacedCharacter(uri) !== -1) return false;
  const end = uri.search(/[?#]/);
  const path = end === -1 ? uri : uri.slice(0, end);
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return schemaNames.has(name.endsWith('.json') ? name.slice(0, -'.json'.length) : name);
}
