import { describe, expect, test } from 'vitest';
import type { ResultsState } from '../events/event.ts';
import type { Invocation, RunHeader } from '../model/model.ts';
import { completenessOf, type ReadingTrouble } from './completeness.ts';

const tool = { driver: { name: 'T', notifications: [{ id: 'N', defaultConfiguration: { level: 'error' as const } }] } };
const good: Invocation = { executionSuccessful: true };
const message = { text: 'x' };

function of(header: Partial<RunHeader>, results: ResultsState = 'array', trouble?: ReadingTrouble) {
  const { state, reasons } = completenessOf({ run: { tool, ...header }, results }, trouble);
  for (const reason of reasons) expect(reason.message).toMatch(/\.$/);
  return [state, ...reasons.map(({ ruleId, path }) => `${ruleId} ${path.join('/')}`)];
}

describe('a run', () => {
  test.each<[string, unknown[], readonly string[]]>([
    ['with an invocation that succeeded is complete', [{ invocations: [good] }], ['complete']],
    ['without invocations is unknown', [{}], ['unknown']],
    ['with an empty list of them, too', [{ invocations: [] }], ['unknown']],
    ['without results is incomplete', [{ invocations: [good] }, 'absent'], ['incomplete', 'SF-V005 ']],
    ['with null for results, too', [{}, 'null'], ['incomplete', 'SF-V005 results']],
    ['with something else for results, too', [{}, 'invalid'], ['incomplete', 'SF-V005 results']],
    [
      'whose results are in a file of their own has some',
      [
        {
          invocations: [good],
          externalPropertyFileReferences: { results: [{ location: { uri: 'results.sarif-external-properties' } }] },
        },
        'absent',
      ],
      ['complete'],
    ],
    [
      'of which one invocation failed is incomplete',
      [{ invocations: [good, { executionSuccessful: false }] }],
      ['incomplete', 'SF-V010 invocations/1/executionSuccessful'],
    ],
    [
      'with notifications of level error is incomplete, warnings are nothing',
      [
        {
          invocations: [
            {
              ...good,
              toolExecutionNotifications: [{ message }, { message, level: 'error' }],
              toolConfigurationNotifications: [
                { message, level: 'note' },
                { message, descriptor: { id: 'N' } },
              ],
            },
          ],
        },
      ],
      [
        'incomplete',
        'SF-V010 invocations/0/toolExecutionNotifications/1',
        'SF-V010 invocations/0/toolConfigurationNotifications/1',
      ],
    ],
    ['that ended early is incomplete', [{}, 'array', { isTruncated: true }], ['incomplete', 'SF-P106 ']],
    [
      'whose files are missing is incomplete',
      [
        { invocations: [good] },
        'array',
        { missingPropertyFiles: ["The file 'a' is missing.", "The file 'b' is missing."] },
      ],
      ['incomplete', 'SF-V902 externalPropertyFileReferences', 'SF-V902 externalPropertyFileReferences'],
    ],
    [
      'says all that is wrong with it',
      [{ invocations: [{ executionSuccessful: false }] }, 'null', { isTruncated: true }],
      ['incomplete', 'SF-P106 ', 'SF-V005 results', 'SF-V010 invocations/0/executionSuccessful'],
    ],
  ])('%s', (_name, [header, results, trouble], expected) => {
    expect(of(header as RunHeader, results as ResultsState | undefined, trouble as ReadingTrouble)).toEqual(expected);
  });
});
