import { type EventStream, normalize, type Profile, type Redaction, readSarif, writeSarif } from '@sariflow/sarif';
import { fileSource } from '../input/file-source.ts';
import type { Input } from '../input/input.ts';
import { type Account, checkAccount, createAccountBook } from '../upload/account.ts';
import { createDiagnosticGroups, type DiagnosticGroups } from './diagnostic-groups.ts';
import type { FromChoice } from './from-choices.ts';
import { createDropTally, type OpenedReport, openReport } from './open-report.ts';
import type { Services } from './services.ts';

/** How a report becomes a normal log. */
export interface NormalLogOptions {
  readonly from: FromChoice;
  readonly profile?: Profile | undefined;
  /** What sensitive data is taken out. */
  readonly redact?: Redaction | undefined;
  /** Where the sources were checked out, absolute. */
  readonly checkoutRoot?: string | undefined;
}

/** A report as a log without defects, in a file of our own. Dispose it when done. */
export interface NormalLog extends AsyncDisposable, Pick<OpenedReport, 'format' | 'title' | 'because'> {
  /** As the user knows the report. */
  readonly path: string;
  /** The log. Can be read as often as needed. */
  readonly events: EventStream;
  /** Where the report's findings are: `accepted` are those in the log. */
  readonly account: Account;
  /** What was repaired. */
  readonly repairs: DiagnosticGroups;
}

/**
 * Reads a report of any known format and repairs it. Throws what `openReport` throws, and `InputError` when the temporary folder cannot
 * take the log.
 */
export async function readNormalLog(
  input: Input,
  { from, profile, redact, checkoutRoot }: NormalLogOptions,
  { environment, spool }: Pick<Services, 'environment' | 'spool'>,
): Promise<NormalLog> {
  const repairs = createDiagnosticGroups();
  const drops = createDropTally();
  const signal = environment.interruption;
  const report = await openReport(input, { from, report: repairs.add, signal, transcode: true });
  const normal = normalize(report.events, { report: repairs.add, onDrop: drops.add, profile, redact, checkoutRoot });
  const { path, remove } = await spool.keep(writeSarif(normal), input.path);

  const { findings, results, dropped, merged, reasons } = report.tally();
  const book = createAccountBook();
  book.add('accepted', results - drops.count);
  book.add('dropped', dropped + drops.count);
  book.add('merged', merged);
  for (const { code, count } of [...reasons, ...drops.reasons()]) book.explain(code, count);
  const account = book.read(findings);
  checkAccount(input.path, account);
  const { format, title, because } = report;
  return {
    path: input.path,
    format,
    title,
    because,
    events: readSarif(fileSource(path, input.path), { signal }),
    account,
    repairs,
    [Symbol.asyncDispose]: remove,
  };
}
