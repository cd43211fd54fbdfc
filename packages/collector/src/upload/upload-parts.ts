import { LedgerError } from '../ledger/ledger-error.ts';
import { systemClock } from '../send/clock.ts';
import { createHttpTransport } from '../send/http-transport.ts';
import { bodyDigest, partIdentity } from '../send/part-identity.ts';
import { sumAccounts } from './account.ts';
import { createSender, retryPolicyOf } from './create-sender.ts';
import { deliverInPieces, type PieceDelivery } from './deliver-in-pieces.ts';
import type { AddressedPart } from './deliver-part.ts';
import { createDocumentBook, type DocumentBook } from './document-book.ts';
import { createLanes, type Lane } from './lanes.ts';
import { abandon, nextOrStop } from './next-or-stop.ts';
import { createPartSlots } from './part-slots.ts';
import { failuresOf } from './report-part.ts';
import type {
  DeadLetter,
  DocumentReport,
  FailureClass,
  PartReport,
  UploadDocument,
  UploadEvent,
  UploadOptions,
  UploadPart,
  UploadResult,
} from './upload-types.ts';
import { watchLimits } from './watch-limits.ts';

const defaultConcurrency = 4;
const defaultDeadlineMs = 300_000;
const defaultGraceMs = 4500;
const lanesPerRequest = 4;
const mostDeadLetters = 100;

/**
 * Uploads documents, part by part. Parts are asked for while there is room for them: for `concurrency + 2` of the largest
 * size. Per lane one part is in flight, in the order of the documents; lanes run side by side.
 *
 * Resolves to what became of every part, whatever the target and the network did.
 *
 * @throws TargetError, CredentialError when nothing could be sent from the start
 * @throws AccountError when the findings do not add up, which is a defect
 */
export async function uploadParts(
  documents: AsyncIterable<UploadDocument> | Iterable<UploadDocument> | UploadDocument,
  options: UploadOptions,
): Promise<UploadResult> {
  options.destination.check(options.context);
  const run = startRun(options);
  try {
    await run.take(asIterable(documents));
    return await run.finish();
  } finally {
    await run.close();
  }
}

