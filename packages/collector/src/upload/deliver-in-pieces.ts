import { PartTooSmallError, ReadError } from '@sariflow/sarif';
import { bodyDigest, partIdentity } from '../send/part-identity.ts';
import type { Destination } from '../targets/target.ts';
import { type AddressedPart, afterException, type Delivery, deliverPart, reportOf } from './deliver-part.ts';
import { type DivideOptions, dividePart, findResult, type PlaceInPart, suspectsIn } from './divide-part.ts';
import { pointerInDocument } from './result-origins.ts';
import type { DeadLetter, PartCode, PartReport, UploadDocument, UploadPart } from './upload-types.ts';

/** What dividing needs of the run besides what delivering does. */
export interface PieceDelivery extends Delivery {
  readonly destination: Destination;
  /** In bytes, for the whole run: what is tried at most, and the smallest size that was refused as too large. */
  readonly learnt: { maxBytes: number; refusedBytes: number };
  readonly onDeadLetter: (letter: DeadLetter, text: string) => void;
}

/** After so many refused results of a document the others are no longer searched for. */
const mostCulprits = 5;
const culpritsOf = new WeakMap<UploadDocument, number>();

/**
 * Delivers a part, and where the target does not take it as it is, what can be delivered of it.
 *
 * - Too large (413): the limit for this target is halved, for the rest of the run, and the part is divided.
 * - Refused (400, 422): results that our own rules object to are left out; then halves are tried until the culprits stand
 *   alone, which costs at most 2·⌈log₂ n⌉ + 1 requests for each of them. After five the rest is sent and left at that.
 *
 * A result that cannot be delivered becomes a dead letter with its place and the reason. A target for which an upload
 * replaces what was there gets no halves, as each would pass for the whole.
 *
 * @returns a report for each piece that was not divided any more; together they hold the part's results. Never rejects.
 */
export async function deliverInPieces(delivery: PieceDelivery, addressed: AddressedPart): Promise<PartReport[]> {
  const reports: PartReport[] = [];
  try {
    await deliver(delivery, addressed, reports);
  } catch (error) {
    const settled = reports.reduce((sum, { results }) => sum + results, 0);
    const results = addressed.part.results - settled;
    reports.push({ ...reportOf(addressed), results, ...afterException(delivery, addressed.lane, error, undefined) });
  }
  return reports;
}

async function deliver(delivery: PieceDelivery, addressed: AddressedPart, reports: PartReport[]): Promise<void> {
  const { part } = addressed;
  const { learnt } = delivery;
  const bytes = part.bytes.byteLength;
  const adds = delivery.destination.target.state !== 'replaces';
  const divisible = adds && part.results > 0;
  if (divisible && (bytes >= learnt.refusedBytes || (bytes > learnt.maxBytes && part.results > 1))) {
    if (await deliverSmaller(delivery, addressed, undefined, reports)) return;
  }
  const report = await deliverPart(delivery, addressed);
  if (report.outcome !== 'rejected') reports.push(report);
  else if (report.code === 'too-large') {
    learnt.refusedBytes = Math.min(learnt.refusedBytes, bytes);
    if (part.results > 1) learnt.maxBytes = Math.min(learnt.maxBytes, Math.floor(bytes / 2));
    if (!adds) reports.push(wholeOnly(report));
    else if (!(await deliverSmaller(delivery, addressed, report, reports))) reports.push(report);
  } else if (isAboutContent(report)) await deliverWithoutSuspects(delivery, addressed, report, reports);
  else reports.push(report);
}

/** The target looked at the part and refused it. */
function isAboutContent({ code, httpStatus }: PartReport): boolean {
  return code === 'bad-request' || code === 'unprocessable' || (code === 'refused' && (httpStatus ?? 0) < 300);
}

function wholeOnly(report: PartReport): PartReport {
  const advice =
    'Here each upload takes the place of the one before, so the document cannot be divided: upload fewer results at a time, by tool or by folder.';
  return { ...report, reason: `${report.reason ?? ''} ${advice}`.trim() };
}

