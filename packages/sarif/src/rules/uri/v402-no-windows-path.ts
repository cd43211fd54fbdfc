import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { uriForm } from '../../run/uri-form.ts';
import { repairUri } from '../../run/uri-repair.ts';
import { defineRule } from '../rule.ts';

/** A drive letter reads as a scheme, and a back-slash is no separator. */
export const noWindowsPath = defineRule({
  id: 'SF-V402',
  name: 'no-windows-path',
  level: 'error',
  specSection: '3.10.2',
  summary: 'The uri of a location is a URI, not a path as Windows writes it.',
  explanation: {
    cause: 'The scanner ran on Windows and wrote the path of the file where a URI belongs.',
    reason:
      "'C:/shop/cart.js' has the scheme 'c' for every reader of URIs, and a back-slash does not separate segments.",
    repair:
      'A path with a drive or a network share becomes a file: URI; back-slashes become slashes, unless the path has slashes as well: then they belong to a name.',
    before: '{ "artifactLocation": { "uri": "C:\\\\shop\\\\cart.js" } }',
    after: '{ "artifactLocation": { "uri": "file:///C:/shop/cart.js" } }',
  },
  visits: 'artifactLocation',
  check({ uri }, _visit, report) {
    if (uri === undefined) return;
    const { isWindowsPath, repaired } = uriForm(uri);
    if (!isWindowsPath) return;
    report({
      message: `'${uri}' is a path of Windows, not a URI. Write '${repaired}'.`,
      at: ['uri'],
      value: uri,
      fix: {
        description: `'${repaired}' is written.`,
        apply(target) {
          const location = target as Mutable<ArtifactLocation>;
          if (location.uri !== undefined) location.uri = repairUri(location.uri);
        },
      },
    });
  },
});
