import type { PropertyBag } from '../../model/model.ts';
import { scoreOf, scoreOfWord } from '../../run/security-severity.ts';
import { defineRule } from '../rule.ts';

const property = 'security-severity';
const original = `original/${property}`;

/** Scores are compared as numbers and written as strings. */
export const securitySeverityScore = defineRule({
  id: 'SF-V212',
  name: 'security-severity-score',
  level: 'warning',
  like: ['GitHub'],
  summary: 'The property security-severity is a number from 0.0 to 10.0, written as a string.',
  explanation: {
    cause:
      "The score is written as a JSON number, as a word such as 'high', or as 'undefined' where the tool has none.",
    reason: 'Platforms read the score from a string; some reject the rule, others show the finding as harmless.',
    repair:
      'A number becomes a string; critical, high, medium and low become 9.5, 8.0, 5.5 and 2.0; what says nothing is removed. The value as it was stays in properties["original/security-severity"]. A number beyond 10 is kept.',
    before: '{ "id": "R1", "properties": { "security-severity": 7.5 } }',
    after: '{ "id": "R1", "properties": { "security-severity": "7.5", "original/security-severity": 7.5 } }',
  },
  visits: 'propertyBag',
  check(properties, { ownerKind }, report) {
    if ((ownerKind !== 'reportingDescriptor' && ownerKind !== 'result') || !Object.hasOwn(properties, property)) return;
    const value: unknown = properties[property];
    if (typeof value === 'string' && scoreOf(value) !== undefined) return;
    const text = textOf(value);
    report({
      message: `The security-severity is ${JSON.stringify(value).slice(0, 100)}. Write a number from 0.0 to 10.0 as a string, such as "7.5", or leave it out.`,
      at: [property],
      value,
      ...(text === value
        ? {}
        : {
            fix: {
              description: text === undefined ? 'The property is removed.' : `"${text}" is written.`,
              apply: (target) => write(target as Bag, value, text),
            },
          }),
    });
  },
});

type Bag = { -readonly [Name in keyof PropertyBag]: PropertyBag[Name] };

function write(properties: Bag, value: unknown, text: string | undefined): void {
  properties[original] = value;
  if (text === undefined) delete properties[property];
  else properties[property] = text;
}

/** The score as it should be written; a number that is none stays what it is, only as a string. */
function textOf(value: unknown): string | undefined {
  const word = scoreOfWord(value);
  if (word !== undefined) return word.toFixed(1);
  if (typeof value === 'number') return Number.isInteger(value) ? value.toFixed(1) : String(value);
  return typeof value === 'string' && /^-?\d{1,20}(?:\.\d{1,20})?$/.test(value.trim()) ? value : undefined;
}