/** @returns `false`, having done nothing, for a part that cannot be divided */
async function deliverSmaller(
  delivery: PieceDelivery,
  addressed: AddressedPart,
  refused: PartReport | undefined,
  reports: PartReport[],
): Promise<boolean> {
  const { part } = addressed;
  const { learnt } = delivery;
  const reason = refused?.reason ?? 'The target has refused parts of this size as too large.';
  const cause = { code: 'too-large', reason, refused } as const;
  if (part.results === 1) return deliverShorter(delivery, addressed, cause, reports);

  // By number, not by size: a result alone is only shortened once the target itself has refused it.
  const fitting = Math.floor((part.results * learnt.maxBytes) / part.bytes.byteLength);
  const maxResults = Math.max(1, Math.min(fitting, Math.ceil(part.results / 2)));
  return inPieces(delivery, addressed, cause, reports, async (place) => {
    for await (const piece of dividePart(part, { maxResults })) await deliver(delivery, place(piece), reports);
  });
}

/** Sends a single result with fewer of its details, ever fewer while the target finds it too large, or leaves it out. */
async function deliverShorter(
  delivery: PieceDelivery,
  addressed: AddressedPart,
  cause: Cause,
  reports: PartReport[],
): Promise<boolean> {
  const { part } = addressed;
  const remarks: string[] = [];
  const options = {
    maxBytes: delivery.learnt.refusedBytes - 1,
    onShortened: (pointer: string, what: string) => void remarks.push(`${pointer} had to be shortened. ${what}`),
  };
  return inPieces(delivery, addressed, cause, reports, async (place) => {
    const from = reports.length;
    for await (const piece of smallerOnly(part, options)) {
      await deliver(delivery, place(piece), reports);
      remark(reports, from, remarks.join(' '));
    }
    if (reports.length > from) return;
    const found = await findResult(part, () => true);
    if (found === undefined) throw new Error('A part with one result holds none.');
    const why = 'The result alone is larger than the target takes, even without its details.';
    reports.push(await leaveOut(delivery, addressed, found, { ...cause, reason: why }));
  });
}

/** Nothing, where the header alone is too long. */
async function* smallerOnly(part: UploadPart, options: DivideOptions): AsyncGenerator<UploadPart> {
  try {
    yield* dividePart(part, options);
  } catch (error) {
    if (!(error instanceof PartTooSmallError)) throw error;
  }
}

/** Adds a remark to a report that can carry one. */
function remark(reports: PartReport[], at: number, text: string): void {
  const report = reports[at];
  if (report === undefined || report.outcome !== 'accepted' || text === '') return;
  reports[at] = { ...report, warning: report.warning === undefined ? text : `${report.warning} ${text}` };
}

async function deliverWithoutSuspects(
  delivery: PieceDelivery,
  addressed: AddressedPart,
  refused: PartReport,
  reports: PartReport[],
): Promise<void> {
  const { part } = addressed;
  const suspects = await readable(() => suspectsIn(part), []);
  if (suspects.length === 0 || suspects.length === part.results) return bisect(delivery, addressed, refused, reports);

  const isSuspect = new Set(suspects.map(({ place }) => nameOf(place)));
  const cause = { code: refused.code ?? 'refused', reason: refused.reason ?? '', refused };
  const isDone = await inPieces(delivery, addressed, cause, reports, async (place) => {
    for (const { place: where, ruleId, message } of suspects) {
      const why = `The target refused a part with this result, and our own rule ${ruleId} objects to it: ${message}`;
      reports.push(await leaveOut(delivery, addressed, where, { ...cause, reason: why }));
    }
    for await (const piece of dividePart(part, { without: (where) => isSuspect.has(nameOf(where)) })) {
      await deliverOrBisect(delivery, place(piece), reports);
    }
  });
  if (!isDone) reports.push(refused);
}

function nameOf({ runIndex, resultIndex }: PlaceInPart): string {
  return `${runIndex} ${resultIndex}`;
}

async function deliverOrBisect(
  delivery: PieceDelivery,
  addressed: AddressedPart,
  reports: PartReport[],
): Promise<void> {
  const report = await deliverPart(delivery, addressed);
  if (report.outcome === 'rejected' && isAboutContent(report)) await bisect(delivery, addressed, report, reports);
  else reports.push(report);
}

/** Looks for the culprits of a part that was refused. */
async function bisect(
  delivery: PieceDelivery,
  addressed: AddressedPart,
  refused: PartReport,
  reports: PartReport[],
): Promise<void> {
  const { part, document } = addressed;
  const found = culpritsOf.get(document) ?? 0;
  if (delivery.destination.target.state === 'replaces' || found >= mostCulprits) {
    reports.push(refused);
    return;
  }
  if (part.results === 1) {
    culpritsOf.set(document, found + 1);
    reports.push(await nameCulprit(delivery, addressed, refused));
    return;
  }
  const cause = { code: refused.code ?? 'refused', reason: refused.reason ?? '', refused };
  const isDone = await inPieces(delivery, addressed, cause, reports, async (place) => {
    for await (const half of dividePart(part, { maxResults: Math.ceil(part.results / 2) })) {
      await deliverOrBisect(delivery, place(half), reports);
    }
  });
  if (!isDone) reports.push(refused);
}

