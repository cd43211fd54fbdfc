import { defineRule } from '../rule.ts';

/** What failed matters to somebody. */
export const failureSeverity = defineRule({
  id: 'SF-V202',
  name: 'failure-severity',
  level: 'warning',
  specSection: '3.27.10',
  summary: "A result of the kind fail has another level than 'none'.",
  explanation: {
    cause: "The rule's default level is none, or a finding was switched off by its level.",
    reason: "The level 'none' means that severity does not apply; platforms hide such results, or show them as severe.",
    repair: 'None: the level is kept, as nobody knows a better one.',
    before: '{ "level": "none", "message": { "text": "…" } }',
    after: '{ "kind": "informational", "level": "none", "message": { "text": "…" } }',
  },
  visits: 'result',
  check({ kind, level }, _visit, report) {
    if (level !== 'none' || (kind !== undefined && kind !== 'fail')) return;
    const said = kind === undefined ? "there is no kind, which means 'fail'" : "the kind is 'fail'";
    report({
      message: `The level is 'none', but ${said}. Write the level that the result has, or another kind.`,
      at: ['level'],
      value: level,
    });
  },
});
