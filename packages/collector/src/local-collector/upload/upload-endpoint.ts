import type { DatabaseSync } from 'node:sqlite';
import { admitCaller, type Gateway } from '../admit-caller.ts';
import {
  type Answer,
  acceptedAnswer,
  badRequestAnswer,
  disabledAnswer,
  errorAnswer,
  notFoundAnswer,
} from '../answer.ts';
import { mayUpload } from '../auth/roles.ts';
import { type ApiRequest, type Endpoint, isAnswer } from '../http-request.ts';
import type { Settings } from '../options.ts';
import { parseQuery } from '../query-parameters.ts';
import { normalizeRepositoryUrl } from '../repository-url.ts';
import { inTransaction } from '../storage/database.ts';
import type { FindingStore } from '../storage/finding-store.ts';
import type { Repository, RepositoryDirectory } from '../storage/repository-directory.ts';
import type { TenantDirectory } from '../storage/tenant-directory.ts';
import type { UploadLog } from '../storage/upload-log.ts';
import type { Clock } from '../tenant.ts';
import { checkLog, type SchemaCheck } from './check-log.ts';
import { parseBody } from './parse-body.ts';

export interface UploadParts {
  readonly database: DatabaseSync;
  readonly gateway: Gateway;
  readonly tenant: Pick<TenantDirectory, 'findCollector'>;
  readonly repositories: RepositoryDirectory;
  readonly uploads: UploadLog;
  readonly findings: FindingStore;
  readonly settings: Settings;
  readonly schema: SchemaCheck;
  readonly clock: Clock;
}

/** Where an upload goes. `undefined` for a repository that nobody knows while such uploads are dropped. */
type Destination = { readonly repository: Repository | undefined; readonly branch: string };

/**
 * `POST /public_api/appsec/v1/collectors/{collectorId}`. The order of the checks is fixed: caller (401), permission (403),
 * collector (404), enabled (503), content type (400), size (413), query (400), repository (404), document (400), stored (201).
 */
export function createUploadEndpoint(parts: UploadParts): Endpoint {
  const { settings } = parts;

  return {
    maxBodyBytes: settings.maxBodyBytes,
    admit(request) {
      const collectorId = request.params[0] ?? '';
      const admission = admitCaller(request, parts.gateway, (caller) =>
        caller.kind === 'tenant-key' ? mayUpload(caller.roles) : caller.collectorId === collectorId,
      );
      if (isAnswer(admission)) return admission;
      const collector = parts.tenant.findCollector(collectorId);
      if (collector === undefined) return notFoundAnswer(`There is no collector ${collectorId}.`);
      if (!collector.enabled || request.pretend === 'disabled') return disabledAnswer(collectorId);
      return checkContentHeaders(request) ?? admission;
    },
    tooLarge() {
      const message = `The body is larger than ${settings.maxBodyBytes} bytes. Split the log and send the parts.`;
      return settings.oversizeStatus === 413
        ? errorAnswer(413, 'PayloadTooLarge', message)
        : badRequestAnswer(message, 'INGESTED_FAILED');
    },
    answer: (request, body, uploadId) => takeUpload(parts, request, body, uploadId),
  };
}

function checkContentHeaders(request: ApiRequest): Answer | undefined {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity') {
    return badRequestAnswer(
      `Content-Encoding ${encoding} is not supported. Send the body uncompressed.`,
      'INGESTED_FAILED',
    );
  }
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  const charsetFits = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  if (type.trim() !== 'application/json' || !charsetFits) {
    return badRequestAnswer('The Content-Type must be application/json, in UTF-8.', 'INGESTED_FAILED');
  }
  return undefined;
}

function takeUpload(parts: UploadParts, request: ApiRequest, body: Buffer, uploadId: number): Answer {
  const destination = findDestination(parts, request);
  if ('status' in destination) return destination;
  const { repository, branch } = destination;
  parts.uploads.change(uploadId, { branch, ...(repository === undefined ? {} : { repositoryId: repository.id }) });

  const parsed = parseBody(body);
  if (parsed.status === 'refused') return badRequestAnswer(parsed.reason, 'INVALID');
  const verdict = checkLog(parsed.value, parts.schema);
  if (verdict.status === 'INVALID') return badRequestAnswer(verdict.message, 'INVALID');

  if (repository !== undefined) {
    const collectorId = request.params[0] ?? '';
    // Durable before the answer leaves: whoever was told 201 finds the findings after a crash.
    inTransaction(parts.database, () => {
      parts.findings.ingest(verdict.findings, { uploadId, collectorId, repositoryId: repository.id, branch });
      parts.uploads.change(uploadId, { stored: true, findings: verdict.findings.length, skipped: verdict.skipped });
    });
  }
  return acceptedAnswer(verdict.status, verdict.message);
}

function findDestination(parts: UploadParts, request: ApiRequest): Destination | Answer {
  const query = parseQuery(request.rawQuery);
  if (query.status === 'refused') return badRequestAnswer(query.reason, 'INGESTED_FAILED');
  const id = query.get('repository_id');
  const url = query.get('repository_url');
  const branch = query.get('branch');
  if (id === undefined && url === undefined) {
    return badRequestAnswer('repository_id or repository_url is required in the query.', 'INGESTED_FAILED');
  }
  if (id === undefined && url !== undefined && normalizeRepositoryUrl(url) === undefined) {
    return badRequestAnswer(
      'repository_url is not a complete URL. Write it like https://github.com/org/repository.',
      'INGESTED_FAILED',
    );
  }

  // With both given, the id wins.
  let repository = id !== undefined ? parts.repositories.findById(id) : parts.repositories.findByUrl(url ?? '');
  if (repository === undefined && parts.settings.unknownRepository === 'reject') {
    const named = id !== undefined ? `with the id ${id}` : `at ${url}`;
    return notFoundAnswer(`No repository ${named} is onboarded. Onboard it first, then send again.`);
  }
  if (repository === undefined && parts.settings.unknownRepository === 'onboard') {
    const now = parts.clock();
    const usable = url !== undefined && normalizeRepositoryUrl(url) !== undefined;
    const taken = usable && parts.repositories.findByUrl(url) !== undefined;
    // An id that is unknown with a URL that is known cannot both be stored: the id wins here, too.
    if (url !== undefined && usable && !taken) repository = parts.repositories.onboard({ id, url }, now);
    else if (id !== undefined) repository = parts.repositories.onboardById(id, now);
  }
  return { repository, branch: branch ?? repository?.defaultBranch ?? '' };
}
