import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { uriForm } from '../../run/uri-form.ts';
import { defineRule } from '../rule.ts';
import { isBaseDeclaration } from './base-declaration.ts';

/** An absolute URI is relative to nothing. */
export const baseWithRelativeUri = defineRule({
  id: 'SF-V405',
  name: 'base-with-relative-uri',
  level: 'error',
  specSection: '3.4.4',
  like: ['SARIF1004'],
  summary: "A location with 'uriBaseId' has a relative 'uri'.",
  explanation: {
    cause: 'The scanner writes the same base id into every location, whether its uri is relative or not.',
    reason: 'Readers that put the base in front of the uri make a URI of it that leads nowhere.',
    repair: "'uriBaseId' is removed: an absolute URI says all there is to say.",
    before: '{ "uri": "file:///ci/shop/src/cart.js", "uriBaseId": "SRCROOT" }',
    after: '{ "uri": "file:///ci/shop/src/cart.js" }',
  },
  visits: 'artifactLocation',
  check({ uri, uriBaseId }, visit, report) {
    if (uri === undefined || uriBaseId === undefined || isBaseDeclaration(visit)) return;
    if (uriForm(uri).scheme === undefined) return;
    report({
      message: `'${uri}' is absolute, so it cannot be relative to '${uriBaseId}'. Remove 'uriBaseId', or write a relative 'uri'.`,
      at: ['uriBaseId'],
      value: uriBaseId,
      fix: {
        description: "'uriBaseId' is removed.",
        apply(target) {
          delete (target as Mutable<ArtifactLocation>).uriBaseId;
        },
      },
    });
  },
});
