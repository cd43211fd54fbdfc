import type { PathSegment } from '../../json/pointer.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf } from './words.ts';

/** `null` where SARIF wants the member to be left out. */
export const explicitNull = defineStructureRule({
  id: 'SF-S202',
  name: 'explicit-null',
  level: 'warning',
  specSection: '3.7',
  like: ['JSON1001'],
  summary: 'A member without a value is left out, not written as null.',
  explanation: {
    cause: 'A serializer writes unset members as null.',
    reason: 'The schema gives these members a type that null does not have, so strict consumers reject the log.',
    repair: 'The member is removed, which is what null means here.',
    before: '{ "ruleId": "R1", "level": null, "message": { "text": "Unused variable." } }',
    after: '{ "ruleId": "R1", "message": { "text": "Unused variable." } }',
  },
  messages: {
    isNull: (path: readonly PathSegment[]) => `${nameOf(path)} is null. Leave the member out when there is no value.`,
  },
  repair({ path }, { document }) {
    document.remove(path);
    return { done: 'Removed the member, whose value was null.' };
  },
});
