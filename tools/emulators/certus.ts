import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the emulator behaves. Written from certus.md: sections 3, 4 and 7 say what is documented and what is assumed. */
export interface CertusEmulatorOptions {
  readonly apiKey: string;
  /** What scans are signed with. Default: the API key. */
  readonly signingKey?: string;
  /** What GitHub's webhooks are signed with. */
  readonly webhookSecret?: string;
  /** Scans that the plan includes. Default: any number. */
  readonly scansPerMonth?: number;
  /** Bytes of a body. Default 4,500,000. */
  readonly maxBodyBytes?: number;
  /** A wrong signature is stored with a flag, in place of being refused. */
  readonly storeUnsigned?: boolean;
  /** Asked before each scan is looked at; a number is answered in place of everything else. */
  readonly fault?: (index: number) => number | undefined;
}

/** A scan that was stored. */
export interface StoredScan {
  readonly scanId: string;
  readonly storedAt: string;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly isSigned: boolean;
}

/** Certus on this machine. */
export interface CertusEmulator extends AsyncDisposable {
  readonly origin: string;
  /** By evidence pack. */
  readonly scans: ReadonlyMap<string, StoredScan>;
  /** Every scan that arrived as a whole, stored or not. */
  readonly received: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts Certus on a free port of the loopback interface. */
export async function startCertusEmulator(options: CertusEmulatorOptions): Promise<CertusEmulator> {
  const scans = new Map<string, StoredScan>();
  const received: string[] = [];
  const server = createServer((request, response) => {
    void answer(request)
      .catch(() => failure(500, 'internal', 'The emulator has a defect.'))
      .then((said) => send(response, said));
  });

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? '/', 'http://emulator.invalid');
    const bytes = await bodyOf(request, options.maxBodyBytes ?? 4_500_000);
    if (bytes === undefined) return failure(413, 'too_large', 'The body is too large.');
    const route = `${request.method} ${url.pathname}`;
    if (route === 'GET /api/status') return { status: 200, body: { status: 'ok', version: '1.0.0' } };
    if (route === 'POST /api/webhooks/github') return webhook(request, bytes);
    if (!isSame(request.headers.authorization ?? '', `Bearer ${options.apiKey}`)) {
      return failure(401, 'unauthorized', 'The API key is missing or wrong.');
    }
    if (route === 'POST /api/scans') return storeScan(bytes);
    if (route === 'GET /api/evidence') return evidence(url.searchParams);
    return failure(404, 'not_found', 'There is no such resource.');
  };

  const storeScan = (bytes: Buffer): Answer => {
    const text = bytes.toString('utf8');
    const fault = options.fault?.(received.length);
    received.push(text);
    if (fault !== undefined) return failure(fault, 'fault', 'A fault was asked for.');
    const body = parse(text);
    if (body === undefined) return failure(400, 'invalid_json', 'The body is no JSON object.');
    const wrong = wrongMember(body);
    if (wrong !== undefined) return failure(422, 'validation', `'${wrong}' is missing or not as it should be.`);
    const { signed_hash: hash, ...unsigned } = body;
    const expected = createHmac('sha256', options.signingKey ?? options.apiKey)
      .update(sorted(unsigned))
      .digest('hex');
    const isSigned = isSame(String(hash).replace(/^sha256=/, ''), expected);
    if (!isSigned && options.storeUnsigned !== true) return failure(422, 'signature', 'The signature does not fit.');

    const pack = String(body['evidence_pack_id']);
    const known = scans.get(pack);
    if (known !== undefined) {
      if (sorted(known.body) !== sorted(body))
        return failure(409, 'conflict', 'The evidence pack has another content.');
      return { status: 200, body: { scan_id: known.scanId, stored_timestamp: known.storedAt } };
    }
    const limit = options.scansPerMonth ?? Number.POSITIVE_INFINITY;
    const quota = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - scans.size)),
    };
    if (scans.size >= limit) {
      const said = failure(429, 'quota', 'The scans of this month are used up.');
      return { ...said, headers: { ...quota, 'retry-after': '86400' } };
    }
    const stored = { scanId: randomUUID(), storedAt: new Date().toISOString(), text, body, isSigned };
    scans.set(pack, stored);
    return { status: 201, body: { scan_id: stored.scanId, stored_timestamp: stored.storedAt }, headers: quota };
  };

  const evidence = (query: URLSearchParams): Answer => {
    const limit = Math.min(Number(query.get('limit') ?? 50), 200);
    const offset = Number(query.get('offset') ?? 0);
    const repository = query.get('repo');
    const packs = [...scans.values()]
      .filter(({ body }) => repository === null || body['repo_slug'] === repository)
      .slice(offset, offset + limit)
      .map(({ body, scanId, storedAt }) => {
        const { findings: _, ...pack } = body;
        return { ...pack, scan_id: scanId, created_at: storedAt };
      });
    return { status: 200, body: { evidence_packs: packs } };
  };

  const webhook = (request: IncomingMessage, bytes: Buffer): Answer => {
    const { webhookSecret } = options;
    const signature = String(request.headers['x-hub-signature-256'] ?? '');
    const expected = createHmac('sha256', webhookSecret ?? '')
      .update(bytes)
      .digest('hex');
    if (webhookSecret === undefined || !isSame(signature, `sha256=${expected}`)) {
      return failure(401, 'signature', 'The signature of the webhook does not fit.');
    }
    return { status: 200, body: { received: true } };
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    scans,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const severities = ['critical', 'high', 'medium', 'low', 'info'];
const scanners = ['sast', 'sbom', 'iac', 'secrets', 'coverage'];

/** The first member that is not as section 7 assumes it. */
function wrongMember(body: Readonly<Record<string, unknown>>): string | undefined {
  const rules: Readonly<Record<string, (value: unknown) => boolean>> = {
    repo_slug: (value) => typeof value === 'string' && /^[^/\s]+(\/[^/\s]+)+$/.test(value),
    commit_hash: (value) => typeof value === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value),
    branch: (value) => typeof value === 'string' && value !== '',
    findings: (value) => Array.isArray(value) && value.every(isFinding),
    control_results: (value) => value === undefined || (Array.isArray(value) && value.every(isControl)),
    grade: (value) => typeof value === 'string' && /^[A-F]$/.test(value) && value !== 'E',
    score: (value) => typeof value === 'number' && value >= 0 && value <= 100,
    evidence_pack_id: (value) => typeof value === 'string' && value !== '',
    signed_hash: (value) => typeof value === 'string',
  };
  return Object.keys(rules).find((name) => rules[name]?.(body[name]) !== true);
}

function isFinding(value: unknown): boolean {
  const { id, scanner, severity, snippet } = value as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    scanners.includes(String(scanner)) &&
    severities.includes(String(severity)) &&
    snippet === undefined
  );
}

function isControl(value: unknown): boolean {
  const { framework, control_id, status, finding_ids } = value as Record<string, unknown>;
  const known = typeof framework === 'string' && typeof control_id === 'string' && Array.isArray(finding_ids);
  return known && ['pass', 'fail', 'partial'].includes(String(status));
}

/** JSON with sorted members and no blanks, made in another way than the client does, so that one checks the other. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(
      Object.entries(member).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)),
    );
  });
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    // What is no JSON is answered as such.
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
  }
  return length > maxBytes ? undefined : Buffer.concat(chunks);
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function failure(status: number, code: string, error: string): Answer {
  return { status, body: { error, code } };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
