import { diffLogs, type EventStream, flatten, type LogDiff, mergeLogs, writeSarif } from '@sariflow/sarif';
import { sumAccounts } from '../../upload/account.ts';
import { type GateCondition, readGate } from '../diff-gate.ts';
import type { DiffDocument, DiffedFile } from '../documents/diff-document.ts';
import { type FileError, printDocument, schemaVersion } from '../documents/document.ts';
import { eachNormalLog } from '../each-normal-log.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import type { FromChoice } from '../from-choices.ts';
import { type LogOutput, openLogOutput, withLineEnd } from '../log-output.ts';
import type { NormalLog } from '../normal-log.ts';
import { renderDiff, renderFinding } from '../render/diff.ts';
import { sayGroups } from '../render/group-lines.ts';
import { countOf } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { UsageError } from '../usage-error.ts';

/** What `sariflow diff` can be told. */
export interface DiffCommandOptions {
  readonly from: FromChoice;
  readonly failOn?: readonly GateCondition[];
  readonly format: 'text' | 'json' | 'sarif';
  readonly output?: string;
  readonly onlyNew?: boolean;
  readonly lineWindow: number;
  readonly maxDropped: number;
}

/** New results that are listed; the log has them all. */
const shownFindings = 50;

/** Does what `sariflow diff` says. */
export async function runDiff(paths: readonly string[], options: DiffCommandOptions, services: Services) {
  const { environment, result, conversation } = services;
  const format = formatOf(options, services);
  const output = outputOf(options, format, services);
  const [beforePath = '', afterPath = ''] = paths;
  if (beforePath === '-' && afterPath === '-')
    throw new UsageError('Standard input can be one of the two scans, not both.');

  const happened = new Set<ExitName>();
  const files: DiffedFile[] = [];
  const logs: NormalLog[] = [];
  let diff: LogDiff | undefined;
  try {
    const before = await readSide('before', beforePath, { options, services, happened, files, logs });
    const after = await readSide('after', afterPath, { options, services, happened, files, logs });
    environment.interruption.throwIfAborted();
    if (before !== undefined && after !== undefined && !happened.has('unreadable')) {
      diff = await diffLogs(before, after, { lineWindow: options.lineWindow, now: new Date() });
      if (output !== undefined) await writeLog(diff, output, options, logs);
      if (format === 'text') await print(diff, services);
    }
  } finally {
    for (const log of logs) await log[Symbol.asyncDispose]();
  }

  if (sumAccounts(logs.map(({ account }) => account)).dropped > options.maxDropped) happened.add('invalid');
  const gate = diff === undefined ? [] : readGate(options.failOn ?? [], diff);
  for (const { state, level, results } of gate) {
    if (results === 0) continue;
    happened.add('gate');
    conversation.error(
      text`${countOf(results, `${state} result`)} of level ${level} or above (--fail-on ${state}:${level})`,
    );
  }
  const exit = exitFor(happened, { stoppedBy: environment.stoppedBy() });
  if (format === 'json') {
    const comparison =
      diff === undefined
        ? null
        : { counts: diff.counts, uncertain: diff.uncertain, scopes: diff.scopes, output: output?.name ?? null };
    const document: DiffDocument = { schemaVersion, command: 'diff', exit, files, comparison, gate, next: [] };
    await result.write(printDocument(document));
  }
  return exit;
}

function formatOf({ format }: DiffCommandOptions, { isJson }: Services): DiffCommandOptions['format'] {
  if (!isJson) return format;
  if (format === 'sarif')
    throw new UsageError('--json and --format sarif both take standard output. Choose one of them.');
  return 'json';
}

function outputOf(
  { output }: DiffCommandOptions,
  format: DiffCommandOptions['format'],
  { environment, result }: Services,
): LogOutput | undefined {
  if (output === '-' && format !== 'sarif') {
    throw new UsageError('-o - takes standard output for the log. Choose --format sarif, or name a file.');
  }
  const target = output ?? (format === 'sarif' ? '-' : undefined);
  return target === undefined ? undefined : openLogOutput(target, environment.cwd, result);
}

/** What the sides of a comparison have in common while they are read. */
interface Reading {
  readonly options: DiffCommandOptions;
  readonly services: Services;
  readonly happened: Set<ExitName>;
  readonly files: DiffedFile[];
  readonly logs: NormalLog[];
}

/** The reports of one side as one log; `undefined` when there are none. */
async function readSide(
  side: DiffedFile['side'],
  path: string,
  { options, services, happened, files, logs }: Reading,
): Promise<EventStream | undefined> {
  const { conversation, environment } = services;
  const own: NormalLog[] = [];
  const fail = (failed: string, error: FileError) => {
    happened.add('unreadable');
    files.push({ side, path: failed, format: null, findings: 0, results: 0, error });
  };
  for await (const log of eachNormalLog([path], { from: options.from }, services, fail)) {
    logs.push(log);
    own.push(log);
    const { format, title, account } = log;
    files.push({ side, path: log.path, format, findings: account.in, results: account.accepted });
    conversation.info(text`  ${side.padEnd(6)}  ${log.path}  ${title}  ${countOf(account.in, 'finding')}`);
    sayGroups(log, log.repairs, conversation);
  }
  const [first, ...others] = own;
  if (first === undefined) {
    if (!happened.has('unreadable') && !environment.interruption.aborted) {
      conversation.error(text`No report was found at ${path}. Name a report, or a folder that holds one.`);
    }
    happened.add('unreadable');
    return undefined;
  }
  return others.length === 0 ? first.events : mergeLogs(own.map(({ events }) => events));
}

async function writeLog(
  diff: LogDiff,
  output: LogOutput,
  { onlyNew = false }: DiffCommandOptions,
  logs: readonly NormalLog[],
): Promise<void> {
  await output.protect(logs.map(({ path }) => path));
  const events = diff.events(onlyNew ? 'new' : 'all');
  await output.write(withLineEnd(writeSarif(events)));
}

/** The result for people: what is new, then the counts. */
async function print(diff: LogDiff, { result }: Services): Promise<void> {
  let left = shownFindings;
  let hidden = 0;
  for await (const batch of flatten(diff.events('new'))) {
    for (const finding of batch) {
      if (left > 0) result.line(renderFinding(finding, result.paint));
      else hidden += 1;
      left -= 1;
    }
  }
  if (hidden > 0)
    result.line(text`  … and ${countOf(hidden, 'more new result', 'more new results')} (-o FILE writes all)`);
  for (const line of renderDiff(diff, result.paint)) result.line(line);
}
