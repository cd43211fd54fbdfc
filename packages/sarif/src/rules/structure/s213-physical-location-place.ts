import type { PathSegment } from '../../json/pointer.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf } from './words.ts';

/** A physical location that names no place. */
export const physicalLocationPlace = defineStructureRule({
  id: 'SF-S213',
  name: 'physical-location-place',
  level: 'error',
  specSection: '3.29.2',
  like: ['JSON1017'],
  summary: "A physical location has 'artifactLocation' or 'address'.",
  explanation: {
    cause: 'The producer wrote a region without saying in which file it is.',
    reason: 'Without a file or an address the region is nowhere.',
    repair: 'The physical location is removed.',
    before: '{ "physicalLocation": { "region": { "startLine": 3 } } }',
    after: '{ "physicalLocation": { "artifactLocation": { "uri": "src/a.c" }, "region": { "startLine": 3 } } }',
  },
  messages: {
    neither: (path: readonly PathSegment[]) =>
      `${nameOf(path)} has neither 'artifactLocation' nor 'address'. Say which file it is in.`,
  },
});
