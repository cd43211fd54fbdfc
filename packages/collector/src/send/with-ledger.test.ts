import { expect, test } from 'vitest';
import type { Outcome } from './outcome.ts';
import { never, somePart } from './test-support/parts.ts';
import { AnswerNotRecorded, withLedger } from './with-ledger.ts';

const outcome: Outcome = { status: 'retryable', code: 'network', reason: 'broken.', httpStatus: 502 };

test('the intent is written before the first byte, the result after the answer', async () => {
  const steps: unknown[] = [];
  const send = withLedger(
    async () => {
      steps.push('send');
      return outcome;
    },
    {
      begin: async () => void steps.push('begin'),
      end: async (_part, end) => void steps.push(end),
    },
  );
  expect(await send(somePart(), never)).toBe(outcome);
  expect(steps).toEqual(['begin', 'send', { end: 'not-sent', httpStatus: 502, answer: 'broken.' }]);
});

test('nothing is sent when the intent cannot be written', async () => {
  let sent = false;
  const send = withLedger(
    async () => {
      sent = true;
      return outcome;
    },
    { begin: () => Promise.reject(new Error('full')), end: async () => {} },
  );
  await expect(send(somePart(), never)).rejects.toThrow('full');
  expect(sent).toBe(false);
});

test('an answer that cannot be written is not lost', async () => {
  const send = withLedger(async () => ({ status: 'accepted' }), {
    begin: async () => {},
    end: () => Promise.reject(new Error('full')),
  });
  const error = await send(somePart(), never).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AnswerNotRecorded);
  expect(error).toMatchObject({ outcome: { status: 'accepted' }, cause: expect.objectContaining({ message: 'full' }) });
});
