import type { ReportingDescriptor } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { isToolRule } from '../../run/is-tool-rule.ts';
import { scoreOfWord } from '../../run/security-severity.ts';
import { defineRule } from '../rule.ts';

const property = 'security-severity';

/** The score of a rule is written as a string. */
export const numericSecuritySeverity = defineRule({
  id: 'SF-G011',
  name: 'numeric-security-severity',
  level: 'error',
  specSection: '3.8.1',
  like: ['GitHub'],
  set: 'github',
  summary: "A rule's security-severity is a number written as a string.",
  explanation: {
    cause: 'The score is written as a JSON number, as a word, or as "undefined" where the tool has none.',
    reason: 'GitHub code scanning rejects a rule whose properties["security-severity"] is no numeric string.',
    repair:
      'A number becomes a string; critical, high, medium and low become 9.5, 8.0, 5.5 and 2.0; anything else is removed. What is replaced or removed stays in properties["original/security-severity"].',
    before: '{ "id": "R1", "properties": { "security-severity": 7.5 } }',
    after: '{ "id": "R1", "properties": { "security-severity": "7.5", "original/security-severity": 7.5 } }',
  },
  visits: 'reportingDescriptor',
  check(rule, { path }, report) {
    if (!isToolRule(path)) return;
    const value: unknown = rule.properties?.[property];
    if (value === undefined || isNumeric(value)) return;
    const score = scoreOf(value);
    report({
      message: `The security-severity of the rule '${rule.id}' is ${JSON.stringify(value).slice(0, 60)}. Write a number from 0.1 to 10.0 as a string, such as "7.5", or leave it out.`,
      at: ['properties', property],
      value,
      fix: {
        description: score === undefined ? 'The property is removed.' : `"${score}" is written.`,
        apply: (target) => repair(target as Mutable<ReportingDescriptor>),
      },
    });
  },
});

function repair(rule: Mutable<ReportingDescriptor>): void {
  const { [property]: value, ...others } = rule.properties ?? {};
  // Another rule may have put it right meanwhile.
  if (value === undefined || isNumeric(value)) return;
  const score = scoreOf(value);
  const properties = { [`original/${property}`]: value, ...others };
  rule.properties = score === undefined ? properties : { ...properties, [property]: score };
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 40 && /^\d+(?:\.\d+)?$/.test(value);
}

function scoreOf(value: unknown): string | undefined {
  if (typeof value === 'number' && value >= 0) return Number.isInteger(value) ? value.toFixed(1) : String(value);
  const trimmed = typeof value === 'string' ? value.trim() : value;
  return isNumeric(trimmed) ? (trimmed as string) : scoreOfWord(value)?.toFixed(1);
}
