import type { LedgerItem, LedgerPart, LedgerRun } from '../ledger/ledger.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import type { Outcome } from '../send/outcome.ts';
import { AnswerNotRecorded } from '../send/with-ledger.ts';
import type { RetryPolicy } from '../send/with-retry.ts';
import type { UploadContext } from '../targets/target.ts';
import type { PartOnItsWay, Sender } from './create-sender.ts';
import type { Lane } from './lanes.ts';
import { verdictOf } from './report-part.ts';
import type { PartCode, PartReport, UploadDocument, UploadEvent, UploadPart } from './upload-types.ts';

/** What delivering needs of the run. */
export interface Delivery {
  readonly sender: Sender;
  readonly ledger: LedgerRun | undefined;
  readonly policy: RetryPolicy;
  readonly force: boolean;
  /** Aborts what is in flight. */
  readonly hard: AbortSignal;
  readonly emit: (event: UploadEvent) => void;
  /** The ledger cannot be written any more. */
  readonly onLedgerError: (error: LedgerError) => void;
  readonly onDefect: (error: unknown) => void;
}

/** A part with its lane and name. */
export interface AddressedPart {
  readonly document: UploadDocument;
  readonly part: UploadPart;
  /** Of the body, in hex. */
  readonly sha256: string;
  /** `partIdentity`: its name in the ledger. */
  readonly identity: string;
  readonly lane: Lane;
  readonly context: UploadContext;
}

/**
 * Does for a part what is left to do: nothing, when the ledger knows it as accepted; otherwise sends it, and stops its
 * lane or the target where the outcome says so. Runs within the part's lane, so never twice at once there. Never rejects.
 */
export async function deliverPart(delivery: Delivery, addressed: AddressedPart): Promise<PartReport> {
  const { document, part, identity, lane } = addressed;
  const report = reportOf(addressed);
  const onItsWay = (item: LedgerItem | undefined): PartOnItsWay => ({
    sha256: identity,
    lane: lane.key,
    number: part.number,
    bytes: part.bytes,
    results: part.results,
    path: document.path,
    context: addressed.context,
    item,
    attempts: 0,
  });

  let sending: PartOnItsWay | undefined;
  try {
    const known = await admit(delivery, addressed);
    const done = withoutSending(delivery, addressed, known);
    if (done !== undefined) {
      if (done.outcome === 'held' && lane.item !== undefined) {
        await delivery.ledger?.hold(lane.item, identity, done.reason ?? '');
      }
      return { ...report, ...done };
    }
    const resent = known?.state === 'unknown' ? ({ resent: true } as const) : {};
    if (known?.state === 'unknown') {
      delivery.emit({ type: 'resending', path: document.path, number: part.number, lane: lane.key });
    }
    sending = onItsWay(lane.item);
    const outcome = await delivery.sender.send(sending, delivery.hard);
    stopWhereTold(delivery, lane, outcome);
    return { ...report, ...afterResending(verdictOf(outcome), known), attempts: sending.attempts, ...resent };
  } catch (error) {
    return { ...report, ...afterException(delivery, lane, error, sending), attempts: sending?.attempts ?? 0 };
  }
}

/** That the part did not get through this time does not take back that an earlier run may have stored it. */
function afterResending(verdict: Done, known: LedgerPart | undefined): Done {
  return known?.state === 'unknown' && verdict.outcome === 'undelivered' ? { ...verdict, outcome: 'unknown' } : verdict;
}

/** What a report says before anything was tried. */
export function reportOf({ document, part, sha256, lane }: AddressedPart): Omit<PartReport, 'outcome' | 'httpStatus'> {
  return {
    sha256,
    lane: lane.key,
    bytes: part.bytes.byteLength,
    results: part.results,
    attempts: 0,
    path: document.path,
    number: part.number,
  };
}

/** Opens the document in the lane's ledger, when it is new there, and names the part to it. */
async function admit(
  delivery: Delivery,
  { document, part, identity, lane }: AddressedPart,
): Promise<LedgerPart | undefined> {
  const { ledger, force } = delivery;
  if (ledger === undefined || isLedgerBroken(delivery)) return undefined;

  lane.item ??= await ledger.openItem({ lane: lane.key, sha256: document.sha256, path: document.path, force });
  if (lane.item.standing === 'delivered') return undefined;
  const { number, results } = part;
  return ledger.admit(lane.item, { sha256: identity, number, results, bytes: part.bytes.byteLength });
}

