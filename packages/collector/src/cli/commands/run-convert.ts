import { converters, lossReport } from '@sariflow/converters';
import { writeSarif } from '@sariflow/sarif';
import type { Input } from '../../input/input.ts';
import { type Account, checkAccount, createAccountBook } from '../../upload/account.ts';
import { closeAccount } from '../close-account.ts';
import { createDiagnosticGroups } from '../diagnostic-groups.ts';
import type { ConvertDocument, ConvertedFile } from '../documents/convert-document.ts';
import { type FileError, printDocument, schemaVersion } from '../documents/document.ts';
import { eachInput } from '../each-input.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import { expectReports } from '../expect-reports.ts';
import type { FromChoice } from '../from-choices.ts';
import { joinPages } from '../join-pages.ts';
import { type OpenedReport, openReport, sayUnreadable } from '../open-report.ts';
import type { PullCommandOptions } from '../pull/pull-options.ts';
import { planPull } from '../pull/pull-plan.ts';
import { sayGroups } from '../render/group-lines.ts';
import { renderLossReport } from '../render/loss-report.ts';
import { formatCount } from '../render/quantities.ts';
import { joinText, type Text, text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { UsageError } from '../usage-error.ts';
import { type ConvertOutput, openConvertOutput } from './convert-output.ts';
import { openLossReportFile } from './loss-report-file.ts';

/** What `sariflow convert` can be told. */
export interface ConvertCommandOptions extends PullCommandOptions {
  readonly from: FromChoice;
  readonly output?: string;
  readonly maxDropped: number;
  /** Whether to say what is documented as lost; a text is the file it goes to. */
  readonly lossReport?: boolean | string;
}

/** Does what `sariflow convert` says. */
export async function runConvert(paths: readonly string[], options: ConvertCommandOptions, services: Services) {
  const { environment, result, conversation, isJson } = services;
  const target = options.output ?? '-';
  if (isJson && target === '-') {
    throw new UsageError('--json takes standard output for its document. Name a file or folder for the log with -o.');
  }
  const plan = planPull(paths, options, environment.env);
  const output = await openConvertOutput(target, environment.cwd, result);
  const lossFile =
    typeof options.lossReport === 'string' ? await openLossReportFile(options.lossReport, environment.cwd) : undefined;

  const happened = new Set<ExitName>();
  const files: ConvertedFile[] = [];
  const accounts: Account[] = [];
  const fail = (path: string, { code, message }: FileError, end: ExitName = 'unreadable') => {
    const error = { code, message };
    happened.add(end);
    files.push({ path, format: null, because: '', findings: 0, results: 0, losses: [], output: null, error });
  };

  const onMissing = (missing: Account) => accounts.push(missing);
  const inputs =
    plan === undefined
      ? joinPages(eachInput(paths, services, fail), options.from, services)
      : // Loaded when it is needed: files are converted without the network's libraries.
        (await import('../pull/pulled-input.ts')).pulledInput(plan, options, services, { onFailed: fail, onMissing });
  for await (const found of inputs) {
    await using input = found;
    try {
      const { file, account } = await convertInput(input, output, options, services);
      files.push(file);
      accounts.push(account);
      if (file.truncated === true) happened.add('invalid');
    } catch (error) {
      const fileError = sayUnreadable(input, error, conversation);
      if (fileError !== undefined) fail(input.path, fileError);
    }
  }
  expectReports(files.length, services, happened);

  if (lossFile !== undefined) {
    await lossFile.write(files);
    conversation.info(text`  what was lost is written to ${options.lossReport as string}`);
  }
  const account = closeAccount(accounts, options.maxDropped, conversation, happened);

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
  { from, lossReport: asked }: ConvertCommandOptions,
  { conversation, environment }: Services,
): Promise<{ file: ConvertedFile; account: Account }> {
  const groups = createDiagnosticGroups();
  const report = await openReport(input, {
    from,
    report: groups.add,
    signal: environment.interruption,
    allowTruncated: true,
    transcode: true,
  });
  const written = await output.write(input, writeSarif(report.events));

  const { findings, results, dropped, merged, truncated, reasons, losses } = report.tally();
  const book = createAccountBook();
  book.add('accepted', results);
  book.add('dropped', dropped);
  book.add('merged', merged);
  for (const { code, count } of reasons) book.explain(code, count);
  const account = book.read(findings);
  checkAccount(input.path, account);
  sayConverted(input, report, account, written, conversation);
  sayGroups(input, groups, conversation);
  const page = converters.find(({ id }) => id === report.format)?.page;
  const rows = page === undefined ? [] : lossReport(page, losses);
  if (asked === true) for (const line of renderLossReport(rows, conversation.output.paint)) conversation.info(line);
  const file: ConvertedFile = {
    path: input.path,
    ...(input.pages !== undefined && { pages: input.pages }),
    format: report.format,
    because: report.because,
    findings,
    results: account.accepted,
    losses: losses.map(({ field, count, kept }) => ({ field, count, kept })),
    ...(asked !== undefined && asked !== false && { lossReport: rows }),
    ...(truncated && { truncated }),
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
