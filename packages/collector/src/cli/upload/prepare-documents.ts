import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource } from '@sariflow/sarif';
import {
  type Drop,
  type LeftOut,
  type Level,
  normalize,
  type Part,
  type Profile,
  ReadError,
  type Report,
  type SarifEvent,
  splitIntoParts,
} from '@sariflow/sarif';
import type { Input, InputPage } from '../../input/input.ts';
import { type RedactMode, type RedactTally, redactSecrets } from '../../redact/redact-secrets.ts';
import type { Account } from '../../upload/account.ts';
import { createAccountBook } from '../../upload/account.ts';
import type { UploadDocument } from '../../upload/upload-types.ts';
import { createDiagnosticGroups, type DiagnosticGroups } from '../diagnostic-groups.ts';
import type { FileError } from '../documents/document.ts';
import { eachInput } from '../each-input.ts';
import type { ExitName } from '../exit-code.ts';
import type { FromChoice } from '../from-choices.ts';
import { joinPages } from '../join-pages.ts';
import { createDropTally, type OpenedReport, openReport, sayUnreadable } from '../open-report.ts';
import { outputName } from '../output-name.ts';
import { sayDefects, sayGroups } from '../render/group-lines.ts';
import { countOf } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { writeWholeFile } from '../write-file.ts';
import { type GuardOptions, type ResultsBefore, reasonToHold } from './shrink-guard.ts';
import { type ReportSurvey, surveyReport } from './survey-report.ts';

/** How parts are made of a normalized log. */
export interface PartOptions {
  readonly maxBytes: number;
  readonly reuseMemory: boolean;
  readonly report: Report;
  readonly onDrop: (drop: Drop) => void;
  /** Messages had to be shortened to so many characters. */
  readonly onShortened: (length: number) => void;
}

/** Makes the parts of a document, each of which is one request. */
export type MakeParts = (events: AsyncIterable<SarifEvent>, options: PartOptions) => AsyncIterable<Part>;

/** How documents are prepared. */
export interface PrepareOptions extends GuardOptions {
  /** The rules of the destination that reports are repaired by. */
  readonly profile: Profile | undefined;
  /** Which secrets in findings stay here. */
  readonly redactSecrets: RedactMode;
  /** Default: complete logs, as few as possible. */
  readonly makeParts?: MakeParts;
  /** Asked last about a document that may go: why it may not yet, if so. */
  readonly reasonToWait?: (document: {
    readonly tools: readonly string[];
    readonly sha256: string;
  }) => Promise<string | undefined>;
  readonly from: FromChoice;
  readonly maxPartBytes: number;
  readonly checkoutRoot: string;
  /** A folder to write the parts to, absolute. */
  readonly saveParts: string | undefined;
  /** Nothing is sent, so nothing has to be recognised again. */
  readonly isRehearsal: boolean;
  /** What was delivered before this run, for a report of this name. */
  readonly resultsBefore: (path: string) => ResultsBefore;
}

/** What is known of an input after it was prepared. */
export interface PreparedFile {
  readonly path: string;
  /** The files that it is put together from, where they are pages of one answer. */
  readonly pages?: readonly InputPage[];
  readonly format: string | null;
  readonly findings: number;
  /** Of the file as it was read, hex; absent in a dry run. */
  readonly sha256?: string;
  readonly held?: string;
  /** What was cut out of its findings; counted while its parts are made. */
  readonly redacted?: Readonly<RedactTally>;
  /** Present where the file did not become a document. */
  readonly error?: FileError;
  /** Of a file that did not become a document, where its findings are. */
  readonly account?: Account;
}

/** The documents of a run, and what there is to say about the files they come from. */
export interface PreparedDocuments {
  /** To be iterated once. Each file is looked through before its document is handed on, and released afterwards. */
  documents(): AsyncGenerator<UploadDocument>;
  /** In the order in which they were found. Those without `error` are the documents, in order. */
  readonly files: readonly PreparedFile[];
  readonly happened: ReadonlySet<ExitName>;
  /** Results in parts, by tool and level. */
  readonly levels: ReadonlyMap<string, Readonly<Record<Level, number>>>;
}

