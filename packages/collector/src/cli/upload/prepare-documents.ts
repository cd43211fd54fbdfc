import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UnknownFormatError } from '@sariflow/converters';
import type { ByteSource } from '@sariflow/sarif';
import { type Level, normalize, type Part, ReadError, splitIntoParts } from '@sariflow/sarif';
import type { Input } from '../../input/input.ts';
import type { Account } from '../../upload/account.ts';
import { createAccountBook } from '../../upload/account.ts';
import type { UploadDocument } from '../../upload/upload-types.ts';
import { createDiagnosticGroups, type DiagnosticGroups } from '../diagnostic-groups.ts';
import type { FileError } from '../documents/document.ts';
import { eachInput } from '../each-input.ts';
import type { ExitName } from '../exit-code.ts';
import type { FromChoice } from '../from-choices.ts';
import { createDropTally, fileErrorOf, type OpenedReport, openReport } from '../open-report.ts';
import { outputName } from '../output-name.ts';
import { sayDefects, sayGroups } from '../render/group-lines.ts';
import { countOf } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { writeWholeFile } from '../write-file.ts';
import { type GuardOptions, type ResultsBefore, reasonToHold } from './shrink-guard.ts';
import { type ReportSurvey, surveyReport } from './survey-report.ts';

/** How documents are prepared. */
export interface PrepareOptions extends GuardOptions {
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
  readonly format: string | null;
  readonly findings: number;
  readonly held?: string;
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
    for await (const found of eachInput(paths, services, (path, { code, message }) => fail(path, { code, message }))) {
      await using input = found;
      const prepared = await prepare(input);
      if (prepared !== undefined) yield prepared;
    }
  }

  async function prepare(input: Input): Promise<UploadDocument | undefined> {
    try {
      let repairs = createDiagnosticGroups();
      const look = await openReport(input, { from: options.from, report: (diagnostic) => repairs.add(diagnostic) });
      const survey = await surveyReport(look);
      const held = reasonToHold(survey, options.resultsBefore(input.path), options);
      const sha256 = options.isRehearsal ? '' : await hashOf(input.source);
      files.push({
        path: input.path,
        format: look.format,
        findings: survey.findings,
        ...(held !== undefined && { held }),
      });
      sayFound(input, look, survey);
      if (held !== undefined) {
        happened.add('held');
        conversation.warn(text`${input.path} is held back: ${held}`);
      }
      // A SARIF log was only opened; anything else was read to its end, and is read again.
      const isRead = look.runs === undefined;
      if (isRead) repairs = createDiagnosticGroups();
      const report = isRead ? await openReport(input, { from: look.format, report: repairs.add }) : look;
      return documentOf(input, report, repairs, survey, sha256, held);
    } catch (error) {
      const fileError = fileErrorOf(error);
      if (error instanceof UnknownFormatError && !input.named) {
        conversation.info(text`  skipped ${input.path}: ${fileError.message}`);
        return undefined;
      }
      conversation.error(text`${input.path}: ${fileError.message} (${fileError.code})`);
      fail(input.path, fileError, error);
      return undefined;
    }
  }

  function documentOf(
    input: Input,
    report: OpenedReport,
    repairs: DiagnosticGroups,
    survey: ReportSurvey,
    sha256: string,
    held: string | undefined,
  ): UploadDocument {
    const drops = createDropTally();

    async function* parts(): AsyncGenerator<Part> {
      const stage = { report: repairs.add, onDrop: drops.add };
      const normal = normalize(report.events, {
        ...stage,
        profile: 'cortex',
        checkoutRoot: options.checkoutRoot,
        maxPerRule: listedPerRule,
      });
      for await (const part of splitIntoParts(normal, {
        ...stage,
        maxBytes: options.maxPartBytes,
        oneToolPerPart: true,
        reuseMemory: options.isRehearsal,
      })) {
        if (options.saveParts !== undefined) await savePart(options.saveParts, input, files.length, part);
        countLevels(levels, part);
        yield part;
      }
      sayDefects(input.path, repairs.counts, conversation);
      sayGroups(input.path, repairs, conversation);
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
