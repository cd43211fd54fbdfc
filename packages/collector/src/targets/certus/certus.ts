import { redact } from '../../secrets/redact.ts';
import type { Secret } from '../../secrets/secret.ts';
import type { Outcome } from '../../send/outcome.ts';
import { targetUrl } from '../collector-url.ts';
import { laneKey } from '../lane.ts';
import { cleanRepositoryUrl } from '../repository-url.ts';
import type { Destination, Target, TargetSettings, UploadContext } from '../target.ts';
import { TargetError } from '../target-error.ts';
import { certusOutcome } from './certus-outcome.ts';
import { signScan } from './sign-scan.ts';

/** Where Certus is, with `www`: without it every request is redirected, and a redirect is never followed. */
export const certusUrl = 'https://www.getcertus.cloud';

/** Where Certus is and who we are there. `credential.key` is the API key; key ids and types mean nothing to Certus. */
export interface CertusSettings extends TargetSettings {
  /** What scans are signed with. Default: the API key. */
  readonly signingKey?: Secret;
}

/** Nothing is published; what is assumed of other services of this kind (certus: section 7), in bytes. */
const maxPartBytes = 4_500_000;

/**
 * Certus: one request is one scan, which counts against the quota of the plan, so a scan is never split. Sending it once more is safe, because
 * the evidence pack's id is that of its content.
 */
export const certus: Target = {
  id: 'certus',
  title: 'Certus, getcertus.cloud',
  limits: { defaultPartBytes: maxPartBytes, maxPartBytes },
  state: 'replaces',
  onUnknown: 'retry',
  connect: (settings) => connectCertus(settings),
};

/** As `certus.connect`, with a signing key of its own. */
export function connectCertus({ url: given, credential, signingKey }: CertusSettings): Destination {
  const url = targetUrl(given);
  if (url.hostname === 'getcertus.cloud') {
    throw new TargetError(
      'target-url',
      `${url.origin} redirects to ${certusUrl}, and redirects are never followed. Set ${certusUrl} as the URL.`,
    );
  }
  const path = `${url.pathname.replace(/\/(api\/scans)?\/*$/, '')}/api/scans${url.search}`;
  const key = credential?.key;

  return {
    target: certus,
    origin: url.origin,
    laneOf: (tool, context) =>
      laneKey({
        target: certus.id,
        collector: url.host,
        repository: repositoryOf(context),
        branch: context.branch ?? '',
        tool,
      }),
    check(context) {
      present(key);
      if (context !== undefined) repositoryOf(context);
    },
    requestFor(part, _context, attempt) {
      return {
        method: 'POST',
        path,
        headers: {
          authorization: `Bearer ${present(key).expose()}`,
          'content-type': 'application/json',
          accept: 'application/json',
          'user-agent': 'sariflow',
          'x-request-id': `${part.sha256}; attempt=${attempt}`,
        },
        body: signScan(part.bytes, signingKey ?? present(key)),
      };
    },
    outcomeOf(answer, epochMs) {
      const secrets = [key, signingKey].filter((secret) => secret !== undefined);
      return withoutSecrets(certusOutcome(answer, { origin: url.origin, epochMs }), secrets);
    },
  };
}

/** `org/repo-name`, the name by which Certus knows a repository, from its address. */
export function repoSlugOf(repositoryUrl: string): string {
  return decodeURIComponent(new URL(cleanRepositoryUrl(repositoryUrl)).pathname).replace(/^\/+/, '');
}

function repositoryOf({ repositoryUrl }: UploadContext): string {
  if (repositoryUrl !== undefined && repositoryUrl.trim() !== '') return cleanRepositoryUrl(repositoryUrl);
  throw new TargetError(
    'repository-missing',
    'The repository the findings belong to is not known. Set --repository-url (SARIFLOW_REPOSITORY_URL); Certus knows no repository ids.',
  );
}

function present(key: Secret | undefined): Secret {
  if (key !== undefined) return key;
  throw new TargetError(
    'credential-missing',
    'There is no API key. Set SARIFLOW_API_KEY, or name a file with --api-key-file.',
  );
}

/** A server may echo what it was sent; its words reach the terminal and the ledger without our keys. */
function withoutSecrets(outcome: Outcome, secrets: readonly Secret[]): Outcome {
  if (outcome.status !== 'accepted') return { ...outcome, reason: redact(outcome.reason, secrets) };
  return outcome.warning === undefined ? outcome : { ...outcome, warning: redact(outcome.warning, secrets) };
}
