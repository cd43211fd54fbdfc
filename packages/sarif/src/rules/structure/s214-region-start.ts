import type { PathSegment } from '../../json/pointer.ts';
import { defineStructureRule } from './structure-rule.ts';
import { nameOf } from './words.ts';

/** A region that starts nowhere. */
export const regionStart = defineStructureRule({
  id: 'SF-S214',
  name: 'region-start',
  level: 'error',
  specSection: '3.30.1',
  like: ['SARIF1007'],
  summary: "A region has 'startLine', 'charOffset' or 'byteOffset'.",
  explanation: {
    cause: 'The producer wrote an empty region, or only its end or its text.',
    reason: 'Without a start the region denotes nothing; a location without region means the whole file.',
    repair: 'The region is removed.',
    before: '{ "region": { "endLine": 7 } }',
    after: '{ "region": { "startLine": 7 } }',
  },
  messages: {
    none: (path: readonly PathSegment[]) =>
      `${nameOf(path)} has none of 'startLine', 'charOffset' and 'byteOffset'. Add its start, or leave the region out.`,
  },
});
