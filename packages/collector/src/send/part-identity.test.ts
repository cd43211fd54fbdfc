import { expect, test } from 'vitest';
import { partIdentity } from './part-identity.ts';

const bytes = Buffer.from('{}');

test('depends on target, lane and bytes, and on where one ends and the next begins', () => {
  const names = [
    partIdentity('cortex', 'lane', bytes),
    partIdentity('local', 'lane', bytes),
    partIdentity('cortex', 'lane2', bytes),
    partIdentity('cortex', 'lane', Buffer.from('{ }')),
    partIdentity('cortexl', 'ane', bytes),
    partIdentity('cortex', 'lan', Buffer.from('e{}')),
  ];
  expect(new Set(names).size).toBe(names.length);
  expect(names[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(partIdentity('cortex', 'lane', Uint8Array.from(bytes))).toBe(names[0]);
});