function startRun(options: UploadOptions) {
  const clock = options.clock ?? systemClock;
  const { destination, concurrency = defaultConcurrency, deadlineMs = defaultDeadlineMs } = options;
  const emit = (event: UploadEvent) => options.onEvent?.(event);
  const startedAt = clock.now();
  const remainingMs = () => deadlineMs - (clock.now() - startedAt);

  const drain = new AbortController();
  const hard = new AbortController();
  const transport =
    options.transport ??
    createHttpTransport({
      origin: destination.origin,
      concurrency,
      ...(options.proxy === undefined ? {} : { proxy: options.proxy }),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      ...(options.systemCa === undefined ? {} : { systemCa: options.systemCa }),
    });
  const ledger = options.ledger?.begin();
  const policy = retryPolicyOf(options);
  const sender = createSender({
    options,
    clock,
    transport,
    ledger,
    policy,
    concurrency,
    drain: drain.signal,
    remainingMs,
  });
  // A lane whose part waits for its next attempt takes no place from the others, so more of them are busy than requests.
  const busyLanes = lanesPerRequest * concurrency;
  const lanes = createLanes(busyLanes);
  const { maxPartBytes } = destination.target.limits;
  const slots = createPartSlots({ parts: busyLanes + 2, largest: maxPartBytes, ofLargest: concurrency + 2 });

  /** Of each part the reports of its pieces, which for most parts is one. */
  const parts: (readonly PartReport[])[] = [];
  const reports: (DocumentReport | undefined)[] = [];
  const defects: unknown[] = [];
  const deadLetters: DeadLetter[] = [];
  let deadLettered = 0;
  let ledgerError: LedgerError | undefined;
  let accountError: unknown;
  let documentsError: { readonly cause: unknown } | undefined;

  const onLedgerError = (error: LedgerError) => {
    ledgerError ??= error;
    sender.gate.stop({ code: 'ledger', reason: error.message });
  };
  const delivery: PieceDelivery = {
    destination,
    learnt: { maxBytes: Number.POSITIVE_INFINITY, refusedBytes: Number.POSITIVE_INFINITY },
    sender,
    ledger,
    policy,
    force: options.force ?? false,
    hard: hard.signal,
    emit,
    onLedgerError,
    onDefect: (error) => defects.push(error),
    onDeadLetter(letter, text) {
      deadLettered += 1;
      if (deadLetters.length < mostDeadLetters) deadLetters.push(letter);
      emit({ type: 'dead-letter', letter, text });
    },
  };

  const limits = watchLimits({
    clock,
    deadlineMs,
    graceMs: options.graceMs ?? defaultGraceMs,
    signal: options.signal,
    drain,
    hard,
    onDeadline: (reason) => sender.gate.stop({ code: 'deadline', reason }),
  });

  const take = async (source: AsyncIterable<UploadDocument>) => {
    const iterator = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { stopped, next } = await nextOrStop(iterator, drain.signal);
        if (stopped) abandon(iterator);
        if (next.done === true) return;
        await takeDocument(next.value);
      }
    } catch (cause) {
      documentsError = { cause };
    }
  };

  const takeDocument = async (document: UploadDocument) => {
    const book = createDocumentBook(document);
    const index = reports.push(undefined) - 1;
    const iterator = document.parts[Symbol.asyncIterator]();
    let complete = false;
    try {
      while (!complete) {
        // The slot is taken first: a part that is being made is in memory already.
        await slots.take();
        const { stopped, next } = await takeNext(iterator);
        if (next.done !== true) {
          takePart(book, next.value);
          continue;
        }
        slots.free();
        if (stopped) {
          abandon(iterator);
          break;
        }
        complete = true;
      }
    } catch (error) {
      book.fail(error);
    }
    book.end(complete);
    endDocument(book, index);
  };

  const takeNext = async (iterator: AsyncIterator<UploadPart>) => {
    try {
      return await nextOrStop(iterator, drain.signal);
    } catch (error) {
      slots.free();
      throw error;
    }
  };

  const takePart = (book: DocumentBook, part: UploadPart) => {
    const { document } = book;
    const index = parts.push([]) - 1;
    const settle = (reports: readonly PartReport[]) => {
      parts[index] = reports;
      for (const report of reports) {
        book.add(report);
        emit({ type: 'part-done', part: report });
      }
    };
    const bytes = part.bytes.byteLength;
    slots.fill(bytes);

    const addressed = address(book, part);
    if (addressed === undefined) {
      slots.free(bytes);
      settle([withoutAddress(document, part)]);
      return;
    }
    lanes.enqueue(addressed.lane, async () => {
      const reports = await deliverInPieces(delivery, addressed);
      slots.free(bytes);
      settle(reports);
    });
  };

  const address = (book: DocumentBook, part: UploadPart): AddressedPart | undefined => {
    const { document } = book;
    const context = document.context ?? options.context ?? {};
    try {
      const lane = lanes.get(destination.laneOf(part.tool, context));
      book.lanes.add(lane);
      const sha256 = part.sha256 ?? bodyDigest(part.bytes);
      return { document, part, lane, context, sha256, identity: partIdentity(destination.target.id, lane.key, sha256) };
    } catch (error) {
      book.fail(error);
      return undefined;
    }
  };

  /** Closes the document in each of its lanes, after its last part there; the last to close writes the report. */
  const endDocument = (book: DocumentBook, index: number) => {
    let open = book.lanes.size;
    const closeOne = () => {
      open -= 1;
      if (open > 0) return;
      try {
        const report = book.report();
        reports[index] = report;
        emit({ type: 'document-done', document: report });
      } catch (error) {
        accountError ??= error;
      }
    };
    if (open === 0) {
      open = 1;
      closeOne();
      return;
    }
    for (const lane of book.lanes) {
      lanes.enqueue(lane, async () => {
        await closeInLedger(lane, book.complete);
        closeOne();
      });
    }
  };

  const closeInLedger = async (lane: Lane, complete: boolean) => {
    const { item } = lane;
    lane.item = undefined;
    if (item === undefined || ledger === undefined || ledgerError !== undefined) return;
    try {
      await ledger.closeItem(item, complete);
    } catch (error) {
      if (error instanceof LedgerError) onLedgerError(error);
      else defects.push(error);
    }
  };

  const finish = async (): Promise<UploadResult> => {
    await lanes.idle();
    if (ledger !== undefined && ledgerError === undefined) {
      await ledger.finish().catch((error: unknown) => {
        if (!(error instanceof LedgerError)) throw error;
        onLedgerError(error);
      });
    }
    if (accountError !== undefined) throw accountError;

    const settled = parts.flat();
    const { stopped } = sender.gate;
    if (stopped !== undefined) emit({ type: 'target-stopped', ...stopped });
    const known = reports.filter((report) => report !== undefined);
    return {
      documents: known,
      parts: settled,
      account: sumAccounts(known.map((report) => report.account)),
      failures: new Set<FailureClass>(settled.flatMap((part) => failuresOf(part, options.strict === true))),
      interrupted: options.signal?.aborted ?? false,
      deadLetters,
      deadLettered,
      defects,
      ...(stopped === undefined ? {} : { stopped }),
      ...(ledgerError === undefined ? {} : { ledgerError }),
      ...(documentsError === undefined ? {} : { error: documentsError.cause }),
    };
  };

  const close = async () => {
    limits.end();
    if (options.transport === undefined) await transport.close();
  };

  return { take, finish, close };
}

function withoutAddress(document: UploadDocument, part: UploadPart): PartReport {
  return {
    sha256: part.sha256 ?? bodyDigest(part.bytes),
    lane: '',
    bytes: part.bytes.byteLength,
    results: part.results,
    outcome: 'undelivered',
    httpStatus: null,
    attempts: 0,
    path: document.path,
    number: part.number,
    code: 'configuration',
  };
}

async function* asIterable(
  documents: AsyncIterable<UploadDocument> | Iterable<UploadDocument> | UploadDocument,
): AsyncGenerator<UploadDocument> {
  if ('parts' in documents) yield documents;
  else yield* documents;
}
