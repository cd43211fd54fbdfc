import type { AttemptEnd } from '../ledger/ledger.ts';
import type { Outcome, Send, SendPart } from './outcome.ts';

/** The two moments the ledger has to know of. Both resolve when they are durable. */
export interface AttemptLog<P extends SendPart> {
  begin(part: P): Promise<void>;
  end(part: P, end: AttemptEnd): Promise<void>;
}

/** The answer came, and could not be written down. Sending must stop; what the answer said is kept. */
export class AnswerNotRecorded extends Error {
  readonly code = 'answer-not-recorded';
  readonly outcome: Outcome;

  constructor(outcome: Outcome, cause: unknown) {
    super('The answer to a part could not be written to the ledger.', { cause });
    this.name = 'AnswerNotRecorded';
    this.outcome = outcome;
  }
}

/**
 * Makes the intent durable before the first byte leaves, and the answer after it came. Stands around a single attempt,
 * inside of all waiting, so a crash while waiting does not look like a crash while sending.
 * @throws what `begin` throws, before anything was sent; AnswerNotRecorded
 */
export function withLedger<P extends SendPart>(send: Send<P>, log: AttemptLog<P>): Send<P> {
  return async (part, signal) => {
    await log.begin(part);
    const outcome = await send(part, signal);
    try {
      await log.end(part, attemptEnd(outcome));
    } catch (error) {
      throw new AnswerNotRecorded(outcome, error);
    }
    return outcome;
  };
}

function attemptEnd(outcome: Outcome): AttemptEnd {
  const answer = outcome.status === 'accepted' ? outcome.warning : outcome.reason;
  return {
    end: outcome.status === 'retryable' ? 'not-sent' : outcome.status,
    ...(outcome.httpStatus === undefined ? {} : { httpStatus: outcome.httpStatus }),
    ...(answer === undefined ? {} : { answer }),
  };
}