interface Cause {
  readonly code: PartCode;
  readonly reason: string;
  /** What the target said of the part as a whole, when it was asked. */
  readonly refused: PartReport | undefined;
}

/**
 * Puts pieces in the place of a part.
 * @returns `false`, having done nothing, for a part that is no log with the results it is said to have
 */
async function inPieces(
  delivery: PieceDelivery,
  addressed: AddressedPart,
  { code, reason, refused }: Cause,
  reports: PartReport[],
  deliverAll: (place: (piece: UploadPart) => AddressedPart) => Promise<void>,
): Promise<boolean> {
  const { part, document, lane, identity } = addressed;
  const from = reports.length;
  const counted = await readable(() => countResults(part), -1);
  if (counted !== part.results) return false;

  if (refused !== undefined) {
    delivery.emit({ type: 'part-divided', path: document.path, number: part.number, lane: lane.key, code, reason });
    if (lane.item !== undefined) await delivery.ledger?.supersede(lane.item, identity, reason);
  }
  await deliverAll((piece) => addressPiece(delivery, addressed, piece));
  for (const [at, report] of reports.entries()) if (at >= from) reports[at] = { ...report, piece: true };
  return true;
}

async function countResults(part: UploadPart): Promise<number> {
  let results = 0;
  for await (const piece of dividePart(part, {})) results += piece.results;
  return results;
}

/** What `read` gives, or `otherwise` for bytes that are no log. */
async function readable<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ReadError || error instanceof PartTooSmallError) return otherwise;
    throw error;
  }
}

function addressPiece({ destination }: PieceDelivery, { document, lane, context }: AddressedPart, part: UploadPart) {
  const sha256 = bodyDigest(part.bytes);
  const identity = partIdentity(destination.target.id, lane.key, sha256);
  return { document, lane, context, part, sha256, identity };
}

/** A result that is not sent again. The ledger is told, so that the document does not pass for delivered. */
async function leaveOut(
  delivery: PieceDelivery,
  addressed: AddressedPart,
  where: PlaceInPart,
  { code, reason, refused }: Cause,
): Promise<PartReport> {
  const { part, lane } = addressed;
  const found = await findResult(part, (place) => nameOf(place) === nameOf(where));
  const text = JSON.stringify(found?.result ?? null);
  const bytes = Buffer.from(text);
  const piece = addressPiece(delivery, addressed, { ...part, bytes, results: 1 });
  const pointer = pointerInDocument(part.origins, where.runIndex, where.resultIndex);
  if (lane.item !== undefined && delivery.ledger !== undefined) {
    const request = { sha256: piece.identity, number: part.number, results: 1, bytes: bytes.byteLength };
    await delivery.ledger.admit(lane.item, request);
    await delivery.ledger.hold(lane.item, piece.identity, `${pointer}: ${reason}`);
  }
  const httpStatus = refused?.httpStatus ?? null;
  return bury(delivery, { ...reportOf(piece), outcome: 'rejected', httpStatus, code, reason, pointer }, text);
}

/** A result that was sent alone and refused. */
async function nameCulprit(delivery: PieceDelivery, { part }: AddressedPart, report: PartReport): Promise<PartReport> {
  const found = await findResult(part, () => true);
  const pointer = pointerInDocument(part.origins, found?.runIndex ?? 0, found?.resultIndex ?? 0);
  return bury(delivery, { ...report, pointer }, JSON.stringify(found?.result ?? null));
}

function bury(delivery: PieceDelivery, report: PartReport & { readonly pointer: string }, text: string): PartReport {
  const { path, lane, pointer, code = 'refused', reason = '', httpStatus } = report;
  const ruleId = ruleIdOf(text);
  const letter = { path, lane, pointer, code, reason, httpStatus, ...(ruleId === undefined ? {} : { ruleId }) };
  delivery.onDeadLetter(letter, text);
  return { ...report, reason: `${pointer}: ${reason}` };
}

function ruleIdOf(text: string): string | undefined {
  const result = JSON.parse(text) as { ruleId?: unknown; rule?: { id?: unknown } } | null;
  const id = result?.ruleId ?? result?.rule?.id;
  return typeof id === 'string' ? id : undefined;
}
