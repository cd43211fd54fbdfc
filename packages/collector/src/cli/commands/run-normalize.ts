import { resolve } from 'node:path';
import {
  addFingerprints,
  type EventStream,
  flatten,
  type Profile,
  type Redaction,
  surveyFingerprints,
  writeSarif,
} from '@sariflow/sarif';
import type { Account } from '../../upload/account.ts';
import { closeAccount } from '../close-account.ts';
import { gitIn } from '../context/git.ts';
import { createDiagnosticGroups, type DiagnosticGroup, type DiagnosticGroups } from '../diagnostic-groups.ts';
import { type FileError, printDocument, schemaVersion } from '../documents/document.ts';
import type { NormalizeDocument, NormalizedFile } from '../documents/normalize-document.ts';
import { eachNormalLog } from '../each-normal-log.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import { expectReports } from '../expect-reports.ts';
import type { FromChoice } from '../from-choices.ts';
import { type LogOutput, openLogOutput } from '../log-output.ts';
import type { NormalLog } from '../normal-log.ts';
import { sayGroups } from '../render/group-lines.ts';
import { countOf, formatCount } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { type SourceText, sourceFiles } from '../source-files.ts';
import { UsageError } from '../usage-error.ts';
import { isFolder, openConvertOutput } from './convert-output.ts';

/** What `sariflow normalize` can be told. */
export interface NormalizeCommandOptions {
  readonly from: FromChoice;
  readonly output: string;
  readonly format: 'sarif' | 'ndjson';
  readonly profile?: Profile;
  readonly redact?: Redaction;
  readonly sourceRoot?: string;
  readonly maxDropped: number;
}

/** What normalizing needs to know of the sources. */
interface Sources {
  readonly checkoutRoot: string;
  readonly sourceText: SourceText | undefined;
}

/** Does what `sariflow normalize` says. */
export async function runNormalize(paths: readonly string[], options: NormalizeCommandOptions, services: Services) {
  const { environment, result, conversation, isJson } = services;
  if (isJson && options.output === '-') {
    throw new UsageError('--json takes standard output for its document. Name a file or folder for the log with -o.');
  }
  const run = new NormalizeRun(options, await sourcesOf(options, services), services);
  const isTogether = options.format === 'ndjson' && !(await isFolderName(options.output, environment.cwd));
  if (isTogether) await run.together(paths);
  else await run.oneByOne(paths);

  const { files, happened } = run;
  expectReports(files.length, services, happened);
  const account = closeAccount(run.accounts, options.maxDropped, conversation, happened);
  const exit = exitFor(happened, { stoppedBy: environment.stoppedBy() });
  if (isJson) {
    const document: NormalizeDocument = { schemaVersion, command: 'normalize', exit, files, account, next: [] };
    await result.write(printDocument(document));
  }
  return exit;
}

/** Sources are read only where the user says where they are; what paths start at is known in other ways as well. */
async function sourcesOf({ sourceRoot }: NormalizeCommandOptions, { environment }: Services): Promise<Sources> {
  const { cwd, env } = environment;
  if (sourceRoot !== undefined) {
    const root = resolve(cwd, sourceRoot);
    return { checkoutRoot: root, sourceText: sourceFiles(root, sourceRoot) };
  }
  const checkoutRoot = (await gitIn(cwd, env)('rev-parse', '--show-toplevel')) ?? cwd;
  return { checkoutRoot, sourceText: undefined };
}

async function isFolderName(target: string, cwd: string): Promise<boolean> {
  if (target === '-') return false;
  return /[/\\]$/.test(target) || (await isFolder(resolve(cwd, target)));
}

class NormalizeRun {
  readonly files: NormalizedFile[] = [];
  readonly accounts: Account[] = [];
  readonly happened = new Set<ExitName>();
  readonly #options: NormalizeCommandOptions;
  readonly #sources: Sources;
  readonly #services: Services;

  constructor(options: NormalizeCommandOptions, sources: Sources, services: Services) {
    this.#options = options;
    this.#sources = sources;
    this.#services = services;
  }

