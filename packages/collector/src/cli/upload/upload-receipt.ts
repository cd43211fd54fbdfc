import { isSystemError } from '../../input/input-error.ts';
import { beginPrivateFile, type PrivateFile } from '../../receipt/private-file.ts';
import { type ReceiptPart, sealReceipt } from '../../receipt/receipt.ts';
import type { Account } from '../../upload/account.ts';
import type { ContextValues } from '../context/say-context.ts';
import type { UploadedFile } from '../documents/upload-document.ts';
import type { Exit } from '../exit-code.ts';
import { packageVersion } from '../package-version.ts';
import { UsageError } from '../usage-error.ts';
import type { PreparedFile } from './prepare-documents.ts';
import { partKey, type SentDocuments } from './sent-documents.ts';

/** What a receipt tells of a run that is over. */
export interface FinishedUpload {
  readonly target: string;
  readonly origin: string;
  readonly context: ContextValues;
  readonly prepared: readonly PreparedFile[];
  readonly files: readonly UploadedFile[];
  readonly sent: SentDocuments;
  readonly account: Account;
  readonly exit: Exit;
}

/** The receipt of a run that has begun. */
export interface UploadReceipt extends AsyncDisposable {
  /** Writes it: for the user alone, as a whole, and durable. Throws `UsageError` when the place cannot be written to any more. */
  write(upload: FinishedUpload): Promise<void>;
}

/**
 * Begins the receipt of a run. Throws `UsageError` when it could not be written, before anything is sent.
 *
 * @param path where it goes, absolute
 * @param named how the user calls it
 */
export async function beginReceipt(path: string, named: string): Promise<UploadReceipt> {
  const startedAt = new Date().toISOString();
  const file: PrivateFile = await explained(named, () => beginPrivateFile(path));
  return {
    async write(upload) {
      const text = sealReceipt({
        type: 'sariflow-receipt',
        version: 1,
        sariflow: packageVersion(),
        target: upload.target,
        origin: upload.origin,
        startedAt,
        endedAt: new Date().toISOString(),
        context: Object.fromEntries(
          Array.from(upload.context, ([name, { value, origin }]) => [name, { value, origin }]),
        ),
        files: upload.files.map(({ path: file, format, findings, parts, delivered }, index) => {
          const sha256 = upload.prepared[index]?.sha256;
          return { path: file, ...(sha256 !== undefined && { sha256 }), format, findings, parts, delivered };
        }),
        parts: upload.sent.parts.map((part) => receiptPart(part, upload.sent)),
        account: upload.account,
        exit: { code: upload.exit.code, name: upload.exit.name },
      });
      await explained(named, () => file.complete(text));
    },
    [Symbol.asyncDispose]: () => file.discard(),
  };
}

function receiptPart(part: SentDocuments['parts'][number], { times }: SentDocuments): ReceiptPart {
  const { sha256, lane, path, number, bytes, results, outcome, httpStatus, attempts, code } = part;
  const time = times?.get(partKey(part));
  return {
    sha256,
    lane: lane ?? '',
    path,
    number,
    bytes,
    results,
    outcome,
    httpStatus,
    attempts,
    ...(time !== undefined && { sentAt: new Date(time.sentAt).toISOString() }),
    ...(time?.doneAt !== undefined && { doneAt: new Date(time.doneAt).toISOString() }),
    ...(code !== undefined && { code }),
  };
}

async function explained<Value>(named: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(
      `The receipt ${named} cannot be written (${error.code}). Check the folder and its permissions, or choose another place.`,
      { cause: error },
    );
  }
}
