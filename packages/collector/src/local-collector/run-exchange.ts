import type { IncomingMessage, ServerResponse } from 'node:http';
import { callerName } from './admit-caller.ts';
import type { Answer } from './answer.ts';
import {
  deliverAnswer,
  deliverReplacement,
  type ReplacingFault,
  replacementAnswer,
  type Wire,
} from './faults/deliver.ts';
import type { Fault } from './faults/fault.ts';
import type { FaultSource } from './faults/fault-plan.ts';
import { type Admission, type ApiRequest, type Endpoint, isAnswer } from './http-request.ts';
import { type BodyRead, readBody } from './read-body.ts';
import { sendAnswer } from './send-answer.ts';
import type { UploadChange, UploadLog } from './storage/upload-log.ts';
import type { Clock } from './tenant.ts';

export interface Operation {
  readonly endpoint: Endpoint;
  readonly kind: 'uploads' | 'reads';
  readonly request: Omit<ApiRequest, 'pretend'>;
  /** The client waits for "100 Continue" before it sends the body. */
  readonly expectsContinue: boolean;
}

export interface ExchangeParts {
  readonly faults: FaultSource;
  readonly uploads: UploadLog;
  readonly keepBodies: boolean;
  readonly clock: Clock;
}

const nothingRead: BodyRead = {
  status: 'cut',
  body: Buffer.alloc(0),
  bytes: 0,
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
};

/** Takes one request from its head to its answer, with the fault that was ordered for it, if any. */
export async function runExchange(
  message: IncomingMessage,
  response: ServerResponse,
  { endpoint, kind, request, expectsContinue }: Operation,
  parts: ExchangeParts,
): Promise<void> {
  const wire: Wire = { request: message, response, clock: parts.clock };
  const fault = parts.faults.next(kind);
  const log = createEntry(parts, kind, request, fault);

  if (fault?.kind === 'reset' && fault.when === 'before-body') {
    log.note(nothingRead, undefined);
    message.socket.resetAndDestroy();
    return;
  }
  if (fault?.kind === 'status' && fault.early === true) {
    log.note(nothingRead, undefined);
    log.change(outcomeOf(replacementAnswer(fault, parts.clock())));
    await deliverReplacement(fault, wire);
    return;
  }

  // Such a fault stands for something in front of the Collector, so the Collector itself never sees the request.
  const inFront = fault !== undefined && (neverStores(fault) || isResetAfterBody(fault));
  let admission: Admission = { caller: undefined };
  if (!inFront) {
    const pretend = fault?.kind === 'unlicensed' || fault?.kind === 'disabled' ? fault.kind : undefined;
    const admitted = endpoint.admit({ ...request, pretend });
    const declared = Number(request.headers['content-length'] ?? 0);
    const refusal = isAnswer(admitted) ? admitted : declared > endpoint.maxBodyBytes ? endpoint.tooLarge() : undefined;
    if (refusal !== undefined) {
      log.note(nothingRead, isAnswer(admitted) ? undefined : admitted);
      log.change(outcomeOf(refusal));
      sendAnswer(message, response, refusal, parts.clock());
      return;
    }
    if (!isAnswer(admitted)) admission = admitted;
  }

  if (expectsContinue) response.writeContinue();
  const read = await readBody(message, endpoint.maxBodyBytes, cutOf(fault, message));
  const uploadId = log.note(read, admission);
  if (read.status === 'gone') return;
  if (read.status === 'cut' || (fault !== undefined && isResetAfterBody(fault))) {
    message.socket.resetAndDestroy();
    return;
  }
  if (fault !== undefined && neverStores(fault)) {
    log.change(outcomeOf(replacementAnswer(fault, parts.clock())));
    await deliverReplacement(fault, wire);
    return;
  }

  const answer =
    read.status === 'too-large'
      ? endpoint.tooLarge()
      : endpoint.answer({ ...request, pretend: undefined }, read.body, uploadId);
  if (fault !== undefined && isReplacing(fault)) {
    log.change(outcomeOf(replacementAnswer(fault, parts.clock())));
    await deliverReplacement(fault, wire);
    return;
  }
  if (!(fault?.kind === 'reset' && fault.when === 'after-store')) log.change(outcomeOf(answer));
  await deliverAnswer(answer, fault, wire);
}

function isReplacing(fault: Fault): fault is ReplacingFault {
  const { kind } = fault;
  return kind === 'status' || kind === 'html' || kind === 'redirect' || kind === 'endless' || kind === 'raw';
}

function neverStores(fault: Fault): fault is ReplacingFault {
  return isReplacing(fault) && fault.stores !== true;
}

function isResetAfterBody(fault: Fault): boolean {
  return fault.kind === 'reset' && fault.when === 'after-body';
}

/** After how many bytes of body the connection is to be cut. */
function cutOf(fault: Fault | undefined, message: IncomingMessage): number | undefined {
  if (fault?.kind !== 'reset' || fault.when !== 'mid-body') return undefined;
  return fault.bytes ?? Math.ceil(Number(message.headers['content-length'] ?? 2) / 2);
}

function outcomeOf(answer: Answer | undefined): UploadChange {
  return answer === undefined ? {} : { status: answer.status, answer: answer.body };
}

/** The upload's entry in the log; requests that are no uploads have none. */
function createEntry(
  { uploads, clock, keepBodies }: ExchangeParts,
  kind: Operation['kind'],
  request: Omit<ApiRequest, 'pretend'>,
  fault: Fault | undefined,
) {
  let id = 0;
  return {
    note(read: BodyRead, admission: Admission | undefined): number {
      if (kind !== 'uploads') return id;
      if (keepBodies && read.status === 'complete') uploads.keepBody(read.sha256, read.body);
      id = uploads.note({
        receivedAt: clock(),
        path: request.path,
        query: request.rawQuery,
        collectorId: request.params[0] ?? null,
        caller: admission?.caller === undefined ? null : callerName(admission.caller),
        repositoryId: null,
        branch: null,
        bytes: read.bytes,
        sha256: read.sha256,
        complete: read.status === 'complete',
        fault: fault?.kind ?? null,
      });
      return id;
    },
    change(change: UploadChange): void {
      if (kind === 'uploads') uploads.change(id, change);
    },
  };
}
