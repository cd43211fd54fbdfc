import type { PathSegment } from '../../json/pointer.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf } from './words.ts';

/** An array with fewer elements than it needs. */
export const minimumItems = defineStructureRule({
  id: 'SF-S207',
  name: 'minimum-items',
  level: 'error',
  specSection: '3.36.3',
  like: ['JSON1003'],
  summary: 'An array has as many elements as SARIF wants at least.',
  explanation: {
    cause: 'The producer wrote an empty code flow, fix or list of newline sequences.',
    reason: 'The object has no meaning without elements, and the schema rejects the log.',
    repair: 'The object that cannot do without the array is dropped; an optional array is removed.',
    before: '{ "codeFlows": [{ "threadFlows": [] }] }',
    after: '{ "codeFlows": [] }',
  },
  messages: {
    tooFew: (path: readonly PathSegment[], count: number, minimum: number) =>
      `${nameOf(path)} has ${count} elements, but SARIF wants at least ${minimum}. Add what is missing, or leave out what the array belongs to.`,
  },
});
