import type { Level } from '@sariflow/sarif';
import type { Account } from '../../upload/account.ts';
import type { Conversation } from '../conversation.ts';
import type { UploadedFile } from '../documents/upload-document.ts';
import { type Exit, exitCodes } from '../exit-code.ts';
import { renderAccount } from '../render/account.ts';
import { renderColumns } from '../render/columns.ts';
import { countOf, formatBytes, formatCount, formatDuration } from '../render/quantities.ts';
import { joinText, text } from '../render/text.ts';
import { renderFailures, renderLevels, renderWarnings } from '../render/upload-summary.ts';
import type { SentDocuments } from './sent-documents.ts';
import type { UploadCommandOptions } from './upload-options.ts';

/** How an upload ended. */
export interface UploadEnd {
  readonly files: readonly UploadedFile[];
  readonly sent: SentDocuments;
  readonly account: Account;
  readonly levels: ReadonlyMap<string, Readonly<Record<Level, number>>>;
  readonly exit: Exit;
  /** Milliseconds it took. */
  readonly ms: number;
  readonly options: UploadCommandOptions;
  /** Where the local Collector keeps what arrived, when that was the target. */
  readonly database: string | undefined;
}

/**
 * Tells how an upload ended: levels per tool, failures by reason, the account per file and in total, and what can be done next.
 *
 * @returns what can be done next, for the document
 */
export function sayUploadSummary(end: UploadEnd, conversation: Conversation): string[] {
  const { files, sent, account, levels, exit, options } = end;
  const { paint } = conversation.output;
  if (files.length === 0) conversation.error(text`No report was found. Name a report, or a folder that holds one.`);
  for (const line of renderLevels(levels, paint)) conversation.info(line);
  for (const line of renderWarnings(sent.parts)) conversation.info(line);
  for (const line of renderFailures(sent.parts, paint)) conversation.warn(line);
  if (files.length > 1) sayFiles(files, conversation);
  const isDry = options.dryRun === true;
  const words = isDry ? { accepted: '', undelivered: 'would be sent' } : {};
  for (const line of renderAccount(account, paint, words)) conversation.info(line);

  sayVerdict(end, conversation);
  if (exit.softFailed === true) {
    conversation.warn(
      text`--soft-fail: the exit code is 0 and would have been ${exit.name === 'interrupted' ? '' : exitCodes[exit.name]} (${exit.name}).`,
    );
  }
  const next = nextSteps(end);
  for (const step of next) conversation.next(text`${step}`);
  return next;
}

function sayFiles(files: readonly UploadedFile[], conversation: Conversation): void {
  const rows = files.map(({ path, account, error, held }) => {
    if (error !== undefined) return [path, '', error.code];
    const fates = (['accepted', 'merged', 'rejected', 'dropped', 'held', 'undelivered', 'unknown'] as const).filter(
      (fate) => (account?.[fate] ?? 0) > 0,
    );
    const shares = fates.map(
      (fate) =>
        `${fate === 'undelivered' && account?.reasons.some(({ code }) => code === 'dry-run') ? 'would be sent' : fate} ${formatCount(account?.[fate] ?? 0)}`,
    );
    return [path, formatCount(account?.in ?? 0), held === undefined || shares.length > 0 ? shares.join(' + ') : 'held'];
  });
  for (const line of renderColumns(rows, ['left', 'right'])) conversation.info(line);
}

function sayVerdict({ files, sent, account, ms, options, exit }: UploadEnd, conversation: Conversation): void {
  const { paint } = conversation.output;
  const bytes = sent.parts.reduce((sum, part) => sum + part.bytes, 0);
  const amount = text`${countOf(sent.parts.length, 'part')}, ${formatBytes(bytes)}`;
  if (options.dryRun === true) {
    const held = sent.parts.filter(({ outcome }) => outcome === 'held').length;
    conversation.info(
      text`dry run: would send ${countOf(account.undelivered, 'finding')} of ${countOf(files.length, 'file')} in ${amount}${held > 0 ? `, ${held} of them held back` : ''}; nothing was sent`,
    );
    return;
  }
  const known = sent.documents.filter(({ alreadyDelivered }) => alreadyDelivered).length;
  if (known > 0) {
    conversation.info(
      text`  ${countOf(known, 'file')} had been delivered before and ${known === 1 ? 'was' : 'were'} not sent again (--force sends regardless)`,
    );
  }
  if (exit.name === 'ok' && known > 0 && known === sent.documents.length) {
    conversation.info(
      joinText([
        paint.green('✓'),
        text` nothing to do: ${countOf(account.accepted, 'finding')} had been delivered before`,
      ]),
    );
    return;
  }
  if (exit.name === 'ok') {
    conversation.info(
      joinText([
        paint.green('✓'),
        text` uploaded ${countOf(account.accepted, 'finding')} of ${countOf(files.length, 'file')} in ${amount}, ${formatDuration(ms)}`,
      ]),
    );
    return;
  }
  const missing = account.in - account.accepted - account.merged;
  conversation.info(
    joinText([
      paint.red('✗'),
      text` ${exit.name}: ${countOf(account.accepted, 'finding')} uploaded, ${countOf(missing, 'finding')} not, ${formatDuration(ms)}`,
    ]),
  );
}

function nextSteps({ account, exit, options, database, files }: UploadEnd): string[] {
  const next: string[] = [];
  if (database !== undefined && account.accepted > 0) {
    next.push(`See what arrived: sariflow serve --database ${shellWord(database)}`);
  }
  if (options.dryRun === true && files.some(({ error }) => error === undefined))
    next.push('Send it: the same command without --dry-run');
  if (exit.name === 'undelivered' || exit.name === 'interrupted' || exit.name === 'unknown') {
    const rest = options.ledger === false ? 'everything is sent again' : 'what was accepted is not sent again';
    next.push(`Run the same command again: ${rest}.`);
  }
  return next;
}

/** A path as it can be pasted into a shell. */
function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
