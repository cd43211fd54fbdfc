import type { PathSegment } from '../../json/pointer.ts';
import { repairedDateTime } from '../../schema/date-time.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf, quoted } from './words.ts';

/** A date or time that is not in UTC, or not in the form that SARIF gives it. */
export const dateTimeForm = defineStructureRule({
  id: 'SF-S210',
  name: 'date-time-form',
  level: 'warning',
  specSection: '3.9',
  like: ['JSON1024'],
  summary: 'A date is YYYY-MM-DD, alone or with a time in UTC: T, hour and minute, optional seconds and fraction, Z.',
  explanation: {
    cause: "The producer wrote local time, an offset, a locale's format, or a text.",
    reason: 'Times of different runs are compared as they stand; SARIF allows UTC alone.',
    repair: 'An offset is converted to UTC; a time without a zone is taken as UTC; what names no moment is dropped.',
    before: '{ "endTimeUtc": "2016-02-08T16:08:25+02:00" }',
    after: '{ "endTimeUtc": "2016-02-08T14:08:25Z" }',
  },
  messages: {
    notDateTime: (path: readonly PathSegment[], value: unknown) =>
      `${nameOf(path)} is ${quoted(value)}, which is not a date or UTC time of SARIF. Write it like 2016-02-08T16:08:25Z, or leave it out.`,
  },
  repair({ path, value }, { document }) {
    const repaired = typeof value === 'string' ? repairedDateTime(value) : undefined;
    if (repaired === undefined) return 'drop';
    document.set(path, repaired);
    return { done: `Replaced ${quoted(value)} by ${quoted(repaired)}.` };
  },
});
