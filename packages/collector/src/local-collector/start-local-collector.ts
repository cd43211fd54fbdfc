import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { answerAdmin } from './admin-api.ts';
import { type Answer, errorAnswer, jsonAnswer, notFoundAnswer } from './answer.ts';
import { createAuthenticator } from './auth/authenticate.ts';
import { createDemoTenant } from './create-demo-tenant.ts';
import { createFaults, type FaultControl } from './faults/fault-plan.ts';
import type { Endpoint } from './http-request.ts';
import { isLoopback, isTrustedHost } from './open-hosts.ts';
import { type LocalCollectorOptions, settingsOf } from './options.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { readBody } from './read-body.ts';
import { createRepositoriesEndpoint } from './repositories-endpoint.ts';
import { type Operation, runExchange } from './run-exchange.ts';
import { sendAnswer } from './send-answer.ts';
import { inTransaction, openDatabase } from './storage/database.ts';
import {
  createFindingStore,
  type FindingCount,
  type FindingQuery,
  type StoredFinding,
} from './storage/finding-store.ts';
import { createRepositoryDirectory, type RepositoryDirectory } from './storage/repository-directory.ts';
import { createTenantDirectory, type TenantDirectory } from './storage/tenant-directory.ts';
import { createUploadLog, type ReceivedUpload } from './storage/upload-log.ts';
import type { Clock, Tenant } from './tenant.ts';
import { page, pagePolicy } from './ui/page.ts';
import { createUiApi } from './ui/ui-api.ts';
import { schemaCheck } from './upload/schema-check.ts';
import { createUploadEndpoint } from './upload/upload-endpoint.ts';

/** A running Collector. Closing it ends every connection at once. */
export interface LocalCollector extends AsyncDisposable {
  /** The API host, such as `http://127.0.0.1:49152`, without a slash at the end. */
  readonly url: string;
  /** The page, where it is served. */
  readonly pageUrl: string | undefined;
  /** The complete upload address of a collector; default the first one. */
  apiUrl(collectorId?: string): string;
  /** Keys, collectors and repositories as they are now, secrets included. */
  tenant(): Tenant;
  /** Orders misbehaviour. */
  readonly faults: FaultControl;
  /** Every request to the upload path, oldest first. */
  received(): ReceivedUpload[];
  /** A whole received body, where `keepBodies` is set. */
  body(sha256: string): Uint8Array | undefined;
  /** The findings that match; without a limit all of them. */
  findings(query?: FindingQuery): StoredFinding[];
  /** Numbers per repository, branch, tool and level. */
  counts(): FindingCount[];
  /** Switches a collector; a disabled one answers 503. Says whether there is such a collector. */
  setCollectorEnabled(collectorId: string, enabled: boolean): boolean;
  /** Deletes a collector and its credentials for ever; its findings stay. Says whether there was one. */
  deleteCollector(collectorId: string): boolean;
  close(): Promise<void>;
}

const appsec = '/public_api/appsec/v1';

/**
 * Starts the local Collector: the upload API with its authentication, limits and answers, over a SQLite database.
 *
 * @throws RangeError for options that make no sense
 * @throws Error where the database cannot be used or the port is taken
 */
