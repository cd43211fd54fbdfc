import type { PathSegment } from '../../json/pointer.ts';
import { defineStructureRule } from '../structure/structure-rule.ts';
import { nameOf } from '../structure/words.ts';

/** A reference that refers to nothing. */
export const referenceNamed = defineStructureRule({
  id: 'SF-V901',
  name: 'reference-named',
  level: 'error',
  specSection: '3.16.2',
  summary: "A reference to an external property file has 'location' or 'guid'.",
  explanation: {
    cause: 'The producer moved properties to a file of their own, and did not say to which.',
    reason: 'Nobody can tell where that part of the run is.',
    repair: 'The reference is removed.',
    before: '{ "externalPropertyFileReferences": { "artifacts": [{ "itemCount": 12 }] } }',
    after: '{ "externalPropertyFileReferences": { } }',
  },
  messages: {
    neither: (path: readonly PathSegment[]) =>
      `${nameOf(path)} has neither 'location' nor 'guid', so it leads to no file. Add 'location'.`,
  },
});
