import { type MergeSummary, mergeLogs, writeSarif } from '@sariflow/sarif';
import { type Account, checkAccount, createAccountBook, sumAccounts } from '../../upload/account.ts';
import { type FileError, printDocument, schemaVersion } from '../documents/document.ts';
import type { MergeDocument, MergedFile } from '../documents/merge-document.ts';
import { eachNormalLog } from '../each-normal-log.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import { expectReports } from '../expect-reports.ts';
import type { FromChoice } from '../from-choices.ts';
import { type LogOutput, openLogOutput, withLineEnd } from '../log-output.ts';
import type { NormalLog } from '../normal-log.ts';
import { renderAccount } from '../render/account.ts';
import { sayGroups } from '../render/group-lines.ts';
import { countOf, formatCount } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { UsageError } from '../usage-error.ts';

/** What `sariflow merge` can be told. */
export interface MergeCommandOptions {
  readonly from: FromChoice;
  readonly output: string;
  readonly maxDropped: number;
}

/** Does what `sariflow merge` says. A log that lacks what one of the reports found would be no merged log: then none is written. */
export async function runMerge(paths: readonly string[], options: MergeCommandOptions, services: Services) {
  const { environment, result, conversation, isJson } = services;
  if (isJson && options.output === '-') {
    throw new UsageError('--json takes standard output for its document. Name a file for the log with -o.');
  }
  const output = openLogOutput(options.output, environment.cwd, result);
  const happened = new Set<ExitName>();
  const files: MergedFile[] = [];
  const fail = (path: string, error: FileError) => {
    happened.add('unreadable');
    files.push({ path, format: null, findings: 0, results: 0, error });
  };

  const logs: NormalLog[] = [];
  let summary: MergeSummary | undefined;
  try {
    for await (const log of eachNormalLog(paths, { from: options.from }, services, fail)) {
      logs.push(log);
      files.push(fileOf(log));
      sayRead(log, services);
    }
    environment.interruption.throwIfAborted();
    expectReports(files.length, services, happened);
    if (happened.size === 0) summary = await write(logs, output);
    else conversation.error(text`Nothing was written, because a report is missing.`);
  } finally {
    for (const log of logs) await log[Symbol.asyncDispose]();
  }

  const account = accountOf(logs, summary);
  if (account.dropped > options.maxDropped) happened.add('invalid');
  if (summary !== undefined) saySummary(summary, account, output.name, services);
  const exit = exitFor(happened, { stoppedBy: environment.stoppedBy() });
  if (isJson) {
    const merged = summary === undefined ? null : { ...summary, output: output.name };
    const document: MergeDocument = { schemaVersion, command: 'merge', exit, files, account, merged, next: [] };
    await result.write(printDocument(document));
  }
  return exit;
}

async function write(logs: readonly NormalLog[], output: LogOutput): Promise<MergeSummary> {
  await output.protect(logs.map(({ path }) => path));
  let summary: MergeSummary | undefined;
  const merged = mergeLogs(
    logs.map(({ events }) => events),
    { onSummary: (told) => (summary = told) },
  );
  await output.write(withLineEnd(writeSarif(merged)));
  // Told before the last event is handed on.
  return summary as MergeSummary;
}

function fileOf({ path, format, account }: NormalLog): MergedFile {
  return { path, format, findings: account.in, results: account.accepted };
}

/** What was written is what the reports brought along, but for results that are counted in an equal one. */
function accountOf(logs: readonly NormalLog[], summary: MergeSummary | undefined): Account {
  const { in: findings, accepted, dropped, merged, reasons } = sumAccounts(logs.map(({ account }) => account));
  const book = createAccountBook();
  const duplicates = summary?.duplicates ?? 0;
  if (summary === undefined) book.add('held', accepted, 'nothing-written');
  else book.add('accepted', summary.results.after);
  book.add('dropped', dropped);
  book.add('merged', merged + duplicates);
  for (const { code, count } of reasons) book.explain(code, count);
  book.explain('equal-result', duplicates);
  const account = book.read(findings);
  checkAccount('the run', account);
  return account;
}

function sayRead({ path, title, account, repairs }: NormalLog, { conversation }: Services): void {
  conversation.info(text`  ${conversation.output.paint.bold(path)}  ${title}  ${countOf(account.in, 'finding')}`);
  sayGroups({ path }, repairs, conversation);
}

function saySummary(summary: MergeSummary, account: Account, output: string, { conversation }: Services): void {
  const { runs, results, unchecked } = summary;
  conversation.info(
    text`  ${countOf(runs.before, 'run')} → ${formatCount(runs.after)}  ${countOf(results.before, 'result')} → ${formatCount(results.after)}  ${output}`,
  );
  if (unchecked > 0) {
    conversation.warn(
      text`${countOf(unchecked, 'result')} were not compared with others, because there are too many different ones.`,
    );
  }
  for (const line of renderAccount(account, conversation.output.paint, { accepted: 'written' }))
    conversation.info(line);
}
