import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CredentialType } from '../../secrets/credential.ts';
import { Secret } from '../../secrets/secret.ts';
import { certus, certusUrl, connectCertus } from '../../targets/certus/certus.ts';
import { cortex } from '../../targets/cortex.ts';
import { local } from '../../targets/local.ts';
import type { Destination, Target } from '../../targets/target.ts';
import type { Settings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import type { TargetChoice } from './target-choices.ts';

const targetsByChoice = { cortex, certus, local } as const satisfies Record<TargetChoice, Target>;

export function targetOf(choice: TargetChoice): Target {
  return targetsByChoice[choice];
}

/** A target that is ready, and what keeps it running. */
export interface ConnectedTarget extends AsyncDisposable {
  readonly destination: Destination;
}

const credentialTypes = ['standard', 'advanced', 'collector'] as const satisfies readonly CredentialType[];

/**
 * The platform, addressed by the settings. Throws `UsageError` for missing settings, `TargetError` and `CredentialError` for unfit ones.
 */
export function connectCortex(settings: Settings, key: Secret | undefined): ConnectedTarget {
  const url = settings('url');
  if (url === undefined) {
    throw new UsageError(
      'The target is not known. Set SARIFLOW_URL (or --url) to the API URL that the console shows for the collector, or try --target local.',
    );
  }
  if (key === undefined) {
    throw new UsageError(
      'There is no API key. Set SARIFLOW_API_KEY, or name a file with --api-key-file. --dry-run needs none.',
    );
  }
  const keyId = settings('apiKeyId');
  if (keyId === undefined) {
    throw new UsageError(
      'There is no API key id. Set SARIFLOW_API_KEY_ID (or --api-key-id) to the id that belongs to the key.',
    );
  }
  const collectorId = settings('collector')?.value;
  const destination = cortex.connect({
    url: url.value,
    ...(collectorId !== undefined && { collectorId }),
    credential: { type: credentialTypeOf(settings), keyId: keyId.value, key },
  });
  return { destination, async [Symbol.asyncDispose]() {} };
}

/**
 * Certus, addressed by the settings. Throws `UsageError` for a missing key, `TargetError` for an unfit address.
 *
 * @param signingKey undefined: scans are signed with the API key
 */
export function connectCertusBy(
  settings: Settings,
  key: Secret | undefined,
  signingKey: Secret | undefined,
): ConnectedTarget {
  if (key === undefined) {
    throw new UsageError(
      'There is no API key. Set SARIFLOW_API_KEY, or name a file with --api-key-file. --dry-run needs none.',
    );
  }
  const destination = connectCertus({
    url: settings('url')?.value ?? certusUrl,
    // Certus has one kind of key, and no ids.
    credential: { type: 'standard', keyId: 'none', key },
    ...(signingKey !== undefined && { signingKey }),
  });
  return { destination, async [Symbol.asyncDispose]() {} };
}

/** Certus as far as a dry run needs it. */
export function describeCertus(settings: Settings): Destination {
  return connectCertus({ url: settings('url')?.value ?? certusUrl });
}

/** The platform as far as a dry run needs it; undefined when nothing says where it is. */
export function describeCortex(settings: Settings): Destination | undefined {
  const url = settings('url')?.value;
  const collectorId = settings('collector')?.value;
  return url === undefined ? undefined : cortex.connect({ url, ...(collectorId !== undefined && { collectorId }) });
}

function credentialTypeOf(settings: Settings): CredentialType {
  const given = settings('apiKeyType');
  if (given === undefined) return 'standard';
  const type = credentialTypes.find((candidate) => candidate === given.value);
  if (type !== undefined) return type;
  throw new UsageError(`${given.origin} must be one of ${credentialTypes.join(', ')}.`);
}

/**
 * Starts the embedded Collector for the duration of an upload. Repositories are onboarded as they come.
 *
 * @param database where it keeps what arrives
 */
export async function connectLocal(database: string): Promise<ConnectedTarget> {
  const { startLocalCollector } = await import('../../local-collector/index.ts');
  await mkdir(dirname(database), { recursive: true, mode: 0o700 });
  const collector = await startLocalCollector({ database, unknownRepository: 'onboard', ui: false });
  const { keys } = collector.tenant();
  const key = keys.find(({ level }) => level === 'standard');
  if (key === undefined) {
    await collector.close();
    throw new UsageError(`The Collector in ${database} has no Standard key. Move the file away; a new one is made.`);
  }
  const destination = local.connect({
    url: collector.apiUrl(),
    credential: { type: 'standard', keyId: key.id, key: new Secret(key.secret) },
  });
  return { destination, [Symbol.asyncDispose]: () => collector.close() };
}