export async function startLocalCollector(options: LocalCollectorOptions = {}): Promise<LocalCollector> {
  const settings = settingsOf(options);
  const clock = options.clock ?? Date.now;
  const host = options.host ?? '127.0.0.1';
  const servesPage = options.ui ?? isLoopback(host);
  const database = await openDatabase(options.database ?? ':memory:');
  try {
    const tenant = createTenantDirectory(database);
    const repositories = createRepositoryDirectory(database);
    inTransaction(database, () => settleTenant(options, tenant, repositories, clock));
    const uploads = createUploadLog(database);
    const findings = createFindingStore(database, settings, clock);
    const faults = createFaults();
    const gateway = {
      authenticate: createAuthenticator(tenant, clock),
      secondsToWait: createRateLimiter(settings.rateLimit, clock),
    };

    const route = createRouter({
      host,
      clock,
      faults,
      uploads,
      keepBodies: settings.keepBodies,
      uploadEndpoint: createUploadEndpoint({
        database,
        gateway,
        tenant,
        repositories,
        uploads,
        findings,
        settings,
        schema: schemaCheck,
        clock,
      }),
      repositoriesEndpoint: createRepositoriesEndpoint(gateway, repositories),
      ui: servesPage
        ? createUiApi(database, findings, uploads, settings.ingestionDelayMs > 0 ? clock : undefined)
        : undefined,
      admin: options.faults === true ? { faults, uploads, findings, tenant } : undefined,
    });
    const server = createServer({ keepAliveTimeout: options.keepAliveTimeoutMs ?? 5000 });
    const running = new Set<Promise<void>>();
    const handle = (expectsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
      const exchange = route(request, response, expectsContinue)
        .catch((error: unknown) => answerDefect(error, response))
        .finally(() => running.delete(exchange));
      running.add(exchange);
    };
    server.on('request', handle(false)).on('checkContinue', handle(true));
    await listen(server, options.port ?? 0, host);

    return describe(server, host, servesPage, {
      database,
      running,
      tenant,
      repositories,
      faults,
      received: () => uploads.all(),
      body: (sha256) => uploads.body(sha256),
      findings: (query = {}) => findings.find(query),
      counts: () => findings.counts(),
    });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Stores the tenant of the options. Where they name none and the database has none, a demo tenant is made. */
function settleTenant(
  options: LocalCollectorOptions,
  tenant: TenantDirectory,
  repositories: RepositoryDirectory,
  clock: Clock,
): void {
  const named = options.keys !== undefined || options.collectors !== undefined;
  const stored = tenant.collectors().length > 0 || tenant.keys().length > 0;
  const { keys, collectors } = named || stored ? options : createDemoTenant();
  for (const key of keys ?? []) tenant.putKey(key);
  for (const collector of collectors ?? []) tenant.putCollector(collector);
  for (const repository of options.repositories ?? []) repositories.onboard(repository, clock());
}

interface RouterParts {
  readonly host: string;
  readonly clock: Clock;
  readonly faults: ReturnType<typeof createFaults>;
  readonly uploads: ReturnType<typeof createUploadLog>;
  readonly keepBodies: boolean;
  readonly uploadEndpoint: Endpoint;
  readonly repositoriesEndpoint: Endpoint;
  readonly ui: ReturnType<typeof createUiApi> | undefined;
  readonly admin: Parameters<typeof answerAdmin>[0] | undefined;
}

function createRouter(parts: RouterParts) {
  const { clock } = parts;

  return async (message: IncomingMessage, response: ServerResponse, expectsContinue: boolean): Promise<void> => {
    const target = message.url ?? '/';
    const cut = target.indexOf('?');
    const path = cut === -1 ? target : target.slice(0, cut);
    const rawQuery = cut === -1 ? '' : target.slice(cut + 1);
    const method = message.method ?? 'GET';
    const say = (answer: Answer) => sendAnswer(message, response, answer, clock());

    const operation = findOperation(path, method);
    if (operation !== undefined) {
      if ('status' in operation) return say(operation);
      const request = { method, path, rawQuery, params: operation.params, headers: message.headers };
      return runExchange(message, response, { ...operation, request, expectsContinue }, parts);
    }
    if (path === '/public_api/v1/healthcheck' && method === 'GET') return say(jsonAnswer(200, { status: 'available' }));
    if (!isTrustedHost(message.headers.host, parts.host)) {
      return say(
        errorAnswer(403, 'Forbidden', 'This host name is not served. Use the address that was printed at the start.'),
      );
    }
    if (parts.ui !== undefined && (method === 'GET' || method === 'HEAD')) {
      if (path === '/') return say({ status: 302, body: '', headers: { location: '/ui' } });
      if (path === '/ui' || path === '/ui/') return say(pageAnswer());
      if (path.startsWith('/ui/api/')) return say(closed(parts.ui(path.slice('/ui/api/'.length), rawQuery)));
    }
    if (parts.admin !== undefined && path.startsWith('/admin/')) {
      return say(await takeAdminRequest(parts.admin, message, method, path.slice('/admin/'.length), rawQuery));
    }
    return say(notFoundAnswer(`There is no ${method} ${path} here.`));
  };

  function findOperation(
    path: string,
    method: string,
  ): (Pick<Operation, 'endpoint' | 'kind'> & { params: string[] }) | Answer | undefined {
    if (!path.startsWith(`${appsec}/`)) return undefined;
    const [resource, ...encoded] = path.slice(appsec.length + 1).split('/');
    const params = encoded.map(decodeSegment);
    if (params.some((param) => param === undefined)) {
      return errorAnswer(400, 'BadRequest', 'The path holds a broken percent escape.');
    }
    const known = params.filter((param) => param !== undefined && param !== '') as string[];
    if (resource === 'collectors' && params.length === 1 && known.length === 1) {
      if (method !== 'POST') return wrongMethod('POST');
      return { endpoint: parts.uploadEndpoint, kind: 'uploads', params: known };
    }
    if (resource === 'repositories' && params.length <= 1 && known.length === params.length) {
      if (method !== 'GET') return wrongMethod('GET');
      return { endpoint: parts.repositoriesEndpoint, kind: 'reads', params: known };
    }
    return notFoundAnswer(`There is no ${method} ${path} here.`);
  }
}

function decodeSegment(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // URIError is the only thing thrown here; the caller answers 400.
    return undefined;
  }
}

function wrongMethod(allowed: string): Answer {
  return errorAnswer(405, 'MethodNotAllowed', `Use ${allowed}.`, { allow: allowed });
}

function pageAnswer(): Answer {
  return {
    status: 200,
    body: page,
    contentType: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': pagePolicy, 'referrer-policy': 'no-referrer' },
  };
}

/** An answer that a browser must not run, frame or hand to another site. */
function closed(answer: Answer): Answer {
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
    },
  };
}

