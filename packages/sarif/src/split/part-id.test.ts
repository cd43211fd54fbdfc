import { describe, expect, test } from 'vitest';
import type { RunHeader } from '../model/model.ts';
import { partId, wholeRun } from './part-id.ts';

const tool = { driver: { name: 'Shop Lint' } };

describe('the id of a part', () => {
  test.each([
    ['nightly/7', 'nightly/7.part-2', 'nightly/part-2/7'],
    ['nightly/', 'nightly/part-2', 'nightly/part-2/'],
    ['7', '7.part-2', 'part-2/7'],
    [undefined, 'part-2', 'part-2/'],
    ['a/b/part-3/', 'a/b/part-3/part-2', 'a/b/part-3/part-2/'],
  ])('of %j keeps the category as %j, or has its own as %j; both lead back', (id, same, own) => {
    const run: RunHeader = { tool, ...(id === undefined ? {} : { automationDetails: { id } }), properties: { a: 1 } };
    for (const [expected, hasOwnCategory] of [
      [same, false],
      [own, true],
    ] as const) {
      const marked = partId(run, 2, hasOwnCategory);
      expect(marked).toEqual({ automationDetails: { id: expected }, properties: { a: 1, 'sariflow/part': 2 } });
      expect(wholeRun({ ...run, ...marked })).toEqual(run);
    }
  });

  test('of the first part is that of the run', () => {
    expect(partId({ tool }, 1)).toBe(undefined);
    expect(wholeRun({ tool })).toBe(undefined);
  });

  test('leaves out a GUID that would put the part into the category of the run', () => {
    const correlationGuid = '7a3f1f9e-8d1c-4a6e-9a53-000000000001';
    const run: RunHeader = { tool, automationDetails: { id: 'nightly/7', correlationGuid } };
    expect(partId(run, 3, false)?.automationDetails?.correlationGuid).toBe(correlationGuid);
    const own = partId(run, 3, true);
    expect(own?.automationDetails).toEqual({ id: 'nightly/part-3/7' });
    expect(wholeRun({ ...run, ...own })).toEqual(run);
  });
});
