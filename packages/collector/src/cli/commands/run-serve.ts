import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type LocalCollector, startLocalCollector, type UnknownRepositoryMode } from '../../local-collector/index.ts';
import { printDocument, schemaVersion } from '../documents/document.ts';
import type { ServeDocument } from '../documents/serve-document.ts';
import { type Exit, exitFor } from '../exit-code.ts';
import { localDatabase } from '../local-database.ts';
import { text } from '../render/text.ts';
import type { Services } from '../services.ts';
import { UsageError } from '../usage-error.ts';

/** What `sariflow serve` can be told. */
export interface ServeOptions {
  readonly port: number;
  readonly database?: string;
  readonly demo?: true;
  readonly unknownRepository: UnknownRepositoryMode;
}

/** Kept in memory only. */
const inMemory = ':memory:';

/** Does what `sariflow serve` says: runs until it is interrupted. */
export async function runServe(_paths: readonly string[], options: ServeOptions, services: Services): Promise<Exit> {
  const { environment, isJson, result } = services;
  const database = options.demo === true ? inMemory : resolve(environment.cwd, options.database ?? localDatabase);
  await using collector = await startCollector(database, options);
  const variables = uploadVariables(collector);
  if (isJson) {
    const document: ServeDocument = {
      schemaVersion,
      command: 'serve',
      exit: exitFor([]),
      files: [],
      next: ['sariflow upload <paths…>'],
      url: collector.url,
      page: collector.pageUrl ?? null,
      database,
      environment: variables,
    };
    await result.write(printDocument(document));
  } else {
    sayReady(collector, database, variables, services);
  }
  await aborted(environment.interruption);
  // Being stopped is how a server ends; there is nothing that it has not done.
  return exitFor([]);
}

async function startCollector(database: string, { port, unknownRepository }: ServeOptions): Promise<LocalCollector> {
  try {
    if (database !== inMemory) await mkdir(dirname(database), { recursive: true, mode: 0o700 });
    return await startLocalCollector({ port, database, unknownRepository });
  } catch (error) {
    // A port that is taken, a database that is none: the message says it.
    if (error instanceof Error && !(error instanceof TypeError)) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** The variables that make `sariflow upload` send here. The key is the Collector's own, made by it for this machine. */
function uploadVariables(collector: LocalCollector): Record<string, string> {
  const key = collector.tenant().keys.find(({ level }) => level === 'standard');
  if (key === undefined) {
    throw new UsageError(
      'This database has no Standard key to upload with. Choose another database; a new one gets a key.',
    );
  }
  return { SARIFLOW_URL: collector.apiUrl(), SARIFLOW_API_KEY_ID: key.id, SARIFLOW_API_KEY: key.secret };
}

function sayReady(
  collector: LocalCollector,
  database: string,
  variables: Readonly<Record<string, string>>,
  { result, conversation }: Services,
): void {
  const { paint } = result;
  const place = database === inMemory ? 'in memory, forgotten at the end' : database;
  result.line(
    text`Local Collector listening on ${paint.bold(collector.url)}   (limit 10 MB, authentication on; ${place})`,
  );
  result.line(text`Try, in another terminal:`);
  for (const [name, value] of Object.entries(variables)) result.line(text`  export ${name}=${value}`);
  result.line(text`  sariflow upload <paths…>`);
  if (collector.pageUrl !== undefined) result.line(text`What arrives: ${paint.bold(collector.pageUrl)}`);
  conversation.info(text`  end it with Ctrl-C`);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
