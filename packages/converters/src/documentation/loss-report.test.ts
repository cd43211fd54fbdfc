import { expect, test } from 'vitest';
import { semgrepPage } from '../semgrep/page.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { samplesIn } from '../test-support/samples.ts';
import { lossReport } from './loss-report.ts';

const page = {
  title: 'Tool',
  intro: '',
  sections: [
    {
      title: 'A finding',
      rows: [
        { from: 'line', to: '`region`', fate: 'placed' },
        { from: 'effort, debt', to: '`properties`', fate: 'kept' },
        { from: 'meta.*', to: '`properties`', fate: 'kept' },
        { from: 'author', to: 'with an option', fate: 'on request' },
      ],
    },
    { title: 'The report', rows: [{ from: '*', to: '`run.properties`', fate: 'kept' }] },
  ],
} as const;

test('what the page says stands beside what was counted', () => {
  const rows = lossReport(page, [
    { field: 'effort', count: 2, kept: true },
    { field: 'debt', count: 1, kept: true },
    { field: 'meta.a', count: 5, kept: true },
    { field: 'other', count: 1, kept: true },
  ]);
  expect(rows.map(({ section, field, fate, count }) => [section, field, fate, count])).toEqual([
    ['A finding', 'effort, debt', 'kept', 3],
    ['A finding', 'meta.*', 'kept', 5],
    ['A finding', 'author', 'on request', 0],
    ['The report', '*', 'kept', 1],
  ]);
});

test('a loss that the page does not name has a row of its own', () => {
  const rows = lossReport({ ...page, sections: page.sections.slice(0, 1) }, [{ field: 'x', count: 4, kept: false }]);
  expect(rows.at(-1)).toEqual({
    section: '',
    field: 'x',
    to: '',
    fate: 'left out',
    count: 4,
    losses: [{ field: 'x', count: 4, kept: false }],
  });
});

test('every loss of a conversion is in exactly one row', async () => {
  for (const { input, options } of samplesIn('converters/semgrep')) {
    const { summary } = await convertToLog(input, options);
    const reported = lossReport(semgrepPage, summary.losses).flatMap(({ losses }) => losses);
    expect(reported).toHaveLength(summary.losses.length);
    expect(new Set(reported)).toEqual(new Set(summary.losses));
  }
});
