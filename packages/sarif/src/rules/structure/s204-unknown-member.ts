import type { PathSegment } from '../../json/pointer.ts';
import { defineStructureRule } from './structure-rule.ts';
import { quoted } from './words.ts';

/** A member that SARIF does not define. */
export const unknownMember = defineStructureRule({
  id: 'SF-S204',
  name: 'unknown-member',
  level: 'warning',
  specSection: '3.8',
  like: ['JSON1005'],
  summary: 'An object has only members that SARIF defines; everything else goes into its property bag.',
  explanation: {
    cause: 'A misspelt name, a member of an older SARIF version, or data of the tool outside a property bag.',
    reason:
      'The schema closes every object but the property bags, so strict consumers reject the log, and the others ignore the member.',
    repair: 'The member is removed. To keep the data, write it into "properties".',
    before: '{ "ruleId": "R1", "severity": "high", "message": { "text": "Unused variable." } }',
    after: '{ "ruleId": "R1", "properties": { "severity": "high" }, "message": { "text": "Unused variable." } }',
  },
  messages: {
    unknown: (path: readonly PathSegment[], owner: string, nearest: string | undefined) => {
      const name = quoted(String(path.at(-1)));
      const advice = nearest === undefined ? "Move it into 'properties', or remove it." : `Did you mean '${nearest}'?`;
      return `SARIF knows no member ${name} in ${owner}. ${advice}`;
    },
  },
  repair({ path }, { document }) {
    document.remove(path);
    return { done: 'Removed the member, which SARIF does not define.' };
  },
});
