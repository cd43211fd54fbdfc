import { defineRule } from '../rule.ts';

/** The platform does not apply SARIF's defaults: what is not written becomes HIGH. */
export const levelWritten = defineRule({
  id: 'SF-C008',
  name: 'level-written',
  level: 'warning',
  specSection: '3.27.10',
  set: 'cortex',
  summary: 'The result states its level, and it is not none.',
  explanation: {
    cause:
      "Many scanners leave the level to the rule's default configuration or to the default of the standard, which is warning.",
    reason:
      'Cortex reads error as HIGH, warning as MEDIUM and note as LOW. An absent level becomes that of the rule, or HIGH; none becomes HIGH.',
    repair:
      'The effective level is written. The level none becomes note, and the original is kept in properties["original/level"].',
    before: '{ "ruleId": "R1", "message": { "text": "…" } }',
    after: '{ "level": "warning", "ruleId": "R1", "message": { "text": "…" } }',
  },
  visits: 'result',
  check({ level }, _visit, report) {
    if (level === undefined) report({ message: 'The result has no level and may be shown as HIGH. Write one.' });
    else if (level === 'none') report({ message: "The level 'none' is shown as HIGH. Write 'note'.", at: ['level'] });
  },
});
