import { expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';

const clean = { Namespace: 'shop', Kind: 'Pod', Name: 'web' };

test('a resource of a cluster that has no name is told: its findings may be missing', async () => {
  const convertResources = async (Resources: unknown[]) => {
    const report = new TextEncoder().encode(JSON.stringify({ ClusterName: 'c', Resources }));
    return (await convertToLog(report, { from: 'trivy' })).diagnostics.map(({ ruleId, pointer }) => [ruleId, pointer]);
  };
  expect(await convertResources([clean])).toEqual([]);
  expect(await convertResources([clean, {}])).toEqual([['SF-K103', '/Resources/1']]);
});