  /** A log for each report. */
  async oneByOne(paths: readonly string[]): Promise<void> {
    const { format, output: target } = this.#options;
    const { environment, result } = this.#services;
    const output = await openConvertOutput(target, environment.cwd, result, `.${format}`);
    for await (const each of this.#logs(paths)) {
      await using log = each;
      const added = createDiagnosticGroups();
      const events = await this.#fingerprinted(log, added);
      const written = await output.write(log, format === 'sarif' ? writeSarif(events) : linesOf(this.#flat(events)));
      this.#finish(log, added, written);
    }
  }

  /** One list of findings for all reports. Without a report there is no list. */
  async together(paths: readonly string[]): Promise<void> {
    const { environment, result } = this.#services;
    const output = openLogOutput(this.#options.output, environment.cwd, result);
    const logs = this.#logs(paths);
    const first = await logs.next();
    if (first.done !== true) await output.write(this.#lines(first.value, logs, output));
  }

  async *#lines(first: NormalLog, others: AsyncIterable<NormalLog>, output: LogOutput): AsyncGenerator<Uint8Array> {
    for await (const each of followedBy(first, others)) {
      await using log = each;
      await output.protect([log.path]);
      const added = createDiagnosticGroups();
      yield* linesOf(this.#flat(await this.#fingerprinted(log, added)));
      this.#finish(log, added, output.name);
    }
  }

  #logs(paths: readonly string[]): AsyncGenerator<NormalLog> {
    const { from, profile, redact } = this.#options;
    const fail = (path: string, error: FileError) => {
      this.happened.add('unreadable');
      this.files.push({ path, results: 0, repairs: [], dropped: 0, output: null, error });
    };
    return eachNormalLog(
      paths,
      { from, profile, redact, checkoutRoot: this.#sources.checkoutRoot },
      this.#services,
      fail,
    );
  }

  /** @param added takes note of the fingerprints that are added */
  async #fingerprinted({ events }: NormalLog, added: DiagnosticGroups): Promise<EventStream> {
    const { checkoutRoot, sourceText } = this.#sources;
    const distrusted = await surveyFingerprints(events, { checkoutRoot });
    return addFingerprints(events, {
      report: added.add,
      distrusted,
      checkoutRoot,
      ...(sourceText === undefined ? {} : { sourceText }),
    });
  }

  #flat(events: EventStream) {
    return flatten(events, { checkoutRoot: this.#sources.checkoutRoot, now: new Date() });
  }

  #finish({ path, account, repairs: groups, title }: NormalLog, added: DiagnosticGroups, output: string): void {
    const { conversation } = this.#services;
    const repairs = repairsOf([...groups.list(), ...added.list()]);
    const repaired = repairs.reduce((sum, { count }) => sum + count, 0);
    this.accounts.push(account);
    this.files.push({ path, results: account.accepted, repairs, dropped: account.dropped, output });
    conversation.info(
      text`  ${conversation.output.paint.bold(path)}  ${title}  ${formatCount(account.in)} → ${formatCount(account.accepted)}  ${countOf(repaired, 'repair')}  ${output}`,
    );
    sayGroups({ path }, groups, conversation);
    sayGroups({ path }, added, conversation);
  }
}

async function* followedBy<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* others;
}

const encoder = new TextEncoder();

async function* linesOf(batches: AsyncIterable<readonly object[]>): AsyncGenerator<Uint8Array> {
  for await (const batch of batches) {
    yield encoder.encode(batch.map((finding) => `${JSON.stringify(finding)}\n`).join(''));
  }
}

/** How often something was repaired, by rule, most frequent first. */
function repairsOf(groups: readonly DiagnosticGroup[]): NormalizedFile['repairs'] {
  const counts = new Map<string, number>();
  for (const { first, count } of groups) {
    if (first.fix !== undefined) counts.set(first.ruleId, (counts.get(first.ruleId) ?? 0) + count);
  }
  return [...counts]
    .map(([ruleId, count]) => ({ ruleId, count }))
    .sort((one, other) => other.count - one.count || (one.ruleId < other.ruleId ? -1 : 1));
}
