import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { isPlaceholder } from '../../run/no-file.ts';
import { uriForm } from '../../run/uri-form.ts';
import { repairUri } from '../../run/uri-repair.ts';
import { defineRule } from '../rule.ts';
import { namesFile } from './named-files.ts';
import { setUri, uriMembersOf } from './uri-members.ts';

/** What is no URI reference is read in as many ways as there are readers. */
export const uriReferenceValid = defineRule({
  id: 'SF-V401',
  name: 'uri-reference-valid',
  level: 'error',
  specSection: '3.10.1',
  like: ['SARIF1002'],
  summary: 'A URI is a URI reference of RFC 3986: what is neither allowed nor percent-encoded does not stand in it.',
  explanation: {
    cause:
      'The scanner wrote the name of a file as it is, without percent-encoding spaces, brackets or letters that are not ASCII.',
    reason: 'Readers that parse URIs refuse it, or find another file than the one that is meant.',
    repair:
      'The characters are percent-encoded; quotes and white space around the whole are taken off. A first segment with a colon gets ./ in front.',
    before: '{ "artifactLocation": { "uri": "src/my cart.js" } }',
    after: '{ "artifactLocation": { "uri": "src/my%20cart.js" } }',
  },
  visits: [
    'artifactLocation',
    'reportingDescriptor',
    'result',
    'toolComponent',
    'translationMetadata',
    'versionControlDetails',
  ],
  check(object, { ownerKind }, report) {
    const { uri } = object as ArtifactLocation;
    if (uri !== undefined) {
      const { misplaced, repaired } = uriForm(uri);
      if (misplaced === undefined || (namesFile(ownerKind) && isPlaceholder(uri))) return;
      report({
        message: messageOf(uri, misplaced, repaired),
        at: ['uri'],
        value: uri,
        fix: { description: `'${repaired}' is written.`, apply: repairOwnUri },
      });
      return;
    }
    for (const { uri: member, at } of uriMembersOf(object)) {
      const { misplaced, repaired, scheme } = uriForm(member);
      if (misplaced === undefined || scheme === undefined) continue;
      report({
        message: messageOf(member, misplaced, repaired),
        at,
        value: member,
        fix: { description: `'${repaired}' is written.`, apply: (target) => setUri(target, at, repaired) },
      });
    }
  },
});

function repairOwnUri(target: object): void {
  const location = target as Mutable<ArtifactLocation>;
  if (location.uri !== undefined) location.uri = repairUri(location.uri);
}

function messageOf(uri: string, misplaced: string, repaired: string): string {
  return `'${uri}' is no URI: ${nameOf(misplaced)} may not stand where it does. Write '${repaired}'.`;
}

function nameOf(character: string): string {
  if (character === ' ') return 'a space';
  const code = character.codePointAt(0) as number;
  if (code > 0x20 && code !== 0x7f) return `'${character}'`;
  return `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
