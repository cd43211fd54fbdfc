import { expect, test } from 'vitest';
import { compare } from './compare.ts';

const account = { in: 3, accepted: 2, merged: 0, rejected: 0, dropped: 1, held: 0, undelivered: 0, unknown: 0 };
const document = { account, parts: [{ sha256: 'a', outcome: 'accepted' }] };
const received = [{ sha256: 'a', stored: true, findings: 2 }];

test('numbers that add up on both sides agree', () => {
  expect(compare(document, received, [{ findings: 2 }]).agrees).toBe(true);
  expect(compare(document, received, [{ findings: 1 }]).lines[2]).toContain('stored 1 + 1 that repeat');
});

test.each([
  ['an account that does not add up', { ...document, account: { ...account, in: 4 } }, received, 2],
  ['a finding that was accepted and did not arrive', document, [{ sha256: 'a', stored: true, findings: 1 }], 1],
  ['a part that arrived as something else', document, [{ sha256: 'b', stored: true, findings: 2 }], 2],
  ['more stored than arrived', document, received, 3],
  ['nothing at all', { account: { ...account, in: 0, accepted: 0, dropped: 0 }, parts: [] }, [], 0],
])('%s does not', (_, given, arrived, findings) => {
  expect(compare(given, arrived, [{ findings }]).agrees).toBe(false);
});
