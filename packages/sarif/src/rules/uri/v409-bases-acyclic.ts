import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { defineRule } from '../rule.ts';

type Bases = Readonly<Record<string, Mutable<ArtifactLocation>>>;

/** Bases that are relative to each other are nowhere. */
export const basesAcyclic = defineRule({
  id: 'SF-V409',
  name: 'bases-acyclic',
  level: 'error',
  specSection: '3.14.14',
  summary: 'No base of originalUriBaseIds is relative to itself, directly or by way of others.',
  explanation: {
    cause: 'Bases were renamed or merged, and one was made relative to a base below it.',
    reason: 'Whoever resolves such a base never comes to an end, or to no place.',
    repair: "The base that closes the circle loses 'uri' and 'uriBaseId': it is a base whose place nobody knows.",
    before: '{ "A": { "uri": "x/", "uriBaseId": "B" }, "B": { "uri": "y/", "uriBaseId": "A" } }',
    after: '{ "A": { "uri": "x/", "uriBaseId": "B" }, "B": { } }',
  },
  visits: 'run',
  check({ originalUriBaseIds }, _visit, report) {
    if (originalUriBaseIds === undefined) return;
    for (const id of closingBases(originalUriBaseIds)) {
      const parent = originalUriBaseIds[id]?.uriBaseId as string;
      report({
        message: `The base '${id}' is relative to '${parent}', which is relative to '${id}'. Say where one of them is.`,
        at: ['originalUriBaseIds', id, 'uriBaseId'],
        value: parent,
        fix: {
          description: `'uri' and 'uriBaseId' of the base '${id}' are removed.`,
          apply(target) {
            const base = (target as { originalUriBaseIds: Bases }).originalUriBaseIds[id];
            delete base?.uri;
            delete base?.uriBaseId;
          },
        },
      });
    }
  },
});

/** One base of each circle. */
function closingBases(bases: Bases): string[] {
  const closing: string[] = [];
  const seen = new Set<string>();
  for (const start of Object.keys(bases)) {
    const chain = new Set<string>();
    let last = start;
    for (let id: string | undefined = start; id !== undefined && !seen.has(id) && Object.hasOwn(bases, id); ) {
      seen.add(id);
      chain.add(id);
      last = id;
      id = bases[id]?.uriBaseId;
    }
    const next = bases[last]?.uriBaseId;
    if (next !== undefined && chain.has(next)) closing.push(last);
  }
  return closing;
}
