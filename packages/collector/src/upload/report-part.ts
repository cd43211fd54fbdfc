import type { Outcome } from '../send/outcome.ts';
import type { FailureClass, PartReport } from './upload-types.ts';

type Verdict = Pick<PartReport, 'outcome' | 'httpStatus' | 'code' | 'reason' | 'warning'>;

/** What the last outcome of a part says in the result. */
export function verdictOf(outcome: Outcome): Verdict {
  const httpStatus = outcome.httpStatus ?? null;
  switch (outcome.status) {
    case 'accepted':
      return {
        outcome: 'accepted',
        httpStatus,
        ...(outcome.warning === undefined ? {} : { warning: outcome.warning }),
      };
    case 'retryable':
      return { outcome: 'undelivered', httpStatus, code: outcome.code, reason: outcome.reason };
    case 'unknown':
      return { outcome: 'unknown', httpStatus, code: outcome.code, reason: outcome.reason };
    case 'rejected':
      return {
        // A refusal that came after a lost answer (of the key, say) does not tell whether the lost one was a yes.
        outcome: outcome.mayBeStored === true ? 'unknown' : 'rejected',
        httpStatus,
        code: outcome.code,
        reason: outcome.reason,
      };
  }
}

/** The kinds of failure a part stands for. `isStrict`: a remark of the target is one. */
export function failuresOf(part: PartReport, isStrict = false): FailureClass[] {
  if (part.outcome === 'accepted') return isStrict && part.warning !== undefined ? ['rejected'] : [];
  return part.code === 'auth'
    ? ['auth', ...(part.outcome === 'unknown' ? (['unknown'] as const) : [])]
    : [part.outcome];
}