async function takeAdminRequest(
  admin: Parameters<typeof answerAdmin>[0],
  message: IncomingMessage,
  method: string,
  path: string,
  rawQuery: string,
): Promise<Answer> {
  // A page elsewhere can send forms and plain text without being asked, but no JSON.
  if (method === 'POST' && !/^application\/json\b/i.test(message.headers['content-type'] ?? '')) {
    return errorAnswer(400, 'BadRequest', 'The Content-Type must be application/json.');
  }
  const read = await readBody(message, 1_000_000);
  if (read.status !== 'complete') return errorAnswer(413, 'PayloadTooLarge', 'The body is too large.');
  return closed(answerAdmin(admin, { method, path, rawQuery, body: read.body }));
}

/** A defect of ours: 500 to the client where it still can be told, and a warning with the stack to whoever runs this. */
function answerDefect(error: unknown, response: ServerResponse): void {
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({
    errorCode: 'InternalServerError',
    message: 'The local Collector failed. See its output.',
  });
  response.writeHead(500, { 'content-type': 'application/json', connection: 'close' }).end(body);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const reason = taken ? `Port ${port} is taken. Choose another, or 0 for any that is free.` : error.message;
      reject(new Error(`The local Collector cannot listen on ${host}, port ${port}. ${reason}`, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

interface Inside extends Pick<LocalCollector, 'faults' | 'received' | 'body' | 'findings' | 'counts'> {
  readonly database: DatabaseSync;
  /** Requests under way: they note their end in the database. */
  readonly running: ReadonlySet<Promise<void>>;
  readonly tenant: TenantDirectory;
  readonly repositories: RepositoryDirectory;
}

function describe(server: Server, host: string, servesPage: boolean, inside: Inside): LocalCollector {
  const { database, running, tenant, repositories, ...rest } = inside;
  const { port } = server.address() as AddressInfo;
  // Nobody can connect to "any address"; from here, this machine's own is the one to use.
  const reachable =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  const url = `http://${reachable}:${port}`;
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
      server.closeAllConnections();
    }).then(async () => {
      await Promise.all(running);
      database.close();
    });
    return closing;
  };

  return {
    ...rest,
    url,
    pageUrl: servesPage ? `${url}/ui` : undefined,
    apiUrl(collectorId = tenant.collectors()[0]?.id) {
      if (collectorId === undefined) throw new Error('This tenant has no collector. Give `collectors` at the start.');
      return `${url}${appsec}/collectors/${encodeURIComponent(collectorId)}`;
    },
    tenant: () => ({
      keys: tenant.keys(),
      collectors: tenant.collectors(),
      repositories: repositories.list('', 0, -1),
    }),
    setCollectorEnabled: (id, enabled) => tenant.setCollectorEnabled(id, enabled),
    deleteCollector: (id) => tenant.deleteCollector(id),
    close,
    [Symbol.asyncDispose]: close,
  };
}
