import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import type { RepositoryPaths } from '../../run/repository-path.ts';
import { relativeUriOf } from '../../run/result-file.ts';
import { defineRule } from '../rule.ts';

/** Places that GitHub shows: everything else of a result it does not read. */
const shown: ReadonlySet<unknown> = new Set(['locations', 'relatedLocations', 'codeFlows']);

/** Files are compared with those of the checkout, whose URI is a `file:` URI. */
export const checkoutScheme = defineRule({
  id: 'SF-G010',
  name: 'checkout-scheme',
  level: 'error',
  specSection: '3.4.7',
  like: ['GitHub'],
  set: 'github',
  summary: 'The uri of a location is relative, or has the scheme of the checkout, which is file.',
  explanation: {
    cause:
      'The scanner wrote a path with a drive letter, which reads as a scheme, or the URL, package or archive in which it found the file.',
    reason:
      'GitHub code scanning compares absolute URIs with the URI of the checkout, and rejects a result whose scheme is another.',
    repair:
      'Roots that the log knows are taken off; a path with a drive letter becomes a file: URI, and other URIs lose their scheme. The original is kept in properties["sariflow/originalUri"].',
    before: '{ "artifactLocation": { "uri": "webpack:///src/cart.js" } }',
    after:
      '{ "artifactLocation": { "uri": "src/cart.js", "properties": { "sariflow/originalUri": "webpack:///src/cart.js" } } }',
  },
  visits: 'artifactLocation',
  check({ uri }, { context: { paths }, result, path }, report) {
    if (result === undefined || uri === undefined || !shown.has(path[0])) return;
    const named = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1];
    if (named === undefined || named.toLowerCase() === 'file') return;
    const isDrive = named.length === 1;
    report({
      message: isDrive
        ? `'${uri}' begins with a drive letter, which reads as the scheme '${named}'. Write a path from the root of the repository.`
        : `'${uri}' has the scheme '${named}', but files of the checkout have the scheme 'file'. Write a path from the root of the repository.`,
      at: ['uri'],
      value: uri,
      fix: {
        description: "The 'uri' is written as a path, or as a file: URI.",
        apply: (target) => makeRelative(target as Mutable<ArtifactLocation>, paths),
      },
    });
  },
});

function makeRelative(location: Mutable<ArtifactLocation>, paths: RepositoryPaths): void {
  const { uri } = location;
  if (uri === undefined) return;
  const path = paths.of({ uri });
  location.uri = path === undefined || path.scope === 'remote' ? relativeUriOf(location, paths) : path.path;
  delete location.uriBaseId;
  // The artifact that an index points to has the name as it was.
  delete location.index;
  location.properties = { 'sariflow/originalUri': uri, ...location.properties };
}
