import type { PathSegment } from '../../json/pointer.ts';
import { filledMember } from '../../schema/filled-member.ts';
import { defineStructureRule } from './structure-rule.ts';
import { listOf, nameOf, quoted } from './words.ts';

/** An object without a member that it cannot do without. */
export const requiredMember = defineStructureRule({
  id: 'SF-S203',
  name: 'required-member',
  level: 'error',
  specSection: '3.7.1',
  like: ['JSON1002'],
  summary: 'An object has the members that SARIF requires of it.',
  explanation: {
    cause: 'The producer left out a member that is not optional.',
    reason: 'Without it the object has no meaning, and the schema rejects the log.',
    repair:
      "The smallest unit that can be left out is dropped: a property, a location, a result, a run or the log. A result's missing message becomes the rule's text or id; what stands in tool itself becomes its driver; in arrays that indices point into, the element stays and the member gets a neutral value.",
    before: '{ "frames": [{}] , "fixes": [{ "description": { "text": "Remove it." } }] }',
    after: '{ "frames": [{}], "fixes": [] }',
  },
  messages: {
    missing: (path: readonly PathSegment[], member: string) =>
      `${nameOf(path)} lacks the required member '${member}'. Add it.`,
    oneOfMissing: (path: readonly PathSegment[], members: readonly string[]) =>
      `${nameOf(path)} needs ${listOf(members)}. Add one of them.`,
    moreThanOne: (path: readonly PathSegment[], members: readonly string[]) =>
      `${nameOf(path)} needs exactly one of ${listOf(members)}, and has several. Keep one.`,
  },
  repair({ path, memberMissing, owner, value: given }, context) {
    if (memberMissing === undefined || owner === undefined) return 'drop';
    const value = filledMember(owner, memberMissing, path, context, given);
    if (value === undefined) return 'drop';
    context.document.set([...path, memberMissing], value);
    return { done: `Added '${memberMissing}' as ${quoted(value)}.` };
  },
});
