import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PartTooSmallError, splitIntoParts } from '@sariflow/sarif';
import { isSystemError } from '../../input/input-error.ts';
import { type Account, checkAccount, createAccountBook } from '../../upload/account.ts';
import { closeAccount } from '../close-account.ts';
import { type FileError, printDocument, schemaVersion } from '../documents/document.ts';
import type { SplitDocument, SplitFile, WrittenPart } from '../documents/split-document.ts';
import { eachNormalLog } from '../each-normal-log.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import { expectReports } from '../expect-reports.ts';
import type { FromChoice } from '../from-choices.ts';
import { inputAt } from '../log-output.ts';
import type { NormalLog } from '../normal-log.ts';
import { createDropTally } from '../open-report.ts';
import { freeName, outputName } from '../output-name.ts';
import { sayGroups } from '../render/group-lines.ts';
import { countOf, formatBytes } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { UsageError } from '../usage-error.ts';
import { writeWholeFile } from '../write-file.ts';

/** What `sariflow split` can be told. */
export interface SplitCommandOptions {
  readonly from: FromChoice;
  readonly output: string;
  readonly maxBytes: number;
  readonly maxResults?: number;
  readonly sameCategory?: boolean;
  readonly maxDropped: number;
}

/** Does what `sariflow split` says. */
export async function runSplit(paths: readonly string[], options: SplitCommandOptions, services: Services) {
  const { environment, result, conversation, isJson } = services;
  const happened = new Set<ExitName>();
  const files: SplitFile[] = [];
  const accounts: Account[] = [];
  const taken = new Set<string>();
  const fail = (path: string, error: FileError) => {
    happened.add('unreadable');
    files.push({ path, format: null, findings: 0, results: 0, parts: [], error });
  };

  for await (const each of eachNormalLog(paths, { from: options.from }, services, fail)) {
    await using log = each;
    const name = freeName(outputName(log.path), (candidate) => taken.has(candidate.toLowerCase()));
    taken.add(name.toLowerCase());
    const { parts, account } = await splitLog(log, name.replace(/\.sarif$/, ''), options, services);
    const { path, format } = log;
    files.push({ path, format, findings: account.in, results: account.accepted, parts });
    accounts.push(account);
  }
  expectReports(files.length, services, happened);

  const account = closeAccount(accounts, options.maxDropped, conversation, happened);
  const exit = exitFor(happened, { stoppedBy: environment.stoppedBy() });
  if (isJson) {
    const document: SplitDocument = { schemaVersion, command: 'split', exit, files, account, next: [] };
    await result.write(printDocument(document));
  }
  return exit;
}

async function splitLog(
  log: NormalLog,
  stem: string,
  { output, maxBytes, maxResults, sameCategory = false }: SplitCommandOptions,
  services: Services,
): Promise<{ parts: readonly WrittenPart[]; account: Account }> {
  const { conversation, environment } = services;
  const folder = resolve(environment.cwd, output);
  await makeFolder(folder, output);
  const drops = createDropTally();
  const parts: WrittenPart[] = [];
  const stage = { report: log.repairs.add, onDrop: drops.add };
  try {
    for await (const { number, bytes, results } of splitIntoParts(log.events, {
      ...stage,
      maxBytes,
      maxResults,
      ownCategories: !sameCategory,
    })) {
      environment.interruption.throwIfAborted();
      const name = partName(stem, number);
      const location = join(folder, name);
      if ((await inputAt(location, [log.path], environment.cwd)) !== undefined) {
        throw new UsageError(`${join(output, name)} is the report itself. Choose another folder with -o.`);
      }
      await writeWholeFile(location, [bytes]);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      parts.push({ path: join(output, name), sha256, bytes: bytes.length, results });
    }
  } catch (error) {
    // Some of the parts are not the log: nobody is to take them for it.
    for (const { path } of parts) await rm(resolve(environment.cwd, path), { force: true });
    if (!(error instanceof PartTooSmallError)) throw error;
    throw new UsageError(`${log.path}: ${error.message} See --max-bytes.`, { cause: error });
  }
  const account = accountOf(log, parts, drops);
  saySplit(log, parts, services);
  for (const left of await leftParts(folder, stem, parts.length)) {
    conversation.warn(text`${join(output, left)} is left from another split. Delete it before the parts are used.`);
  }
  return { parts, account };
}

function partName(stem: string, number: number): string {
  return `${stem}.part-${String(number).padStart(3, '0')}.sarif`;
}

/** Parts of the same name that this split did not write. */
async function leftParts(folder: string, stem: string, written: number): Promise<string[]> {
  const names = await readdir(folder);
  const own = new Set(Array.from({ length: written }, (_, index) => partName(stem, index + 1)));
  return names.filter((name) => isPartOf(name, stem) && !own.has(name)).sort();
}

function isPartOf(name: string, stem: string): boolean {
  return name.startsWith(`${stem}.part-`) && /^\d{3,}\.sarif$/.test(name.slice(stem.length + '.part-'.length));
}

function accountOf(
  { account: before, path }: NormalLog,
  parts: readonly WrittenPart[],
  drops: ReturnType<typeof createDropTally>,
): Account {
  const book = createAccountBook();
  for (const { results } of parts) book.add('accepted', results);
  book.add('dropped', before.dropped + drops.count);
  book.add('merged', before.merged);
  for (const { code, count } of [...before.reasons, ...drops.reasons()]) book.explain(code, count);
  const account = book.read(before.in);
  checkAccount(path, account);
  return account;
}

function saySplit(
  { path, title, account, repairs }: NormalLog,
  parts: readonly WrittenPart[],
  { conversation }: Services,
) {
  const { paint } = conversation.output;
  const largest = parts.reduce((most, { bytes }) => Math.max(most, bytes), 0);
  conversation.info(
    text`  ${paint.bold(path)}  ${title}  ${countOf(account.in, 'finding')} → ${countOf(parts.length, 'part')}, the largest ${formatBytes(largest)}`,
  );
  for (const part of parts)
    conversation.detail(text`${part.path}  ${formatBytes(part.bytes)}  ${countOf(part.results, 'result')}`);
  sayGroups({ path }, repairs, conversation);
}

async function makeFolder(folder: string, target: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`The folder ${target} cannot be made (${error.code}). Choose another place.`, {
      cause: error,
    });
  }
}
