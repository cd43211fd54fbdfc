import { basename, dirname, join, resolve } from 'node:path';
import type { UploadContext } from '../../targets/target.ts';
import { type Account, sumAccounts } from '../../upload/account.ts';
import type { ContextValue } from '../context/context-value.ts';
import { detectContext } from '../context/detect-context.ts';
import { type AskGit, gitIn } from '../context/git.ts';
import { type ContextValues, sayContext } from '../context/say-context.ts';
import { printDocument, schemaVersion } from '../documents/document.ts';
import type { UploadCommandDocument, UploadedFile } from '../documents/upload-document.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import { localDatabase } from '../local-database.ts';
import type { Services } from '../services.ts';
import type { SettingName } from '../settings.ts';
import { connectCortex, connectLocal, describeCortex, targetOf } from '../upload/connect-target.ts';
import { readHistory } from '../upload/delivery-history.ts';
import {
  type PreparedDocuments,
  type PreparedFile,
  type PrepareOptions,
  prepareDocuments,
} from '../upload/prepare-documents.ts';
import { readApiKey } from '../upload/read-api-key.ts';
import { rehearseDocuments } from '../upload/rehearse-documents.ts';
import { sayUploadSummary } from '../upload/say-upload-summary.ts';
import type { SentDocuments } from '../upload/sent-documents.ts';
import type { UploadCommandOptions } from '../upload/upload-options.ts';
import { UsageError } from '../usage-error.ts';

/** Everything that is settled before the first report is looked at. */
interface Plan {
  readonly paths: readonly string[];
  readonly options: UploadCommandOptions;
  readonly services: Services;
  readonly context: UploadContext;
  readonly prepare: Omit<PrepareOptions, 'resultsBefore'>;
}

/** Does what `sariflow upload` says. */
export async function runUpload(paths: readonly string[], options: UploadCommandOptions, services: Services) {
  const { environment, conversation } = services;
  checkOptions(paths, options);
  const startedAt = environment.clock();
  const askGit = gitIn(environment.cwd, environment.env);
  const values = await contextValues(options, services, askGit);
  sayContext(values, conversation);
  const plan: Plan = {
    paths,
    options,
    services,
    context: uploadContextOf(values),
    prepare: await prepareOptions(options, environment.cwd, askGit),
  };

  const { prepared, sent, database } = options.dryRun === true ? await rehearse(plan) : await send(plan);
  const accounts: Account[] = [];
  const files = uploadedFiles(prepared.files, sent, accounts);
  const account = sumAccounts(accounts);
  const happened: ExitName[] = [...prepared.happened, ...sent.happened];
  if (account.dropped > options.maxDropped) happened.push('invalid');
  if (files.length === 0 && !environment.interruption.aborted) happened.push('unreadable');

  const exit = exitFor(happened, { softFail: options.softFail === true, stoppedBy: environment.stoppedBy() });
  const ms = environment.clock() - startedAt;
  const next = sayUploadSummary(
    { files, sent, account, levels: prepared.levels, exit, ms, options, database },
    conversation,
  );
  if (services.isJson) {
    const document: UploadCommandDocument = {
      schemaVersion,
      command: 'upload',
      exit,
      target: options.target,
      dryRun: options.dryRun === true,
      context: Object.fromEntries(Array.from(values, ([name, { value, origin }]) => [name, { value, origin }])),
      files,
      parts: sent.parts,
      account,
      next,
    };
    await services.result.write(printDocument(document));
  }
  return exit;
}

function checkOptions(paths: readonly string[], options: UploadCommandOptions): void {
  if (options.apiKeyFile === '-' && paths.includes('-')) {
    throw new UsageError(
      'Standard input can be the key or a report, not both. Put the key into SARIFLOW_API_KEY or a file.',
    );
  }
  if (options.target === 'local' && options.url !== undefined) {
    throw new UsageError('--target local starts a Collector of its own and takes no --url. Leave one of the two out.');
  }
  const { limits } = targetOf(options.target);
  if (options.maxPartBytes !== undefined && options.maxPartBytes > limits.maxPartBytes) {
    throw new UsageError(`--max-part-bytes: the target takes at most ${limits.maxPartBytes} bytes.`);
  }
}

async function prepareOptions(options: UploadCommandOptions, cwd: string, askGit: AskGit): Promise<Plan['prepare']> {
  const checkoutRoot = options.checkoutRoot ?? (await askGit('rev-parse', '--show-toplevel')) ?? cwd;
  return {
    from: options.from,
    maxPartBytes: options.maxPartBytes ?? targetOf(options.target).limits.defaultPartBytes,
    checkoutRoot: resolve(cwd, checkoutRoot),
    saveParts: options.saveParts === undefined ? undefined : resolve(cwd, options.saveParts),
    isRehearsal: options.dryRun === true,
    allowEmpty: options.allowEmpty === true,
    force: options.force === true,
  };
}

