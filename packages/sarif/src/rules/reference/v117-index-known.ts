import { defineRule, type FindingReport } from '../rule.ts';
import { type ReferenceHolder, referenceHolders, referencesIn } from './held-references.ts';

/** -1 is what an index is when it is not written. */
export const indexKnown = defineRule({
  id: 'SF-V117',
  name: 'index-known',
  level: 'note',
  specSection: '3.7.4',
  like: ['SARIF2004'],
  summary: 'An index that is unknown is left out, not written as -1.',
  explanation: {
    cause: 'The tool writes every member of its objects, defaults included.',
    reason: 'It makes the log longer, and a careless reader counts from the end with it.',
    repair: 'The index is removed, unless it is all that a reference says.',
    before: '{ "ruleId": "R1", "ruleIndex": -1 }',
    after: '{ "ruleId": "R1" }',
  },
  visits: [
    ...referenceHolders,
    'address',
    'artifact',
    'artifactLocation',
    'logicalLocation',
    'resultProvenance',
    'toolComponentReference',
    'webRequest',
    'webResponse',
  ],
  check(object, _visit, report) {
    const fields = object as Fields;
    for (const member of members) {
      if (fields[member] === -1) reportIndex(report, [member], member, () => delete fields[member]);
    }
    for (const { reference, at } of referencesIn(object as ReferenceHolder)) {
      if (reference.index !== -1) continue;
      const stays = reference.id !== undefined || reference.guid !== undefined;
      reportIndex(report, [...at, 'index'], 'index', stays ? () => delete reference.index : undefined);
    }
  },
});

type Fields = { [Member in (typeof members)[number]]?: unknown };

/** Of the objects themselves. A graph traversal has to have one of its indices, so -1 is no way to leave it out there. */
const members = ['index', 'ruleIndex', 'parentIndex', 'invocationIndex'] as const;

function reportIndex(
  report: FindingReport,
  at: readonly (string | number)[],
  member: string,
  remove: (() => void) | undefined,
): void {
  report({
    message: `${member} is -1, which says the same as no ${member} at all. Leave it out.`,
    at,
    value: -1,
    ...(remove === undefined ? {} : { fix: { description: `'${member}' is removed.`, apply: remove } }),
  });
}
