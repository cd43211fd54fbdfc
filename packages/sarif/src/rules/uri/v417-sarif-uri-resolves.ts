import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { sarifUriDefect } from '../../run/sarif-uri.ts';
import { uriForm } from '../../run/uri-form.ts';
import { defineRule } from '../rule.ts';

/** A pointer into the log that leads to nothing. */
export const sarifUriResolves = defineRule({
  id: 'SF-V417',
  name: 'sarif-uri-resolves',
  level: 'error',
  specSection: '3.10.3',
  like: ['SARIF1013'],
  summary: "A 'sarif:' URI is the JSON pointer of a place in the log.",
  explanation: {
    cause:
      'What the URI pointed to was filtered out or moved, or the pointer was written with a host, a query or a fragment.',
    reason: 'Nobody finds what it stands for.',
    repair: "'uri' is removed; a location that is left without an 'index' goes with it.",
    before: '{ "artifactLocation": { "uri": "sarif:/runs/0/artifacts/12" } }',
    after: '{ }',
  },
  visits: 'artifactLocation',
  check({ uri, index = -1 }, { context, ownerKind }, report) {
    // References to external properties are followed when the log is read, and judged there.
    if (uri === undefined || uriForm(uri).scheme !== 'sarif' || ownerKind === 'externalPropertyFileReference') return;
    const defect = sarifUriDefect(uri, context);
    if (defect === undefined) return;
    report({
      message:
        defect === 'form'
          ? `'${uri}' is no pointer into the log. Write 'sarif:' and a JSON pointer, such as sarif:/runs/0/artifacts/0, without host, query or fragment.`
          : `'${uri}' leads to nothing: the log has no such place. Correct it, or remove the location.`,
      at: ['uri'],
      value: uri,
      fix: {
        description: index < 0 ? 'The location is removed.' : "'uri' is removed.",
        apply(target) {
          delete (target as Mutable<ArtifactLocation>).uri;
        },
      },
    });
  },
});
