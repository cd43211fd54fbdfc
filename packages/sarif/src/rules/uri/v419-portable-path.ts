import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import type { RepositoryPaths } from '../../run/repository-path.ts';
import { uriForm } from '../../run/uri-form.ts';
import { defineRule } from '../rule.ts';
import { namesFile } from './named-files.ts';

/** A path that means something on one computer alone. */
export const portablePath = defineRule({
  id: 'SF-V419',
  name: 'portable-path',
  level: 'note',
  specSection: '3.4.7',
  like: ['SARIF2016'],
  summary: 'A file is named by its path from the root of the sources.',
  explanation: {
    cause: 'The scanner ran with absolute paths, or named files relative to a folder below the root.',
    reason:
      'The file is found on the computer that ran the scan, and nowhere else; and the path may tell the name of the person who ran it.',
    repair:
      'Declared bases, the checkout root, mappedTo and the working directory are taken off. A file outside all of them keeps its absolute URI.',
    before: '{ "artifactLocation": { "uri": "file:///ci/shop/src/cart.js" } }',
    after: '{ "artifactLocation": { "uri": "src/cart.js" } }',
  },
  visits: 'artifactLocation',
  check(location, { context: { paths }, ownerKind }, report) {
    const { uri } = location;
    if (uri === undefined || !namesFile(ownerKind)) return;
    const { isPlain, isWindowsPath, hasDriveAsHost } = uriForm(uri);
    // What is no proper file: URI has rules of its own.
    if (isPlain || isWindowsPath || hasDriveAsHost || !/^file:/i.test(uri)) return;
    const relative = relativeOf(location, paths);
    report({
      message:
        relative === undefined
          ? `'${uri}' is found on one computer alone. Write a path from the root of the sources, and where that was in originalUriBaseIds.`
          : `'${uri}' is found on one computer alone. Write '${relative}'.`,
      at: ['uri'],
      value: uri,
      ...(relative !== undefined && {
        fix: { description: `'${relative}' is written.`, apply: (target) => makeRelative(target, paths) },
      }),
    });
  },
});

function relativeOf({ uri }: ArtifactLocation, paths: RepositoryPaths): string | undefined {
  if (uri === undefined) return undefined;
  const path = paths.of({ uri });
  return path?.scope === 'repository' && path.path !== '' ? path.path : undefined;
}

function makeRelative(target: object, paths: RepositoryPaths): void {
  const location = target as Mutable<ArtifactLocation>;
  const relative = relativeOf(location, paths);
  if (relative === undefined) return;
  location.uri = relative;
  delete location.uriBaseId;
}
