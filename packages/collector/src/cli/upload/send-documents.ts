import type { Ledger } from '../../ledger/index.ts';
import { proxyFromEnv } from '../../send/proxy-settings.ts';
import type { Destination, UploadContext } from '../../targets/target.ts';
import { uploadParts } from '../../upload/upload-parts.ts';
import type { PartReport, UploadDocument, UploadEvent } from '../../upload/upload-types.ts';
import type { Conversation } from '../conversation.ts';
import type { DocumentPart } from '../documents/upload-document.ts';
import type { Environment } from '../environment.ts';
import type { ExitName } from '../exit-code.ts';
import { formatBytes, formatDuration } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import { partsErrorOf } from './parts-error.ts';
import type { SentDocuments } from './sent-documents.ts';
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
  options: Pick<UploadCommandOptions, 'concurrency' | 'deadline' | 'force' | 'onUnknown'>,
  { environment, conversation }: { readonly environment: Environment; readonly conversation: Conversation },
): Promise<SentDocuments> {
  const proxy = proxyFromEnv(environment.env);
  const result = await uploadParts(documents, {
    destination,
    context,
    concurrency: options.concurrency,
    deadlineMs: options.deadline === 0 ? Number.POSITIVE_INFINITY : options.deadline * 1000,
    signal: environment.interruption,
    onEvent: createNarrator(conversation, environment.clock),
    ...(ledger !== undefined && { ledger }),
    ...(proxy !== undefined && { proxy }),
    ...(options.force === true && { force: true }),
    ...(options.onUnknown !== undefined && { retry: { onUnknown: options.onUnknown } }),
  });
  conversation.progress.hide();
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
  return { documents: sent, parts: result.parts.map(publicPart), happened };
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
function createNarrator(conversation: Conversation, clock: () => number): (event: UploadEvent) => void {
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

function speed(bytes: number, ms: number): string {
  return ms <= 0 ? '' : `${formatBytes(Math.round((bytes / ms) * 1000))}/s`;
}
