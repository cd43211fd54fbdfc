import { createHash } from 'node:crypto';
import { readSarif, splitIntoParts } from '@sariflow/sarif';
import { startLocalCollector } from '../../local-collector/index.ts';
import type { LocalCollectorOptions } from '../../local-collector/options.ts';
import { type SampleResult, sampleLog } from '../../local-collector/test-support/sample-log.ts';
import { Secret } from '../../secrets/secret.ts';
import type { HttpTransport } from '../../send/http-transport.ts';
import { createHttpTransport, type TransportOptions } from '../../send/http-transport.ts';
import type { FakeClock } from '../../send/test-support/fake-clock.ts';
import { cortex } from '../../targets/cortex.ts';
import type { Destination } from '../../targets/target.ts';
import { uploadParts } from '../../upload/upload-parts.ts';
import type {
  UploadDocument,
  UploadEvent,
  UploadOptions,
  UploadPart,
  UploadResult,
} from '../../upload/upload-types.ts';

/** Where the findings of these tests belong. */
export const context = { repositoryUrl: 'https://git.example/acme/shop', branch: 'main' };

/** The shape of the policy, at the speed of a test. */
export const quick = {
  retry: { baseMs: 5, capMs: 20 },
  budget: { capacity: 10_000, perSuccess: 1, refillMs: 1 },
} satisfies Partial<UploadOptions>;

const standard = { type: 'standard', keyId: '1', key: new Secret('canary-key-5d20') } as const;

/** A destination of the documented protocol at some origin. */
export function cortexAt(origin: string): Destination {
  return cortex.connect({ url: origin, collectorId: 'c', credential: standard });
}

/** A log of its own for each name, with as many results. */
export function logOf(name: string, results: number, change: (index: number) => SampleResult = () => ({})) {
  return sampleLog(
    Array.from({ length: results }, (_, index) => ({ message: `${name} ${index}`, line: index + 1, ...change(index) })),
    'Scanner',
  );
}

/** A document made of one log, split as uploads split it. */
export function documentOf(
  path: string,
  log: object = logOf(path, 3),
  options: { tool?: string; maxBytes?: number } = {},
): UploadDocument {
  const text = JSON.stringify(log);
  async function* parts(): AsyncGenerator<UploadPart> {
    const source = readSarif(Buffer.from(text));
    for await (const part of splitIntoParts(source, { maxBytes: options.maxBytes ?? 9_500_000 })) {
      yield { ...part, tool: options.tool ?? part.tool };
    }
  }
  return { path, sha256: createHash('sha256').update(text).digest('hex'), parts: parts() };
}

/** So many documents, each in a lane of its own. */
export function lanesOf(count: number, results = 3): UploadDocument[] {
  return Array.from({ length: count }, (_, index) =>
    documentOf(`d${index}`, logOf(`d${index}`, results), { tool: `Tool ${index}` }),
  );
}

/** The real thing on this machine, which keeps every body that it received. */
export async function startCollector(options: LocalCollectorOptions = {}) {
  const collector = await startLocalCollector({
    keepBodies: true,
    unknownRepository: 'onboard',
    ui: false,
    keys: [{ id: '1', level: 'standard', secret: standard.key.expose(), roles: ['Instance Administrator'] }],
    collectors: [{ id: 'c', name: 'Scanner', enabled: true, credentials: [] }],
    ...options,
  });
  return Object.assign(collector, {
    /** Digests of the bodies that arrived whole, in order. */
    arrived: () => collector.received().flatMap(({ complete, sha256 }) => (complete ? [sha256] : [])),
    /** Digests of the bodies whose findings are in its database. */
    stored: () => collector.received().flatMap(({ stored, sha256 }) => (stored ? [sha256] : [])),
  });
}

/** Uploads to an origin, and keeps what was told on the way. */
export async function deliver(
  origin: string,
  documents: UploadDocument | readonly UploadDocument[],
  options: Partial<UploadOptions> = {},
): Promise<UploadResult & { readonly events: readonly UploadEvent[] }> {
  const events: UploadEvent[] = [];
  const result = await uploadParts(documents, {
    destination: cortexAt(origin),
    context,
    ...quick,
    onEvent: (event) => void events.push(event),
    ...options,
  });
  return { ...result, events };
}

/** A transport that knows whether anything is under way. */
export interface WatchedTransport extends HttpTransport {
  readonly underWay: number;
  /** Requests so far. */
  readonly requests: number;
}

/** The real transport, watched. */
export function watchedTransport(options: TransportOptions): WatchedTransport {
  return watch(createHttpTransport(options));
}

/** Any transport, watched. */
export function watch(transport: HttpTransport): WatchedTransport {
  let underWay = 0;
  let requests = 0;
  return {
    ...transport,
    get requests() {
      return requests;
    },
    get underWay() {
      return underWay;
    },
    async request(request, signal) {
      underWay += 1;
      requests += 1;
      try {
        return await transport.request(request, signal);
      } finally {
        underWay -= 1;
      }
    },
  };
}

/**
 * Lets hours pass in no time: whenever nothing is under way and nothing else happens, the clock jumps to the next thing
 * that waits. `stuck` says that what is under way waits for the clock, too.
 */
export async function passTime<T>(
  clock: FakeClock,
  running: Promise<T>,
  transport: WatchedTransport,
  stuck: () => boolean = () => false,
): Promise<T> {
  let over = false;
  const end = () => {
    over = true;
  };
  running.then(end, end);
  for (let calm = 0; !over; ) {
    await new Promise((resolve) => setImmediate(resolve));
    // Before the first request the parts are being made, which takes real time.
    calm = stuck() || (transport.requests > 0 && transport.underWay === 0) ? calm + 1 : 0;
    const wait = clock.next();
    if (calm < 30 || wait === undefined) continue;
    calm = 0;
    await clock.advance(wait);
  }
  return running;
}
