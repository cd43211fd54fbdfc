import { isRootName } from '../../run/repository-path.ts';
import { defineRule } from '../rule.ts';

/** A base that nobody says the place of. */
export const baseDeclared = defineRule({
  id: 'SF-V408',
  name: 'base-declared',
  level: 'warning',
  specSection: '3.4.4',
  summary: 'Each uriBaseId that a run uses is declared in its originalUriBaseIds.',
  explanation: {
    cause:
      'The scanner uses a name that it takes for granted, such as %SRCROOT%, and leaves it to the reader to know what it means.',
    reason: 'A reader that does not know the name cannot find the file.',
    repair:
      'None: names that mean the root of the sources by convention (%SRCROOT%, SRCROOT, ROOTPATH, PROJECTROOT, REPOROOT, PWD) are read as that. With any other, the location stays relative to it.',
    before: '{ "uri": "src/cart.js", "uriBaseId": "%SRCROOT%" }',
    after: '{ "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "The root of the sources." } } }, … }',
  },
  visits: 'artifactLocation',
  check({ uriBaseId }, { context }, report) {
    if (uriBaseId === undefined) return;
    const { originalUriBaseIds } = context.run;
    if (originalUriBaseIds !== undefined && Object.hasOwn(originalUriBaseIds, uriBaseId)) return;
    const meaning = isRootName(uriBaseId) ? ' It is taken for the root of the sources.' : '';
    report({
      message: `The base id '${uriBaseId}' is not declared in originalUriBaseIds.${meaning} Declare it there, with or without a 'uri'.`,
      at: ['uriBaseId'],
      value: uriBaseId,
    });
  },
});
