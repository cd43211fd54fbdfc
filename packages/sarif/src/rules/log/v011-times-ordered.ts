import type { Invocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { defineRule } from '../rule.ts';
import { isBefore } from './moment-order.ts';

/** Nothing ends before it begins. */
export const timesOrdered = defineRule({
  id: 'SF-V011',
  name: 'times-ordered',
  level: 'error',
  specSection: '3.20.8',
  like: ['SARIF1006'],
  summary: "An invocation's endTimeUtc is not before its startTimeUtc.",
  explanation: {
    cause:
      'One of the times is local and marked as UTC, the two are swapped, or one is the default of a type, such as year 1.',
    reason: 'Durations come out negative, and the run is sorted into the wrong place of its history.',
    repair: "'endTimeUtc' is removed.",
    before: '{ "startTimeUtc": "2026-01-02T10:00:00Z", "endTimeUtc": "2026-01-02T09:00:00Z", … }',
    after: '{ "startTimeUtc": "2026-01-02T10:00:00Z", … }',
  },
  visits: 'invocation',
  check({ startTimeUtc, endTimeUtc }, _visit, report) {
    if (startTimeUtc === undefined || endTimeUtc === undefined || !isBefore(endTimeUtc, startTimeUtc)) return;
    report({
      message: `'endTimeUtc' is before 'startTimeUtc' ${startTimeUtc}. Write both in UTC, or leave one out if it is unknown.`,
      at: ['endTimeUtc'],
      value: endTimeUtc,
      fix: {
        description: "'endTimeUtc' is removed.",
        apply(target) {
          delete (target as Mutable<Invocation>).endTimeUtc;
        },
      },
    });
  },
});
