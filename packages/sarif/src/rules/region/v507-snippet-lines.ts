import { endsByLength, isDisordered, lineSpanOf } from '../../run/region.ts';
import { forEachLineBreak } from '../../run/text-lines.ts';
import { defineRule } from '../rule.ts';

/** Tools that copy whole lines copy the last line break as well, and that is no contradiction. */
export const snippetLines = defineRule({
  id: 'SF-V507',
  name: 'snippet-lines',
  level: 'note',
  specSection: '3.30.13',
  summary: 'The text of a snippet has as many lines as its region.',
  explanation: {
    cause: 'The snippet shows more or less than the region, such as lines around it, or was cut.',
    reason: 'A snippet is the text of the region. Fingerprints and viewers that use it see another text.',
    repair: 'None: it is not known which of the two is right.',
    before: '{ "startLine": 7, "snippet": { "text": "let a = 1;\\neval(a);\\n}" } }',
    after: '{ "startLine": 7, "snippet": { "text": "eval(a);" } }',
  },
  visits: 'region',
  check(region, { context }, report) {
    const text = region.snippet?.text;
    const span = lineSpanOf(region);
    if (text === undefined || span === undefined || isDisordered(region) || endsByLength(region)) return;
    const expected = span.endLine - span.startLine;
    let breaks = 0;
    let lastEnd = 0;
    forEachLineBreak(text, context.run.newlineSequences, (_start, end) => {
      breaks += 1;
      lastEnd = end;
    });
    const hasExtraBreak = breaks === expected + 1 && lastEnd === text.length;
    if (breaks === expected || hasExtraBreak) return;
    report({
      message: `The region has ${linesOf(expected + 1)}, but the text of its snippet has ${linesOf(breaks + 1)}. Write the text of the region and no other.`,
      at: ['snippet', 'text'],
      value: text,
    });
  },
});

function linesOf(count: number): string {
  return count === 1 ? 'one line' : `${count} lines`;
}
