import { fileSource } from '../../input/file-source.ts';
import type { Input } from '../../input/input.ts';
import { InputError } from '../../input/input-error.ts';
import { gatherText } from '../../pull/json-text.ts';
import { PullError } from '../../pull/pull-error.ts';
import type { PullSettings } from '../../pull/pull-settings.ts';
import type { PulledReport } from '../../pull/pulled-report.ts';
import { openSnyk } from '../../pull/snyk/open-snyk.ts';
import { openSonarqube } from '../../pull/sonarqube/open-sonarqube.ts';
import { systemClock } from '../../send/clock.ts';
import { proxyFromEnv } from '../../send/proxy-settings.ts';
import { type Account, createAccountBook } from '../../upload/account.ts';
import type { FileError } from '../documents/document.ts';
import type { ExitName } from '../exit-code.ts';
import { readCertificates } from '../read-certificates.ts';
import { countOf, formatDuration } from '../render/quantities.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import type { PullCommandOptions } from './pull-options.ts';
import type { PullPlan } from './pull-plan.ts';
import { readToken } from './read-token.ts';

/** What a pull tells besides its input. */
export interface PullEvents {
  /** Nothing could be had, for a reason that has been said. */
  readonly onFailed: (path: string, error: FileError, end: ExitName) => void;
  /** Findings of which the server says that there are, and which it did not give out. */
  readonly onMissing: (account: Account) => void;
}

type Options = Pick<PullCommandOptions, 'tokenFile' | 'deadline' | 'caFile'>;

/**
 * A server's findings as an input like any other: they are in a file of the spool, which goes with it. What the user should know on the way is said.
 * Throws `UsageError`, `CredentialError` and `TargetError` for what the user has to repair before anything is asked for.
 */
export async function* pulledInput(
  plan: PullPlan,
  options: Options,
  services: Services,
  { onFailed, onMissing }: PullEvents,
): AsyncGenerator<Input> {
  try {
    const { input, missing } = await pull(plan, options, services);
    if (missing > 0) onMissing(missingAccount(missing));
    yield input;
  } catch (error) {
    if (!(error instanceof PullError || error instanceof InputError)) throw error;
    const { code, message } = error;
    services.conversation.error(text`${plan.path}: ${message} (${code})`);
    onFailed(plan.path, { code, message }, error instanceof PullError ? error.end : 'unreadable');
  }
}

async function pull(
  plan: PullPlan,
  { tokenFile, deadline, caFile }: Options,
  { environment, conversation, spool }: Services,
): Promise<{ readonly input: Input; readonly missing: number }> {
  const { path } = plan;
  const token = await readToken(tokenFile, tokenVariables[plan.from], environment);
  const ca = caFile === undefined ? undefined : await readCertificates(caFile, environment);
  await using report = open(plan, {
    url: plan.url,
    token,
    clock: systemClock,
    deadlineMs: deadline === 0 ? Number.POSITIVE_INFINITY : deadline * 1000,
    signal: environment.interruption,
    proxy: proxyFromEnv(environment.env),
    ca,
    onWait({ waitMs, reason }) {
      conversation.info(text`  waiting ${formatDuration(waitMs)}: ${reason}`);
    },
    onProgress({ unit, done, total }) {
      conversation.progress.update({ verb: 'pulling', unit, done, total });
    },
  });
  const file = await spool.keep(gatherText(report.text()), path);
  conversation.progress.hide();

  const { findings, missing, notices, remarks } = report.summary();
  conversation.info(text`  pulled ${countOf(findings, 'finding')} from ${path}`);
  for (const notice of notices) conversation.warn(text`${path}: ${notice}`);
  for (const remark of remarks) conversation.detail(text`${path}: ${remark}`);
  if (missing > 0) {
    conversation.warn(
      text`${path}: the server counts ${countOf(missing, 'finding')} more than it gives out. They are missing in what follows.`,
    );
  }
  const source = fileSource(file.path, path);
  return { input: { path, origin: 'server', named: true, source, [Symbol.asyncDispose]: file.remove }, missing };
}

/** Where the tokens are where there is no file, as the vendors' own tools have it. */
const tokenVariables = { sonarqube: 'SONAR_TOKEN', snyk: 'SNYK_TOKEN' } as const satisfies Record<
  PullPlan['from'],
  string
>;

function open(plan: PullPlan, settings: PullSettings): PulledReport & AsyncDisposable {
  switch (plan.from) {
    case 'sonarqube':
      return openSonarqube(settings, plan.scope);
    case 'snyk':
      return openSnyk(settings, plan.scope);
  }
}

function missingAccount(missing: number): Account {
  const book = createAccountBook();
  book.add('dropped', missing, 'not-given-out');
  return book.read();
}
