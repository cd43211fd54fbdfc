import { expect, test } from 'vitest';
import { categoryKeyOf, runIdentityOf } from './run-identity.ts';

test.each<[string | undefined, string, string | undefined]>([
  [undefined, '', undefined],
  ['', '', undefined],
  // No slash: a run id alone.
  ['nightly', '', 'nightly'],
  ['nightly/2026-01-01', 'nightly', '2026-01-01'],
  ['lint/web/main/17', 'lint/web/main', '17'],
  // A slash at the end: a category alone.
  ['lint/web/', 'lint/web', undefined],
  ['/', '', undefined],
  ['/17', '', '17'],
  ['a//', 'a/', undefined],
])('%j is the category %j and the run %j', (id, category, runId) => {
  const automationDetails = id === undefined ? {} : { id };
  expect(runIdentityOf({ automationDetails })).toEqual({
    category,
    runId,
    correlationGuid: undefined,
    guid: undefined,
  });
});

test('GUIDs identify whatever their letters', () => {
  const automationDetails = {
    guid: '7A3F1F9E-8D1C-4A6E-9A53-000000000001',
    correlationGuid: '7A3F1F9E-8D1C-4A6E-9A53-00000000000A',
  };
  expect(runIdentityOf({ automationDetails })).toMatchObject({
    guid: '7a3f1f9e-8d1c-4a6e-9a53-000000000001',
    correlationGuid: '7a3f1f9e-8d1c-4a6e-9a53-00000000000a',
  });
  expect(runIdentityOf({})).toMatchObject({ category: '', guid: undefined });
});

test('runs are of one sort by tool and category, or by tool and correlation GUID', () => {
  const run = (name: string, automationDetails?: object) => ({
    tool: { driver: { name } },
    ...(automationDetails === undefined ? {} : { automationDetails }),
  });
  const correlationGuid = '7a3f1f9e-8d1c-4a6e-9a53-000000000001';
  const keys = [
    run('A'),
    run('A', { id: 'one' }),
    run('A', { id: 'web/1' }),
    run('A', { id: 'web/2' }),
    run('A', { id: 'web/', correlationGuid }),
    run('A', { id: 'other/', correlationGuid: correlationGuid.toUpperCase() }),
    run('B', { id: 'web/1' }),
  ].map(categoryKeyOf);
  expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 0, 2, 2, 4, 4, 6]);
});
