import type { PathSegment } from '../../json/pointer.ts';
import { convertedTo } from '../../schema/convert-type.ts';
import type { ValueShape } from '../../schema/shape.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf, quoted, typeOf, typeWanted } from './words.ts';

/** A value of another JSON type than its member has. */
export const jsonType = defineStructureRule({
  id: 'SF-S201',
  name: 'json-type',
  level: 'error',
  specSection: '3.7',
  like: ['JSON1001'],
  summary: 'A value has the JSON type that SARIF gives its member.',
  explanation: {
    cause:
      'A producer wrote numbers or booleans as strings, one value where SARIF has an array, or a bare string where SARIF has an object.',
    reason: 'Consumers read the member by its type; most reject the whole log, some lose the value without a word.',
    repair:
      'Values are converted where nothing is lost: "12" to 12, "x" to ["x"], "message": "x" to {"text": "x"}. A run or a result outside an array is read as its only element, an object of results as their list. Other values are dropped with the smallest unit that cannot do without them.',
    before: '{ "message": "Unused variable." }',
    after: '{ "message": { "text": "Unused variable." } }',
  },
  messages: {
    wrongType: (path: readonly PathSegment[], value: unknown, wanted: ValueShape) =>
      `${nameOf(path)} is ${typeOf(value)}${value === null ? '' : ` (${quoted(value)})`}, but SARIF wants ${typeWanted(wanted)}. Write ${typeWanted(wanted)}.`,
  },
  repair({ path, value, expected, owner }, { document }) {
    // What a reference leads to is brought in when a log is read: one that is mended now would be followed the next time.
    if (expected === undefined || owner === 'externalPropertyFileReferences') return 'drop';
    const converted = convertedTo(expected, value);
    if (converted === undefined) return 'drop';
    document.set(path, converted);
    return { done: `Converted ${quoted(value)} to ${quoted(converted)}.` };
  },
});
