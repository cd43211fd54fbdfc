import {
  convert,
  type FormatId,
  repairVendorHeader,
  repairVendorSarif,
  UnknownFormatError,
} from '@sariflow/converters';
import {
  asUtf8,
  type Drop,
  EventStream,
  type OpenedRun,
  openSarif,
  ReadError,
  type Report,
  type SarifEvent,
  type Source,
} from '@sariflow/sarif';
import type { Input } from '../input/input.ts';
import { InputError } from '../input/input-error.ts';
import type { AccountReason } from '../upload/account.ts';
import { besideInput } from './beside-input.ts';
import type { Conversation } from './conversation.ts';
import type { FileError } from './documents/document.ts';
import type { FromChoice } from './from-choices.ts';
import { text } from './render/text.ts';

/** How a report is opened. */
export interface OpenOptions {
  readonly from: FromChoice;
  readonly report: Report;
  readonly signal?: AbortSignal;
  /** Keep what is complete of a report that ends early, instead of refusing it. Default false. */
  readonly allowTruncated?: boolean;
  /** Read UTF-16, too, and put U+FFFD in place of what is no UTF-8 in SARIF, instead of refusing both. Default false. */
  readonly transcode?: boolean;
}

/** A report of any known format as SARIF events. */
export interface OpenedReport {
  readonly format: FormatId;
  /** The format in words. */
  readonly title: string;
  /** What it was recognised by. */
  readonly because: string;
  readonly events: AsyncIterable<SarifEvent>;
  /**
   * Its runs, before any result is read: a SARIF log has told them when it was opened, another report is looked through for them. Undefined where only
   * the events tell how many results there are. Throws what reading throws.
   */
  look(): Promise<readonly OpenedRun[] | undefined>;
  /** What became of the report's findings; complete once the events are. */
  tally(): ReportTally;
}

/** Where a report's findings are: `findings = results + dropped + merged`. */
export interface ReportTally {
  /** Entries of the report, counted where they are read. */
  readonly findings: number;
  /** Events that were handed on, counted where they leave. */
  readonly results: number;
  readonly dropped: number;
  /** Findings that became part of another finding's result. */
  readonly merged: number;
  /** The report ends early, so that nobody knows how many findings it had. */
  readonly truncated: boolean;
  /** Why findings were dropped or merged. */
  readonly reasons: readonly AccountReason[];
  /** Fields that have no place in SARIF. */
  readonly losses: readonly { readonly field: string; readonly count: number; readonly kept: boolean }[];
}

/**
 * Recognises a report and reads it as SARIF. Throws `UnknownFormatError` for formats that are none of ours, `ReadError` and `InputError` for bytes that
 * cannot be read, the latter two while iterating as well.
 */
export async function openReport(input: Input, { from, ...given }: OpenOptions): Promise<OpenedReport> {
  const options = { ...given, allowTruncated: given.allowTruncated === true };
  const source = given.transcode === true ? await asUtf8(input.source, given.report) : input.source;
  const conversion = await convert(source, { ...options, from, inputPath: input.path });
  const { format, title, because } = conversion;
  // A SARIF log needs no converter, and its own reader knows of each result that it cannot hand on.
  if (format === 'sarif') {
    const opened = await readAsIs({ path: input.path, origin: input.origin, source }, options);
    return { format, title, because, ...opened };
  }
  return {
    format,
    title,
    because,
    events: conversion,
    look: () => conversion.survey(),
    tally() {
      const { findings, results, rejected, merged, truncated, losses } = conversion.summary;
      const reasons = [
        { code: 'not-convertible', count: rejected },
        { code: 'part-of-another-result', count: merged },
      ].filter(({ count }) => count > 0);
      return { findings, results, dropped: rejected, merged, truncated, reasons, losses };
    },
  };
}

async function readAsIs(
  input: Pick<Input, 'path' | 'origin'> & { readonly source: Source },
  options: Omit<OpenOptions, 'from'>,
): Promise<Pick<OpenedReport, 'events' | 'look' | 'tally'>> {
  const drops = createDropTally();
  let findings = 0;
  let results = 0;
  let truncated = false;
  const report: Report = (diagnostic) => {
    if (diagnostic.ruleId === 'SF-P106') truncated = true;
    options.report(diagnostic);
  };
  // A second document has findings of its own: it is not passed over.
  const reading = { ...options, ignoreTail: 'words', report, onDrop: drops.add } as const;
  const log = await openSarif(input.source, { ...reading, ...besideInput(input) });
  // Batch by batch, so that the stages behind this one keep their speed.
  const repaired = repairVendorSarif(log.events, report);
  const events = new EventStream(async function* () {
    for await (const batch of repaired.blocks()) {
      for (const event of batch) {
        if (event.type === 'results') results += event.count;
        else if (event.type === 'result') results += 1;
        else if (event.type === 'run-end') findings += event.results;
      }
      yield batch;
    }
  });
  // As they are handed on: what is asked of a run before it is read has to be what it says then.
  const runs = log.runs.map((run) => ({ ...run, run: repairVendorHeader(run) }));
  return {
    events,
    look: async () => runs,
    tally: () => ({
      findings,
      results,
      dropped: drops.count,
      merged: 0,
      truncated,
      reasons: drops.reasons(),
      losses: [],
    }),
  };
}

/** Counts dropped results by the rule that says why, or by what was asked to be left out. */
export interface DropTally {
  add(drop: Drop): void;
  /** All of them. */
  readonly count: number;
  /** Those that could not be kept. */
  readonly lost: number;
  reasons(): AccountReason[];
}

export function createDropTally(): DropTally {
  const byCode = new Map<string, number>();
  let count = 0;
  let lost = 0;
  return {
    add({ ruleId, leftOut }) {
      count += 1;
      if (leftOut === undefined) lost += 1;
      const code = leftOut ?? ruleId;
      byCode.set(code, (byCode.get(code) ?? 0) + 1);
    },
    get count() {
      return count;
    },
    get lost() {
      return lost;
    },
    reasons: () => Array.from(byCode, ([code, occurrences]) => ({ code, count: occurrences })),
  };
}

/** Why a report could not be opened or read to its end, if that is what the error says; anything else is thrown again. */
export function fileErrorOf(error: unknown): FileError {
  if (error instanceof InputError || error instanceof UnknownFormatError)
    return { code: error.code, message: error.message };
  if (error instanceof ReadError) {
    const { place } = error.diagnostic;
    const where = place === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
    return { code: error.code, message: `${error.message}${where}` };
  }
  throw error;
}

/**
 * Says why a report could not be opened or read to its end. A file that was merely found and is no report is passed over: then there is no error
 * to count. Throws what is no error of a report.
 */
export function sayUnreadable(
  { path, named }: Pick<Input, 'path' | 'named'>,
  error: unknown,
  conversation: Conversation,
): FileError | undefined {
  const fileError = fileErrorOf(error);
  if (error instanceof UnknownFormatError && !named) {
    conversation.info(text`  skipped ${path}: ${fileError.message}`);
    return undefined;
  }
  conversation.error(text`${path}: ${fileError.message} (${fileError.code})`);
  return fileError;
}
