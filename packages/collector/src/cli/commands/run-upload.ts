import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { LeftOut } from '@sariflow/sarif';
import type { UploadContext } from '../../targets/target.ts';
import { type Account, sumAccounts } from '../../upload/account.ts';
import { gitIn } from '../context/git.ts';
import { type ContextValues, sayContext } from '../context/say-context.ts';
import { printDocument, schemaVersion } from '../documents/document.ts';
import type { UploadCommandDocument, UploadedFile } from '../documents/upload-document.ts';
import { type ExitName, exitFor } from '../exit-code.ts';
import { localDatabase } from '../local-database.ts';
import { ciAnnotation, ciMask } from '../render/ci-annotation.ts';
import { countOf } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { type CertusBudget, createCertusBudget } from '../upload/certus-budget.ts';
import { certusContext, certusParts } from '../upload/certus-parts.ts';
import {
  type ConnectedTarget,
  connectCertusBy,
  connectCortex,
  connectLocal,
  describeCertus,
  describeCortex,
  targetOf,
} from '../upload/connect-target.ts';
import { readHistory } from '../upload/delivery-history.ts';
import {
  type PreparedDocuments,
  type PreparedFile,
  type PrepareOptions,
  prepareDocuments,
} from '../upload/prepare-documents.ts';
import { readApiKey, readSigningKey } from '../upload/read-api-key.ts';
import { readContext, uploadContextOf } from '../upload/read-context.ts';
import { rehearseDocuments } from '../upload/rehearse-documents.ts';
import { sayUploadSummary } from '../upload/say-upload-summary.ts';
import type { SentDocuments } from '../upload/sent-documents.ts';
import { addStepSummary, type SummarisedUpload } from '../upload/step-summary.ts';
import type { UploadCommandOptions } from '../upload/upload-options.ts';
import { beginReceipt } from '../upload/upload-receipt.ts';
import { UsageError } from '../usage-error.ts';

/** Everything that is settled before the first report is looked at. */
interface Plan {
  readonly paths: readonly string[];
  readonly options: UploadCommandOptions;
  readonly services: Services;
  readonly context: UploadContext;
  /** The CI provider, where it gives this run no secrets because it builds a fork's pull request. */
  readonly forkBuiltBy: string | undefined;
  readonly prepare: Omit<PrepareOptions, 'resultsBefore'>;
}

