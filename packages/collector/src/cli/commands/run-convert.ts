import { UnknownFormatError } from '@sariflow/converters';
import { writeSarif } from '@sariflow/sarif';
import type { Input } from '../../input/input.ts';
import { type Account, checkAccount, createAccountBook, sumAccounts } from '../../upload/account.ts';
import { createDiagnosticGroups } from '../diagnostic-groups.ts';
import type { ConvertDocument, ConvertedFile } from '../documents/convert-document.ts';
import { type FileError, printDocument, schemaVersion } from '../documents/document.ts';
import { eachInput } from '../each-input.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import type { FromChoice } from '../from-choices.ts';
import { fileErrorOf, type OpenedReport, openReport } from '../open-report.ts';
import { renderAccount } from '../render/account.ts';
import { sayGroups } from '../render/group-lines.ts';
import { formatCount } from '../render/quantities.ts';
import { joinText, type Text, text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { UsageError } from '../usage-error.ts';
import { type ConvertOutput, openConvertOutput } from './convert-output.ts';

/** What `sariflow convert` can be told. */
export interface ConvertCommandOptions {
  readonly from: FromChoice;
  readonly output?: string;
  readonly maxDropped: number;
}

/** Does what `sariflow convert` says. */
export async function runConvert(paths: readonly string[], options: ConvertCommandOptions, services: Services) {
  const { environment, result, conversation, isJson } = services;
  const target = options.output ?? '-';
  if (isJson && target === '-') {
    throw new UsageError('--json takes standard output for its document. Name a file or folder for the log with -o.');
  }
  const output = await openConvertOutput(target, environment.cwd, result);

  const happened: ExitName[] = [];
  const files: ConvertedFile[] = [];
  const accounts: Account[] = [];
  const fail = (path: string, error: FileError) => {
    happened.push('unreadable');
    files.push({ path, format: null, because: '', findings: 0, results: 0, losses: [], output: null, error });
  };

  for await (const found of eachInput(paths, services, (path, { code, message }) => fail(path, { code, message }))) {
    await using input = found;
    try {
      const { file, account } = await convertInput(input, output, options, services);
      files.push(file);
      accounts.push(account);
    } catch (error) {
      const fileError = fileErrorOf(error);
      if (error instanceof UnknownFormatError && !input.named) {
        conversation.info(text`  skipped ${input.path}: ${fileError.message}`);
        continue;
      }
      conversation.error(text`${input.path}: ${fileError.message} (${fileError.code})`);
      fail(input.path, fileError);
    }
  }
  if (files.length === 0 && !environment.interruption.aborted) {
    conversation.error(text`No report was found. Name a report, or a folder that holds one.`);
    happened.push('unreadable');
  }

  const account = sumAccounts(accounts);
  checkAccount('the run', account);
  if (account.dropped > options.maxDropped) happened.push('invalid');
  for (const line of renderAccount(account, conversation.output.paint, { accepted: 'written' }))
    conversation.info(line);

  const exit = exitFor(happened, { stoppedBy: environment.stoppedBy() });
  if (isJson) {
    const document: ConvertDocument = { schemaVersion, command: 'convert', exit, files, account, next: [] };
    await result.write(printDocument(document));
  }
  return exit;
}

async function convertInput(
  input: Input,
  output: ConvertOutput,
  { from }: ConvertCommandOptions,
  { conversation, environment }: Services,
): Promise<{ file: ConvertedFile; account: Account }> {
  const groups = createDiagnosticGroups();
  const report = await openReport(input, { from, report: groups.add, signal: environment.interruption });
  const written = await output.write(input, writeSarif(report.events));

  const { findings, results, dropped, merged, reasons, losses } = report.tally();
  const book = createAccountBook();
  book.add('accepted', results);
  book.add('dropped', dropped);
  book.add('merged', merged);
  for (const { code, count } of reasons) book.explain(code, count);
  const account = book.read(findings);
  checkAccount(input.path, account);
  sayConverted(input, report, account, written, conversation);
  sayGroups(input.path, groups, conversation);
  const file: ConvertedFile = {
    path: input.path,
    format: report.format,
    because: report.because,
    findings,
    results: account.accepted,
    losses: losses.map(({ field, count, kept }) => ({ field, count, kept })),
    output: written,
  };
  return { file, account };
}

function sayConverted(
  { path }: Input,
  report: OpenedReport,
  { in: findings, accepted }: Account,
  written: string,
  conversation: Services['conversation'],
): void {
  const { paint } = conversation.output;
  const counts = text`${formatCount(findings)} → ${formatCount(accepted)}`;
  conversation.info(
    text`  ${paint.bold(path)}  ${report.title} ${paint.dim(text`(because ${report.because})`)}  ${counts}  ${written}`,
  );
  const { losses } = report.tally();
  const list = (kept: boolean) =>
    losses.filter((loss) => loss.kept === kept).map(({ field, count }) => text`${field} ×${formatCount(count)}`);
  const [lost, kept] = [list(false), list(true)];
  if (lost.length > 0)
    conversation.info(text`    no place in SARIF: ${joinText(lost.slice(0, shownFields), ', ')}${more(lost)}`);
  if (kept.length > 0)
    conversation.detail(text`kept in properties: ${joinText(kept.slice(0, shownFields), ', ')}${more(kept)}`);
}

/** Fields named per report; the document has them all. */
const shownFields = 20;

function more(fields: readonly Text[]): string {
  return fields.length > shownFields ? `, and ${fields.length - shownFields} more fields` : '';
}