/** What the first look at a file has found. */
interface Known {
  readonly repairs: DiagnosticGroups;
  readonly survey: ReportSurvey;
  readonly sha256: string;
  readonly held: string | undefined;
  readonly redacted: RedactTally;
}

/** Of each rule so many diagnostics are listed, the others counted: one line a kind is all that is said here. */
const listedPerRule = 5;

/** Finds, recognises, checks and splits the reports that the paths stand for. Trouble with one file does not stop the others. */
export function prepareDocuments(
  paths: readonly string[],
  options: PrepareOptions,
  services: Services,
): PreparedDocuments {
  const { conversation } = services;
  const files: PreparedFile[] = [];
  const happened = new Set<ExitName>();
  const levels = new Map<string, Record<Level, number>>();

  const fail = (path: string, error: FileError, cause?: unknown) => {
    const isCut = cause instanceof ReadError && cause.code === 'SF-P106';
    happened.add(isCut ? 'held' : 'unreadable');
    files.push({
      path,
      format: null,
      findings: 0,
      error,
      account: accountOfUnread(isCut ? cause.completeElements : 0),
    });
  };

  async function* documents(): AsyncGenerator<UploadDocument> {
    const inputs = eachInput(paths, services, (path, { code, message }) => fail(path, { code, message }));
    for await (const found of joinPages(inputs, options.from, services)) {
      await using input = found;
      const prepared = await prepare(input);
      if (prepared !== undefined) yield prepared;
    }
  }

  async function prepare(input: Input): Promise<UploadDocument | undefined> {
    try {
      let repairs = createDiagnosticGroups();
      // What is complete of a report that ends early is only sent when that is asked for.
      const open = (from: FromChoice, report: Report) =>
        openReport(input, { from, report, allowTruncated: options.force });
      const look = await open(options.from, (diagnostic) => repairs.add(diagnostic));
      const survey = await surveyReport(look);
      const sha256 = options.isRehearsal ? '' : await hashOf(input.source);
      const held =
        reasonToHold(survey, options.resultsBefore(input.path), options) ??
        (await options.reasonToWait?.({ tools: [...survey.tools.keys()], sha256 }));
      const redacted: RedactTally = { cuts: 0, findings: 0 };
      files.push({
        path: input.path,
        ...(input.pages !== undefined && { pages: input.pages }),
        format: look.format,
        findings: survey.findings,
        ...(sha256 !== '' && { sha256 }),
        ...(held !== undefined && { held }),
        redacted,
      });
      sayFound(input, look, survey);
      if (held !== undefined) {
        happened.add('held');
        conversation.warn(text`${input.path} is held back: ${held}`);
      }
      const isRead = survey.runs === undefined;
      if (isRead) repairs = createDiagnosticGroups();
      const report = isRead ? await open(look.format, repairs.add) : look;
      return documentOf(input, report, { repairs, survey, sha256, held, redacted });
    } catch (error) {
      const fileError = sayUnreadable(input, error, conversation);
      if (fileError === undefined) return undefined;
      if (error instanceof ReadError && error.code === 'SF-P106') {
        conversation.warn(
          text`${input.path} is held back: findings that are missing would look fixed. Repair the scan, or send what is complete with --force.`,
        );
      }
      fail(input.path, fileError, error);
      return undefined;
    }
  }

  function documentOf(
    input: Input,
    report: OpenedReport,
    { repairs, survey, sha256, held, redacted }: Known,
  ): UploadDocument {
    const drops = createDropTally();

    const { redactSecrets: mode } = options;

    async function* parts(): AsyncGenerator<Part> {
      const stage = { report: repairs.add, onDrop: drops.add };
      const normal = normalize(report.events, {
        ...stage,
        profile: options.profile,
        leaveOut: leftOutFor(options.profile),
        checkoutRoot: options.checkoutRoot,
        redact: mode === 'off' ? undefined : 'secrets',
        maxPerRule: listedPerRule,
      });
      const makeParts = options.makeParts ?? sarifParts;
      for await (const part of makeParts(mode === 'off' ? normal : redactSecrets(normal, mode, redacted), {
        ...stage,
        maxBytes: options.maxPartBytes,
        reuseMemory: options.isRehearsal,
        onShortened(length) {
          conversation.warn(
            text`${input.path}: the scan is too large for one request, so messages were shortened to ${length} characters.`,
          );
        },
      })) {
        if (part.results === 0 && drops.lost + report.tally().dropped > 0) {
          // A target may take an empty scan for "everything is fixed", and here it only means that nothing could be sent.
          conversation.warn(text`${input.path}: no finding of a tool could be sent, so nothing is sent for it.`);
          continue;
        }
        if (options.profile === 'cortex' && isOfNoScan(part, survey)) {
          // The Collector takes no run without results, and an empty array would say that nothing was found.
          conversation.warn(
            text`${input.path}: ${part.tool} has no results, not even none, so nothing is sent for it.`,
          );
          continue;
        }
        if (options.saveParts !== undefined) await savePart(options.saveParts, input, files.length, part);
        countLevels(levels, part);
        yield part;
      }
      if (redacted.cuts > 0) {
        conversation.info(
          text`  ${input.path}: ${countOf(redacted.cuts, 'secret')} ${redacted.cuts === 1 ? 'was' : 'were'} cut out of ${countOf(redacted.findings, 'finding')} (--redact-secrets off sends them)`,
        );
      }
      sayDefects(input.path, repairs.counts, conversation);
      sayGroups(input, repairs, conversation);
    }

    return {
      path: input.path,
      sha256,
      parts: parts(),
      ...(held !== undefined && { held }),
      tally() {
        const { dropped, merged, reasons } = report.tally();
        // What came in was counted by the first look: the second one must find the same, or the account does not add up.
        return {
          in: survey.findings,
          merged,
          dropped: dropped + drops.count,
          reasons: [...reasons, ...drops.reasons()],
        };
      },
    };
  }

  function sayFound(input: Input, { title, because }: OpenedReport, { findings, tools }: ReportSurvey): void {
    const { paint } = conversation.output;
    const names = Array.from(tools.keys()).join(', ');
    conversation.info(
      text`  ${paint.bold(input.path)}  ${title}${names === '' ? '' : text`: ${names}`} ${paint.dim(text`(because ${because})`)}  ${countOf(findings, 'finding')}`,
    );
    if (tools.size === 0) conversation.warn(text`${input.path} holds no run, so there is nothing to send.`);
  }

  return { documents, files, happened, levels };
}

