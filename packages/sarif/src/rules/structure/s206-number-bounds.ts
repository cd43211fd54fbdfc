import type { PathSegment } from '../../json/pointer.ts';
import type { NumberShape } from '../../schema/shape.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf } from './words.ts';

/** A number below or above what its member allows. */
export const numberBounds = defineStructureRule({
  id: 'SF-S206',
  name: 'number-bounds',
  level: 'error',
  specSection: '3.30.5',
  like: ['JSON1006', 'JSON1008'],
  summary: 'A number lies between the bounds that SARIF gives its member.',
  explanation: {
    cause: 'Lines and columns counted from 0, or -1 and 0 written for "unknown".',
    reason: 'Line and column 1 are the first. A viewer cannot show line 0, and strict consumers reject the log.',
    repair: "The number is removed; a region whose 'startLine' is out of bounds is removed as a whole.",
    before: '{ "region": { "startLine": 12, "startColumn": 0 } }',
    after: '{ "region": { "startLine": 12 } }',
  },
  messages: {
    outside: (path: readonly PathSegment[], value: unknown, shape: NumberShape) => {
      const { minimum, maximum } = shape;
      const bounds = maximum === undefined ? `at least ${minimum}` : `from ${minimum} to ${maximum}`;
      return `${nameOf(path)} is ${value}; it has to be ${bounds}. Correct it, or leave it out when it is not known.`;
    },
  },
  repair({ path, owner }, { document }) {
    if (owner !== 'region' || path.at(-1) !== 'startLine') return 'drop';
    return document.drop(path.slice(0, -1));
  },
});
