import { uriForm } from '../../run/uri-form.ts';
import { defineRule } from '../rule.ts';
import { isBaseDeclaration } from './base-declaration.ts';

/** Only the file system knows where `..` leads. */
export const noParentSegment = defineRule({
  id: 'SF-V407',
  name: 'no-parent-segment',
  level: 'warning',
  specSection: '3.10.2',
  like: ['SARIF1002'],
  summary: "The path of a uri has no '..' segment.",
  explanation: {
    cause:
      'The scanner ran in another folder than the root of the sources, and wrote paths relative to the folder it ran in.',
    reason:
      'With symbolic links, two such paths may be one file or one path two files; and a path that leaves the repository is found nowhere, or should not be.',
    repair:
      "None: '..' is never collapsed, because only the file system can tell what it stands for. Nothing outside the source root is ever opened.",
    before: '{ "artifactLocation": { "uri": "../shop/src/cart.js" } }',
    after: '{ "artifactLocation": { "uri": "src/cart.js" } }',
  },
  visits: 'artifactLocation',
  check({ uri }, visit, report) {
    if (uri === undefined || !uriForm(uri).hasParentSegment || isBaseDeclaration(visit)) return;
    report({
      message: `'${uri}' goes up with '..', and where to depends on the file system. Write a path from the root of the sources.`,
      at: ['uri'],
      value: uri,
    });
  },
});