/** What only an earlier run had is no finding of this one, and a platform that knows no such state would open it again (section 3.27.24). */
function leftOutFor(profile: Profile | undefined): readonly LeftOut[] {
  return profile === 'cortex' ? ['absent'] : [];
}

const sarifParts: MakeParts = (events, { maxBytes, reuseMemory, report, onDrop }) =>
  splitIntoParts(events, { maxBytes, reuseMemory, report, onDrop, oneToolPerPart: true });

/** Whether the runs of a part have no results because their scans did not start (section 3.14.23). */
function isOfNoScan({ results, origins }: Part, { runs }: ReportSurvey): boolean {
  if (results > 0 || runs === undefined) return false;
  return origins.every(({ runIndex }) => runs[runIndex]?.results === 'absent' || runs[runIndex]?.results === 'null');
}

/** A log that ends early is held back; the results it had are known, the others are not. */
function accountOfUnread(completeResults: number): Account {
  const book = createAccountBook();
  book.add('held', completeResults, 'ends-early');
  return book.read();
}

async function hashOf(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of source.stream()) hash.update(chunk);
  return hash.digest('hex');
}

async function savePart(folder: string, input: Input, fileNumber: number, part: Part): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const stem = outputName(input.path).replace(/\.sarif$/, '');
  const name = `${String(fileNumber).padStart(3, '0')}-${stem}.part-${String(part.number).padStart(3, '0')}.sarif`;
  await writeWholeFile(join(folder, name), [part.bytes], 0o600);
}

function countLevels(levels: Map<string, Record<Level, number>>, part: Part): void {
  const sum = levels.get(part.tool) ?? { error: 0, warning: 0, note: 0, none: 0 };
  for (const level of Object.keys(sum) as Level[]) sum[level] += part.levels[level];
  levels.set(part.tool, sum);
}
