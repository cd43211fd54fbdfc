import { type Credential, createCredential, createNonce } from '../secrets/credential.ts';
import { redact } from '../secrets/redact.ts';
import type { HttpAnswer, HttpRequest } from '../send/http-message.ts';
import type { Outcome } from '../send/outcome.ts';
import { collectorUrl } from './collector-url.ts';
import { clockSkewMs, cortexOutcome, notableSkewMs, sayClockSkew } from './cortex-outcome.ts';
import { laneKey } from './lane.ts';
import { cleanRepositoryUrl } from './repository-url.ts';
import type { Destination, Target, TargetSettings, UploadContext } from './target.ts';
import { TargetError } from './target-error.ts';

/** The size limits of a Collector, in bytes: 10 MB taken as 10^6, and some room (cortex-collector: section 7). */
export const collectorLimits = { defaultPartBytes: 9_500_000, maxPartBytes: 10_000_000 } as const;

/**
 * Speaks the Collector's upload protocol (cortex-collector: sections 2 to 4): `POST` of one SARIF log, the repository and
 * branch in the query.
 * @param place what the collector is called in a lane; the embedded one changes its port with every start
 */
export function connectCollector(
  target: Target,
  settings: TargetSettings,
  place: (url: URL, collectorId: string) => string,
): Destination {
  const { url, collectorId } = collectorUrl(settings.url, settings.collectorId);
  const credential = settings.credential && createCredential(settings.credential, url.origin);
  const clock = createSignatureClock();

  return {
    target,
    origin: url.origin,
    laneOf(tool, context) {
      const { id, url: repositoryUrl } = repositoryOf(context);
      return laneKey({
        target: target.id,
        collector: place(url, collectorId),
        repository: id ?? repositoryUrl ?? '',
        branch: context.branch ?? '',
        tool,
      });
    },
    check(context) {
      present(credential);
      if (context !== undefined) repositoryOf(context);
    },
    requestFor(part, context, attempt) {
      const key = present(credential);
      const request: HttpRequest = {
        method: 'POST',
        path: `${url.pathname}${withQuery(url.search, context)}`,
        headers: {
          ...(key.type === 'advanced' ? key.headers(url, clock.moment()) : key.headers(url)),
          'content-type': 'application/json',
          accept: 'application/json',
          'user-agent': 'sariflow',
          'x-request-id': `${part.sha256}; attempt=${attempt}`,
        },
        body: part.bytes,
      };
      clock.signed(request);
      return request;
    },
    outcomeOf(answer, epochMs, request) {
      const outcome = cortexOutcome(answer, {
        origin: url.origin,
        keyIdHeader: credential?.type === 'collector' ? 'x-crtx-auth-id' : 'x-xdr-auth-id',
        signedWithClock: credential?.type === 'advanced',
        epochMs,
      });
      if (credential === undefined) return outcome;
      const clean = withoutSecrets(outcome, credential);
      return credential.type === 'advanced' ? clock.judge(clean, answer, epochMs, request) : clean;
    },
  };
}

/**
 * The time that signatures are made with. A 401 together with a clock that is wrong here gets one more attempt with the
 * target's own time, and if that helps, all later requests are signed with it (cortex-authentication: section 4).
 */
function createSignatureClock() {
  let aheadMs = 0;
  const aheadAt = new WeakMap<HttpRequest, number>();

  return {
    moment: () => ({ nonce: createNonce(), timestampMs: Date.now() - aheadMs }),
    signed: (request: HttpRequest) => void aheadAt.set(request, aheadMs),
    judge(outcome: Outcome, answer: HttpAnswer, epochMs: number, request: HttpRequest | undefined): Outcome {
      const used = request === undefined ? undefined : aheadAt.get(request);
      if (used === undefined) return outcome;
      if (outcome.status === 'accepted' && used !== 0) {
        const remark = `Requests were signed with the target's time: ${sayClockSkew(used)}`;
        return { ...outcome, warning: outcome.warning === undefined ? remark : `${outcome.warning} ${remark}` };
      }
      if (outcome.status !== 'rejected' || answer.status !== 401) return outcome;
      const skewMs = clockSkewMs(answer, epochMs);
      // Other workers may have learnt the difference while this request was under way.
      if (Math.abs(skewMs) <= notableSkewMs || Math.abs(skewMs - used) <= notableSkewMs) return outcome;
      aheadMs = skewMs;
      const { code, reason, httpStatus } = outcome;
      return {
        status: 'retryable',
        code,
        reason,
        maxAttempts: 2,
        thenStop: 'target',
        ...(httpStatus === undefined ? {} : { httpStatus }),
      };
    },
  };
}

function present(credential: Credential | undefined): Credential {
  if (credential !== undefined) return credential;
  throw new TargetError(
    'credential-missing',
    'There is no API key. Set SARIFLOW_API_KEY and SARIFLOW_API_KEY_ID, or name a file with --api-key-file.',
  );
}

/** The query of the URL, and ours after it; every value is encoded exactly once. */
function withQuery(search: string, context: UploadContext): string {
  const { id, url } = repositoryOf(context);
  const ours = [
    ['repository_id', id],
    ['repository_url', url],
    ['branch', context.branch],
  ].flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value.toWellFormed())}`],
  );
  return `${search === '' || search === '?' ? '?' : `${search}&`}${ours.join('&')}`;
}

function repositoryOf(context: UploadContext): { id: string | undefined; url: string | undefined } {
  const id = context.repositoryId?.trim() || undefined;
  const url = context.repositoryUrl?.trim() ? cleanRepositoryUrl(context.repositoryUrl) : undefined;
  if (id === undefined && url === undefined) {
    throw new TargetError(
      'repository-missing',
      'The repository the findings belong to is not known. Set --repository-url or --repository-id (SARIFLOW_REPOSITORY_URL, SARIFLOW_REPOSITORY_ID).',
    );
  }
  return { id, url };
}

/** A server may echo what it was sent; its words reach the terminal and the ledger without our key. */
function withoutSecrets(outcome: Outcome, { key }: Credential): Outcome {
  if (outcome.status === 'accepted') {
    return outcome.warning === undefined ? outcome : { ...outcome, warning: redact(outcome.warning, [key]) };
  }
  return { ...outcome, reason: redact(outcome.reason, [key]) };
}