async function contextValues(
  { target }: UploadCommandOptions,
  { environment, settings }: Services,
  askGit: AskGit,
): Promise<ContextValues> {
  const values = new Map<string, ContextValue>();
  if (target === 'cortex') {
    // Where the local target is depends on nobody's settings.
    for (const name of ['url', 'collector', 'apiKeyId', 'apiKeyType'] as const satisfies readonly SettingName[]) {
      const value = settings(name);
      if (value !== undefined) values.set(name, name === 'url' ? withoutUserInfo(value) : value);
    }
  }
  const { ci: _, ...detected } = await detectContext(settings, environment.env, askGit);
  for (const [name, value] of Object.entries(detected)) values.set(name, value);
  if (target === 'local' && !values.has('repositoryUrl') && !values.has('repositoryId')) {
    const name = encodeURIComponent(basename(environment.cwd) || 'repository');
    values.set('repositoryUrl', { value: `https://localhost/${name}`, origin: 'working directory', beat: [] });
  }
  return values;
}

/** A mistaken `https://user:password@host` is refused later on; until then it must not be shown. */
function withoutUserInfo({ value, origin }: ContextValue): ContextValue {
  return { value: value.replace(/\/\/[^/@]*@/, '//***@'), origin, beat: [] };
}

function uploadContextOf(values: ContextValues): UploadContext {
  const [repositoryUrl, repositoryId, branch] = ['repositoryUrl', 'repositoryId', 'branch'].map(
    (name) => values.get(name)?.value,
  );
  return {
    ...(repositoryUrl !== undefined && { repositoryUrl }),
    ...(repositoryId !== undefined && { repositoryId }),
    ...(branch !== undefined && { branch }),
  };
}

interface Delivery {
  readonly prepared: PreparedDocuments;
  readonly sent: SentDocuments;
  /** Where the local Collector keeps what arrived. */
  readonly database?: string | undefined;
}

async function rehearse({ paths, options, services, context, prepare }: Plan): Promise<Delivery> {
  const destination = options.target === 'cortex' ? describeCortex(services.settings) : undefined;
  const nothingBefore = () => () => ({ ofReport: undefined, ofLane: undefined });
  const prepared = prepareDocuments(paths, { ...prepare, resultsBefore: nothingBefore }, services);
  const sent = await rehearseDocuments(
    prepared.documents(),
    { destination, context, isDigested: services.isJson },
    services.conversation,
  );
  return { prepared, sent };
}

/** A dry run needs neither ledger nor network: loading them would take as long as a small log. */
async function loadDelivery() {
  const [{ defaultLedgerPath, openLedger }, { sendDocuments }] = await Promise.all([
    import('../../ledger/index.ts'),
    import('../upload/send-documents.ts'),
  ]);
  return { defaultLedgerPath, openLedger, sendDocuments };
}

async function send({ paths, options, services, context, prepare }: Plan): Promise<Delivery> {
  const { defaultLedgerPath, openLedger, sendDocuments } = await loadDelivery();
  const { environment, settings } = services;
  const ledgerPath =
    options.ledger === false ? undefined : resolve(environment.cwd, options.ledger ?? defaultLedgerPath);
  const isLocal = options.target === 'local';
  const database = isLocal ? localDatabaseBeside(ledgerPath, environment.cwd) : undefined;
  await using connected =
    database === undefined
      ? connectCortex(settings, await readApiKey(options.apiKeyFile, environment))
      : await connectLocal(database);
  const { destination } = connected;
  destination.check(context);

  await using ledger = ledgerPath === undefined ? undefined : await openLedger(ledgerPath);
  const history = ledger === undefined ? undefined : await readHistory(ledger);
  const resultsBefore = (path: string) => (tool: string) =>
    history?.(destination.laneOf(tool, context), path) ?? { ofReport: undefined, ofLane: undefined };
  const prepared = prepareDocuments(paths, { ...prepare, resultsBefore }, services);
  const sent = await sendDocuments(prepared.documents(), { destination, context, ledger }, options, services);
  return { prepared, sent, database };
}

function localDatabaseBeside(ledgerPath: string | undefined, cwd: string): string {
  return ledgerPath === undefined ? resolve(cwd, localDatabase) : join(dirname(ledgerPath), basename(localDatabase));
}

/** Puts together what is known of each file. Those that did not become documents come with their accounts. */
function uploadedFiles(prepared: readonly PreparedFile[], sent: SentDocuments, accounts: Account[]): UploadedFile[] {
  let index = 0;
  return prepared.map(({ path, format, findings, held, error, account }) => {
    const document = error === undefined ? sent.documents[index++] : undefined;
    const own = document?.account ?? account;
    if (own !== undefined) accounts.push(own);
    const fileError = error ?? document?.error;
    return {
      path,
      format,
      findings: own?.in ?? findings,
      parts: document?.parts ?? 0,
      delivered: document?.delivered ?? false,
      ...(own !== undefined && { account: own }),
      ...(held !== undefined && { held }),
      ...(fileError !== undefined && { error: fileError }),
    };
  });
}
