import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputErrorFrom, isSystemError } from '../../input/input-error.ts';
import { type Receipt, readReceipt } from '../../receipt/receipt.ts';
import { printDocument, schemaVersion } from '../documents/document.ts';
import type { LedgerVerifyDocument, VerifiedReceipt } from '../documents/ledger-document.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import { countOf } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';

/** Longer than the receipt of any run, in bytes: what is longer is the wrong file. */
const longestReceipt = 256 * 1024 * 1024;

/** Does what `sariflow ledger verify` says. A receipt that was changed makes the exit code 1, one that cannot be read 3. */
export async function runLedgerVerify(paths: readonly string[], _options: object, services: Services) {
  const { environment, result, isJson } = services;
  const files: VerifiedReceipt[] = [];
  const happened = new Set<ExitName>();
  for (const path of paths) {
    const verified = await verify(path, environment.cwd);
    files.push(verified);
    if (verified.error !== undefined) happened.add(verified.error.code.startsWith('SF-I') ? 'unreadable' : 'invalid');
    if (!isJson) say(verified, services);
  }
  const exit = exitFor(happened);
  if (isJson) {
    const document: LedgerVerifyDocument = { schemaVersion, command: 'ledger verify', exit, files, next: [] };
    await result.write(printDocument(document));
  }
  return exit;
}

async function verify(path: string, cwd: string): Promise<VerifiedReceipt> {
  let written: string;
  try {
    const place = resolve(cwd, path);
    if ((await stat(place)).size > longestReceipt) {
      return failed(path, 'receipt-foreign', 'It is too long for a receipt.');
    }
    written = await readFile(place, 'utf8');
  } catch (error) {
    const { code, message } = inputErrorFrom(error, path);
    return failed(path, code, message);
  }
  const read = readReceipt(written);
  if ('defect' in read) return failed(path, read.defect, read.message);
  const { target, startedAt, account } = read.receipt;
  return {
    path,
    valid: true,
    target,
    startedAt,
    findings: account.in,
    accepted: account.accepted,
    ...(await compareFiles(read.receipt, cwd)),
  };
}

function failed(path: string, code: string, message: string): VerifiedReceipt {
  return { path, valid: false, error: { code, message } };
}

/** Files that were sent may be gone, as build folders are: that is counted, and no fault of the receipt. */
async function compareFiles({ files }: Receipt, cwd: string) {
  let filesUnchanged = 0;
  let filesMissing = 0;
  const filesChanged: string[] = [];
  for (const { path, sha256 } of files) {
    const now = sha256 === undefined ? undefined : await digestOfFile(resolve(cwd, path));
    if (now === undefined) filesMissing += 1;
    else if (now === sha256) filesUnchanged += 1;
    else filesChanged.push(path);
  }
  return { filesUnchanged, filesChanged, filesMissing };
}

async function digestOfFile(place: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    if (!(await stat(place)).isFile()) return undefined;
    for await (const chunk of createReadStream(place)) hash.update(chunk as Uint8Array);
    return hash.digest('hex');
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

function say(verified: VerifiedReceipt, { result }: Services): void {
  const { path, error } = verified;
  const { paint } = result;
  if (error !== undefined) {
    result.line(text`${paint.red('✗')} ${path}: ${error.message} (${error.code})`);
    return;
  }
  result.line(
    text`${paint.green('✓')} ${path}: as it was written ${verified.startedAt ?? ''}, ${countOf(verified.accepted ?? 0, 'finding')} of ${verified.findings ?? 0} accepted by ${verified.target ?? ''}`,
  );
  for (const changed of verified.filesChanged ?? [])
    result.line(text`  ${changed} is not the file any more that was sent`);
}
