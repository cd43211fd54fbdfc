import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { fileUri } from '../../run/repository-path.ts';
import { uriForm } from '../../run/uri-form.ts';
import { repairUri } from '../../run/uri-repair.ts';
import { defineRule, type Visit } from '../rule.ts';

/** Relative to the root of what: of the file system, of the repository, of a host? */
export const noLeadingSlash = defineRule({
  id: 'SF-V406',
  name: 'no-leading-slash',
  level: 'error',
  specSection: '3.4.3',
  like: ['SARIF1004'],
  summary: 'A relative uri does not begin with a slash, unless it is that of a file inside another one.',
  explanation: {
    cause: 'The scanner wrote an absolute path of the file system where a URI belongs.',
    reason: 'As a reference it is relative, and the slash takes away all of the base but its scheme.',
    repair: 'It is taken for an absolute path, and becomes a file: URI without a base.',
    before: '{ "artifactLocation": { "uri": "/ci/shop/src/cart.js" } }',
    after: '{ "artifactLocation": { "uri": "file:///ci/shop/src/cart.js" } }',
  },
  visits: 'artifactLocation',
  check(location, visit, report) {
    const { uri } = location;
    if (uri === undefined || !isSlashed(uri) || isNested(location, visit)) return;
    report({
      message: `'${uri}' begins with a slash, so it is neither a relative path nor a whole URI. Write '${fileUri(uriForm(uri).repaired)}', or a path without the slash.`,
      at: ['uri'],
      value: uri,
      fix: { description: `'${fileUri(uriForm(uri).repaired)}' is written.`, apply: makeAbsolute },
    });
  },
});

function isSlashed(uri: string): boolean {
  return uriForm(uri).repaired.startsWith('/');
}

function makeAbsolute(target: object): void {
  const location = target as Mutable<ArtifactLocation>;
  if (location.uri === undefined || !isSlashed(location.uri)) return;
  location.uri = fileUri(repairUri(location.uri));
  delete location.uriBaseId;
}

/** A path inside a container may begin with the root of the container. */
function isNested({ index }: ArtifactLocation, { context, result, path }: Visit): boolean {
  const isOwn = result === undefined && path[0] === 'artifacts' && path.length === 3;
  return context.paths.isNested(isOwn ? (path[1] as number) : index);
}