/** Does what `sariflow upload` says. */
export async function runUpload(paths: readonly string[], options: UploadCommandOptions, services: Services) {
  const { environment, conversation } = services;
  checkOptions(paths, options);
  const startedAt = environment.clock();
  const askGit = gitIn(environment.cwd, environment.env);
  const [{ values, forkBuiltBy }, checkoutRoot] = await Promise.all([
    readContext(options, services, askGit),
    options.checkoutRoot ?? askGit('rev-parse', '--show-toplevel'),
  ]);
  sayContext(values, conversation);
  const plan: Plan = {
    paths,
    options,
    services,
    context: uploadContextOf(values),
    forkBuiltBy,
    prepare: prepareOptions(options, environment.cwd, checkoutRoot, values),
  };

  await using receipt =
    options.receipt === undefined
      ? undefined
      : await beginReceipt(resolve(environment.cwd, options.receipt), options.receipt);
  const { prepared, sent, database, origin } = options.dryRun === true ? await rehearse(plan) : await send(plan);
  const accounts: Account[] = [];
  const files = uploadedFiles(prepared.files, sent, accounts);
  const account = sumAccounts(accounts);
  const happened: ExitName[] = [...prepared.happened, ...sent.happened];
  if (lostOf(account) > options.maxDropped) happened.push('invalid');
  if (files.length === 0 && !environment.interruption.aborted) happened.push('unreadable');

  const exit = exitFor(happened, { softFail: options.softFail === true, stoppedBy: environment.stoppedBy() });
  await receipt?.write({
    ...{ target: options.target, origin: origin ?? '', context: values, prepared: prepared.files },
    ...{ files, sent, account, exit },
  });
  await tellCi({ target: options.target, files, account, exit }, services);
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

/** Findings that were dropped although they were meant to be sent: what only an earlier run had is not. */
function lostOf({ dropped, reasons }: Account): number {
  return dropped - (reasons.find(({ code }) => code === ('absent' satisfies LeftOut))?.count ?? 0);
}

/** Says on the page of the build how it went, where the CI system has one. */
async function tellCi(upload: SummarisedUpload, { environment: { env }, conversation }: Services): Promise<void> {
  const { exit, account } = upload;
  if (exit.name !== 'ok') {
    const soft = exit.softFailed === true ? ' --soft-fail keeps the build from failing.' : '';
    const annotation = ciAnnotation(
      env,
      exit.softFailed === true ? 'warning' : 'error',
      `${exit.name}: ${countOf(account.accepted, 'finding')} of ${account.in} uploaded.${soft}`,
    );
    if (annotation !== undefined) conversation.annotate(annotation);
  }
  const trouble = await addStepSummary(env, upload);
  if (trouble !== undefined) conversation.warn(text`${trouble}`);
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
  if (options.receipt !== undefined && options.dryRun === true) {
    throw new UsageError('A dry run sends nothing, so there is no receipt. Leave out --receipt or --dry-run.');
  }
  const { limits } = targetOf(options.target);
  if (options.maxPartBytes !== undefined && options.maxPartBytes > limits.maxPartBytes) {
    throw new UsageError(`--max-part-bytes: the target takes at most ${limits.maxPartBytes} bytes.`);
  }
}

function prepareOptions(
  options: UploadCommandOptions,
  cwd: string,
  checkoutRoot: string | undefined,
  values: ContextValues,
): Plan['prepare'] {
  return {
    from: options.from,
    maxPartBytes: options.maxPartBytes ?? targetOf(options.target).limits.defaultPartBytes,
    checkoutRoot: resolve(cwd, checkoutRoot ?? cwd),
    saveParts: options.saveParts === undefined ? undefined : resolve(cwd, options.saveParts),
    isRehearsal: options.dryRun === true,
    allowEmpty: options.allowEmpty === true,
    force: options.force === true,
    redactSecrets: options.redactSecrets,
    profile: options.target === 'certus' ? undefined : 'cortex',
    ...(options.target === 'certus' && { makeParts: certusParts(certusContext(values)) }),
  };
}

interface Delivery {
  readonly prepared: PreparedDocuments;
  readonly sent: SentDocuments;
  /** Where the local Collector keeps what arrived. */
  readonly database?: string | undefined;
  /** Scheme, host and port of the target. */
  readonly origin?: string;
}

async function rehearse({ paths, options, services, context, prepare }: Plan): Promise<Delivery> {
  const destination = describeTarget(options.target, services);
  const history = destination === undefined ? undefined : await knownHistory(options, services);
  const resultsBefore = (path: string) => (tool: string) =>
    (isAddressed(context) ? history?.(destination?.laneOf(tool, context) ?? '', path) : undefined) ?? nothingBefore;
  const prepared = prepareDocuments(paths, { ...prepare, resultsBefore }, services);
  const sent = await rehearseDocuments(
    prepared.documents(),
    { destination, context, isDigested: services.isJson },
    services.conversation,
  );
  return { prepared, sent };
}

const nothingBefore = { ofReport: undefined, ofLane: undefined } as const;

function isAddressed({ repositoryId, repositoryUrl }: UploadContext): boolean {
  return repositoryId !== undefined || repositoryUrl !== undefined;
}

function describeTarget(target: UploadCommandOptions['target'], { settings }: Services) {
  if (target === 'certus') return describeCertus(settings);
  return target === 'cortex' ? describeCortex(settings) : undefined;
}

/** What a dry run can be compared with: a ledger that is there is looked at, and left as it is. */
async function knownHistory(options: UploadCommandOptions, { environment }: Services) {
  if (options.ledger === false) return undefined;
  const place = resolve(environment.cwd, options.ledger ?? '.sariflow/ledger.db');
  if (!existsSync(place)) return undefined;
  await using view = await ledgerView(place);
  return await readHistory(view);
}

async function ledgerView(place: string) {
  const { viewLedger } = await import('../../ledger/index.ts');
  return viewLedger(place);
}

/** A dry run needs no network, and a ledger only where there is one: loading them would take as long as a small log. */
async function loadDelivery() {
  const [{ defaultLedgerPath, openLedger }, { sendDocuments }] = await Promise.all([
    import('../../ledger/index.ts'),
    import('../upload/send-documents.ts'),
  ]);
  return { defaultLedgerPath, openLedger, sendDocuments };
}

async function send(plan: Plan): Promise<Delivery> {
  const { paths, options, services, context, prepare } = plan;
  const { defaultLedgerPath, openLedger, sendDocuments } = await loadDelivery();
  const { environment } = services;
  const ledgerPath =
    options.ledger === false ? undefined : resolve(environment.cwd, options.ledger ?? defaultLedgerPath);
  const isLocal = options.target === 'local';
  const database = isLocal ? localDatabaseBeside(ledgerPath, environment.cwd) : undefined;
  await using connected = await connect(plan, database);
  const { destination } = connected;
  destination.check(context);

  await using ledger = ledgerPath === undefined ? undefined : await openLedger(ledgerPath);
  const history = ledger === undefined ? undefined : await readHistory(ledger);
  const resultsBefore = (path: string) => (tool: string) =>
    history?.(destination.laneOf(tool, context), path) ?? nothingBefore;
  const budget =
    options.target === 'certus' && ledger !== undefined
      ? createCertusBudget(ledger, new URL(destination.origin).host, options.plan)
      : undefined;
  const reasonToWait: PrepareOptions['reasonToWait'] = async ({ tools, sha256 }) => {
    if (budget === undefined || ledger === undefined) return undefined;
    const last = await ledger.lastDelivered(destination.laneOf(tools.join(' + '), context));
    // What was delivered before is not sent again, and costs nothing.
    return last?.sha256 === sha256 && options.force !== true ? undefined : budget.take();
  };
  const prepared = prepareDocuments(paths, { ...prepare, resultsBefore, reasonToWait }, services);
  const sent = await sendDocuments(prepared.documents(), { destination, context, ledger }, options, services);
  await spend(budget, sent);
  return { prepared, sent, database, origin: destination.origin };
}

async function connect(plan: Plan, database: string | undefined): Promise<ConnectedTarget> {
  const { options, services } = plan;
  if (database !== undefined) return connectLocal(database);
  const key = await apiKeyOf(plan);
  if (options.target !== 'certus') return connectCortex(services.settings, key);
  return connectCertusBy(services.settings, key, await readSigningKey(options.signingKeyFile, services.environment));
}

async function spend(budget: CertusBudget | undefined, sent: SentDocuments): Promise<void> {
  try {
    await budget?.spend(sent.parts);
  } catch (error) {
    // A ledger that failed was told of while sending; what was used is only not counted then.
    if (!(error instanceof Error && error.name === 'LedgerError')) throw error;
  }
}

async function apiKeyOf({ options, services, forkBuiltBy }: Plan) {
  const key = await readApiKey(options.apiKeyFile, services.environment);
  if (key === undefined && forkBuiltBy !== undefined) {
    throw new UsageError(
      `There is no API key: this builds a pull request from a fork, and ${forkBuiltBy} gives such builds no secrets. Upload when it is merged, or from a build of the target branch; --dry-run checks the report here without a key.`,
    );
  }
  const mask =
    key === undefined || options.apiKeyFile === undefined ? undefined : ciMask(services.environment.env, key);
  if (mask !== undefined) services.conversation.annotate(mask);
  return key;
}

function localDatabaseBeside(ledgerPath: string | undefined, cwd: string): string {
  return ledgerPath === undefined ? resolve(cwd, localDatabase) : join(dirname(ledgerPath), basename(localDatabase));
}

/** Puts together what is known of each file. Those that did not become documents come with their accounts. */
function uploadedFiles(prepared: readonly PreparedFile[], sent: SentDocuments, accounts: Account[]): UploadedFile[] {
  let index = 0;
  return prepared.map(({ path, pages, format, findings, held, redacted, error, account }) => {
    const document = error === undefined ? sent.documents[index++] : undefined;
    const own = document?.account ?? account;
    if (own !== undefined) accounts.push(own);
    const fileError = error ?? document?.error;
    return {
      path,
      ...(pages !== undefined && { pages }),
      format,
      findings: own?.in ?? findings,
      parts: document?.parts ?? 0,
      // Nothing was sent where nothing could be.
      delivered: document?.delivered === true && !(document.parts === 0 && document.account.dropped > 0),
      ...(own !== undefined && { account: own }),
      ...(held !== undefined && { held }),
      ...(redacted !== undefined &&
        redacted.cuts > 0 && { redacted: { secrets: redacted.cuts, findings: redacted.findings } }),
      ...(fileError !== undefined && { error: fileError }),
    };
  });
}
