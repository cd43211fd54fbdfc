import { expect, test } from 'vitest';
import { dialectOf } from './dialect.ts';

test.each([
  ['7.9.6.41879', false, 'componentKeys', 'projectKey', 'statuses'],
  ['9.9.4.87374', false, 'componentKeys', 'projectKey', 'statuses'],
  ['10.0.0.68432', true, 'componentKeys', 'projectKey', 'statuses'],
  ['10.2.1.78527', true, 'components', 'project', 'statuses'],
  ['10.4.1.88267', true, 'components', 'project', 'issueStatuses'],
  ['24.12.0.100206', true, 'components', 'project', 'issueStatuses'],
  ['2025.1.0.102418', true, 'components', 'project', 'issueStatuses'],
  ['8.0.0.70001', false, 'componentKeys', 'projectKey', 'statuses'],
  ['10.6-SNAPSHOT', true, 'components', 'project', 'issueStatuses'],
  ['9.9', false, 'componentKeys', 'projectKey', 'statuses'],
])('%s', (version, takesBearer, components, project, statuses) => {
  const dialect = dialectOf(version);
  expect(dialect).toMatchObject({ version, takesBearer, components: [components], project: [project] });
  expect(Object.keys(dialect.unresolvedIssues)).toEqual([statuses]);
});

test.each(['', 'hello', '<html>', '10', 'v10.2', '10.2x', '{"version":"10.2"}'])('%j is no version', (text) => {
  expect(() => dialectOf(text)).toThrow(/no|none/);
});
