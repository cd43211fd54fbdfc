import { isSystemError } from '../../input/input-error.ts';
import type { Ledger } from '../../ledger/index.ts';
import { proxyFromEnv } from '../../send/proxy-settings.ts';
import type { Destination, UploadContext } from '../../targets/target.ts';
import { uploadParts } from '../../upload/upload-parts.ts';
import type { PartReport, UploadDocument, UploadEvent } from '../../upload/upload-types.ts';
import type { Conversation } from '../conversation.ts';
import type { DocumentPart } from '../documents/upload-document.ts';
import type { Environment } from '../environment.ts';
import type { ExitName } from '../exit-code.ts';
import { readCertificates } from '../read-certificates.ts';
import { countOf, formatBytes, formatDuration } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import { type DeadLetterFile, deadLetterFile } from './dead-letter-file.ts';
import { partsErrorOf } from './parts-error.ts';
import { type PartTimes, partKey, type SentDocuments } from './sent-documents.ts';
import type { UploadCommandOptions } from './upload-options.ts';

/** Where documents go. */
export interface SendTarget {
  readonly destination: Destination;
  readonly context: UploadContext;
  readonly ledger: Ledger | undefined;
}

/**
 * Sends all documents and tells about it on the way. Throws `TargetError` and `CredentialError` when nothing can be sent at all, and whatever the
 * documents throw that is not about one of them.
 */
export async function sendDocuments(
  documents: AsyncIterable<UploadDocument>,
  { destination, context, ledger }: SendTarget,
  options: Pick<UploadCommandOptions, 'concurrency' | 'deadline' | 'force' | 'onUnknown' | 'caFile' | 'strict'>,
  { environment, conversation }: { readonly environment: Environment; readonly conversation: Conversation },
): Promise<SentDocuments> {
  const proxy = proxyFromEnv(environment.env);
  const ca = options.caFile === undefined ? undefined : await readCertificates(options.caFile, environment);
  const letters = ledger === undefined ? undefined : deadLetterFile(ledger.place);
  const times = new Map<string, PartTimes>();
  const narrate = createNarrator(conversation, environment.clock, letters);
  const result = await uploadParts(documents, {
    destination,
    context,
    concurrency: options.concurrency,
    deadlineMs: options.deadline === 0 ? Number.POSITIVE_INFINITY : options.deadline * 1000,
    signal: environment.interruption,
    onEvent(event) {
      noteTime(times, event);
      narrate(event);
    },
    ...(ledger !== undefined && { ledger }),
    ...(proxy !== undefined && { proxy }),
    ...(ca !== undefined && { ca }),
    ...(options.strict === true && { strict: true }),
    ...(options.force === true && { force: true }),
    ...(options.onUnknown !== undefined && { retry: { onUnknown: options.onUnknown } }),
  });
  conversation.progress.hide();
  if (result.deadLettered > 0) {
    const place = letters === undefined ? '' : text` They are in ${letters.path}, each with its place and the reason.`;
    conversation.warn(text`${countOf(result.deadLettered, 'finding')} had to be left out.${place}`);
  }
  if (result.error !== undefined) throw result.error;

  const happened: ExitName[] = [...result.failures];
  if (result.ledgerError !== undefined) {
    conversation.error(text`${result.ledgerError.message}`);
    happened.push('undelivered');
  }
  for (const defect of result.defects) {
    conversation.error(
      text`A defect of Sariflow stopped a lane: ${defect instanceof Error ? (defect.stack ?? defect.message) : String(defect)}`,
    );
    happened.push('internal');
  }

  const sent = result.documents.map(({ parts, delivered, alreadyDelivered, account, path, error }) => {
    const document = { parts, delivered, alreadyDelivered, account };
    if (error === undefined) return document;
    const fileError = partsErrorOf(error);
    conversation.error(text`${path}: ${fileError.message} (${fileError.code})`);
    happened.push('unreadable');
    return { ...document, error: fileError };
  });
  return { documents: sent, parts: result.parts.map(publicPart), happened, times };
}

function noteTime(times: Map<string, PartTimes>, event: UploadEvent): void {
  if (event.type === 'sending') {
    const key = partKey(event);
    if (!times.has(key)) times.set(key, { sentAt: Date.now() });
  } else if (event.type === 'part-done') {
    const key = partKey(event.part);
    const known = times.get(key);
    if (known !== undefined) times.set(key, { ...known, doneAt: Date.now() });
  }
}

/** The members of a part that are published, and no others. */
function publicPart(part: PartReport): DocumentPart {
  const { sha256, lane, bytes, results, outcome, httpStatus, attempts, path, number, code, reason, warning } = part;
  return {
    sha256,
    lane,
    bytes,
    results,
    outcome,
    httpStatus,
    attempts,
    path,
    number,
    ...(code !== undefined && { code }),
    ...(reason !== undefined && { reason }),
    ...(warning !== undefined && { warning }),
  };
}

/** Says what happens while parts are being sent. */
function createNarrator(
  conversation: Conversation,
  clock: () => number,
  letters: DeadLetterFile | undefined,
): (event: UploadEvent) => void {
  const startedAt = clock();
  let done = 0;
  let bytes = 0;
  return (event) => {
    switch (event.type) {
      case 'part-done':
        done += 1;
        if (event.part.attempts > 0) bytes += event.part.bytes;
        conversation.progress.update({
          verb: 'sending',
          done,
          unit: 'parts',
          note: `${formatBytes(bytes)}  ${speed(bytes, clock() - startedAt)}`,
        });
        break;
      case 'waiting':
        conversation.detail(
          text`${event.path} part ${event.number}: attempt ${event.attempt} failed, the next one in ${formatDuration(event.waitMs)}: ${event.reason}`,
        );
        break;
      case 'paused':
        conversation.info(text`  waiting ${formatDuration(event.waitMs)}: ${event.reason}`);
        break;
      case 'resending':
        conversation.warn(
          text`${event.path} part ${event.number} may have arrived in an earlier run that did not learn it; it is sent once more.`,
        );
        break;
      case 'part-divided':
        conversation.detail(
          text`${event.path} part ${event.number} goes in smaller pieces: ${event.reason} (${event.code})`,
        );
        break;
      case 'dead-letter':
        conversation.detail(text`${event.letter.path}${event.letter.pointer} is left out: ${event.letter.reason}`);
        keepLetter(letters, event, conversation);
        break;
      case 'lane-stopped':
        conversation.error(text`Nothing more is sent for ${event.lane}: ${event.reason} (${event.code})`);
        break;
      case 'target-stopped':
        conversation.error(text`Nothing more is sent: ${event.reason} (${event.code})`);
        break;
      case 'sending':
      case 'document-done':
        break;
    }
  };
}

/** The finding is accounted for in any case; that it could not be written down is said. */
function keepLetter(
  letters: DeadLetterFile | undefined,
  { letter, text: result }: Extract<UploadEvent, { type: 'dead-letter' }>,
  conversation: Conversation,
): void {
  try {
    letters?.append(letter, result);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    conversation.warn(text`${letters?.path ?? ''} cannot be written (${error.code ?? ''}): ${letter.reason}`);
  }
}

function speed(bytes: number, ms: number): string {
  return ms <= 0 ? '' : `${formatBytes(Math.round((bytes / ms) * 1000))}/s`;
}
