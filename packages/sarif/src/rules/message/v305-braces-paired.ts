import type { PathSegment } from '../../json/pointer.ts';
import { placeholdersIn } from '../../run/message-placeholders.ts';
import { defineRule } from '../rule.ts';
import { isLookedUp, isString } from './visited-message.ts';

/** In a string that takes arguments a brace has a meaning. */
export const bracesPaired = defineRule({
  id: 'SF-V305',
  name: 'braces-paired',
  level: 'note',
  specSection: '3.11.5',
  summary: 'In a string that takes arguments each brace belongs to a placeholder or is doubled.',
  explanation: {
    cause: 'Code or data with braces was put into a string whose placeholders are written with braces.',
    reason: 'Readers of the log differ in what they make of such a brace.',
    repair: 'None: the brace is taken for itself.',
    before: '{ "text": "Close { before \'{0}\'.", "arguments": ["total"] }',
    after: '{ "text": "Close {{ before \'{0}\'.", "arguments": ["total"] }',
  },
  visits: ['message', 'multiformatMessageString'],
  check(value, { path }, report) {
    const takesArguments = isString(path) ? isLookedUp(path) : 'arguments' in value && value.arguments !== undefined;
    if (!takesArguments) return;
    for (const member of ['text', 'markdown'] as const) {
      const string = value[member];
      if (string === undefined) continue;
      const { loneBrace } = placeholdersIn(string);
      if (loneBrace === -1) continue;
      const at: PathSegment[] = [member];
      report({
        message: `The brace '${string[loneBrace]}' at position ${loneBrace + 1} belongs to no placeholder. Write it twice if it is meant as a brace.`,
        at,
        value: string,
      });
    }
  },
});