type Done = Pick<PartReport, 'outcome' | 'httpStatus' | 'code' | 'reason'>;

/** The verdict on a part that is not to be sent, or `undefined`. */
function withoutSending(
  delivery: Delivery,
  { document, lane }: AddressedPart,
  known: LedgerPart | undefined,
): Done | undefined {
  if (lane.item?.standing === 'delivered') {
    const reason = 'The ledger knows this document as the last one delivered in its lane.';
    return { outcome: 'accepted', httpStatus: null, code: 'already-delivered', reason };
  }
  if (known?.state === 'accepted') {
    const reason = 'An earlier run had delivered this part.';
    return { outcome: 'accepted', httpStatus: known.httpStatus ?? null, code: 'already-accepted', reason };
  }
  if (document.held !== undefined) return { outcome: 'held', httpStatus: null, code: 'held', reason: document.held };

  if (known?.state === 'unknown' && delivery.policy.onUnknown === 'stop') {
    const reason =
      'An earlier run had sent this part without learning the outcome. To send it once more: --on-unknown retry.';
    stopLane(delivery, lane, 'no-answer', reason);
    return { outcome: 'unknown', httpStatus: known.httpStatus ?? null, code: 'no-answer', reason };
  }
  const { stopped } = delivery.sender.gate;
  if (stopped !== undefined)
    return notSent(known, isLedgerBroken(delivery) ? 'ledger' : 'target-stopped', stopped.reason);
  if (lane.stopped !== undefined) return notSent(known, 'lane-stopped', lane.stopped.reason);
  return undefined;
}

/** Not sending a part does not take back that an earlier run may have. */
function notSent(known: LedgerPart | undefined, code: PartCode, reason: string): Done {
  const outcome = known?.state === 'unknown' ? 'unknown' : 'undelivered';
  return { outcome, httpStatus: known?.httpStatus ?? null, code, reason };
}

function stopWhereTold(delivery: Delivery, lane: Lane, outcome: Outcome): void {
  if (outcome.status === 'accepted') return;
  const scope = outcome.status === 'rejected' ? outcome.scope : outcome.thenStop;
  if (scope === 'target') stopTarget(delivery, outcome);
  if (scope === 'lane') stopLane(delivery, lane, outcome.code, outcome.reason);
  if (outcome.status === 'unknown' && delivery.policy.onUnknown === 'stop') {
    stopLane(delivery, lane, outcome.code, outcome.reason);
  }
}

function stopTarget(delivery: Delivery, { code, reason }: Exclude<Outcome, { status: 'accepted' }>): void {
  delivery.sender.gate.stop({ code, reason });
}

function stopLane(delivery: Delivery, lane: Lane, code: PartCode, reason: string): void {
  if (lane.stopped !== undefined) return;
  lane.stopped = { code, reason };
  delivery.emit({ type: 'lane-stopped', lane: lane.key, code, reason });
}

/** Notes an exception where it belongs, and says what it means for the part. */
export function afterException(
  delivery: Delivery,
  lane: Lane,
  error: unknown,
  sending: PartOnItsWay | undefined,
): Done {
  const cause = error instanceof AnswerNotRecorded ? error.cause : error;
  if (cause instanceof LedgerError) delivery.onLedgerError(cause);
  else {
    delivery.onDefect(cause);
    stopLane(delivery, lane, 'internal', 'Sariflow met a defect of its own in this lane.');
  }
  // The answer is known although it is not written down; it counts.
  if (error instanceof AnswerNotRecorded) return verdictOf(error.outcome);
  if (cause instanceof LedgerError) {
    return { outcome: 'undelivered', httpStatus: null, code: 'ledger', reason: cause.message };
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return {
    outcome: (sending?.attempts ?? 0) > 0 ? 'unknown' : 'undelivered',
    httpStatus: null,
    code: 'internal',
    reason,
  };
}

function isLedgerBroken(delivery: Delivery): boolean {
  return delivery.sender.gate.stopped?.code === 'ledger';
}
