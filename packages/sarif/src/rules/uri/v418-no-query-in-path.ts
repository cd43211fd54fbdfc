import { uriForm } from '../../run/uri-form.ts';
import { defineRule } from '../rule.ts';
import { isBaseDeclaration } from './base-declaration.ts';

/** Files have neither queries nor fragments. */
export const noQueryInPath = defineRule({
  id: 'SF-V418',
  name: 'no-query-in-path',
  level: 'warning',
  specSection: '3.10.1',
  summary: 'The uri of a file has neither a query nor a fragment.',
  explanation: {
    cause:
      "The name of the file has a '?' or a '#', and the scanner did not encode it; or it wrote a place in the file into the uri.",
    reason: "What follows the character is no part of the path: readers look for 'src/a' where 'src/a#1.js' is meant.",
    repair: 'None: whether the character belongs to the name, only the file system can tell.',
    before: '{ "artifactLocation": { "uri": "src/cart#1.js" } }',
    after: '{ "artifactLocation": { "uri": "src/cart%231.js" } }',
  },
  visits: 'artifactLocation',
  check({ uri }, visit, report) {
    if (uri === undefined) return;
    const { hasQueryOrFragment, scheme, repaired } = uriForm(uri);
    if (!hasQueryOrFragment || (scheme !== undefined && scheme !== 'file') || isBaseDeclaration(visit)) return;
    const encoded = repaired.replaceAll('?', '%3F').replaceAll('#', '%23');
    report({
      message: `'${uri}' has a query or a fragment, which files do not have. Write '${encoded}' if the character belongs to the name.`,
      at: ['uri'],
      value: uri,
    });
  },
});
