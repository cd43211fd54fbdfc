import { expect, test } from 'vitest';
import { bodyDigest, partIdentity } from './part-identity.ts';

const digest = bodyDigest(Buffer.from('{}'));

test('depends on target, lane and body, and on where one ends and the next begins', () => {
  const names = [
    partIdentity('cortex', 'lane', digest),
    partIdentity('local', 'lane', digest),
    partIdentity('cortex', 'lane2', digest),
    partIdentity('cortex', 'lane', bodyDigest(Buffer.from('{ }'))),
    partIdentity('cortexl', 'ane', digest),
    partIdentity('cortex', 'lan', `e${digest}`),
  ];
  expect(new Set(names).size).toBe(names.length);
  expect(names[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(partIdentity('cortex', 'lane', bodyDigest(Uint8Array.of(0x7b, 0x7d)))).toBe(names[0]);
});

test('the digest of a body is the usual SHA-256', () => {
  expect(bodyDigest(new Uint8Array(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
