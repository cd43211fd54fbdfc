import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Assembler } from 'stream-json/assembler.js';
import { parser } from 'stream-json/parser.js';
import { type Drop, ReadError, type ResultsState, readSarif } from '../../packages/sarif/src/index.ts';

export interface EventComparison {
  /** How many results both sides read. */
  readonly results: number;
  /** Whether both sides refused the bytes, or part of them. */
  readonly refused: boolean;
  /** What the sides disagree about; nothing when they agree. */
  readonly trouble?: string;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

const { definitions } = JSON.parse(
  readFileSync(new URL('../../packages/sarif/src/model/schema.json', import.meta.url), 'utf8'),
) as { definitions: { result: { properties: object } } };
const resultMembers = definitions.result.properties;

/** A log as its events say it: what stands beside the runs, and for each run what stands beside its results. */
interface Told {
  readonly log: unknown;
  readonly runs: readonly { readonly run: unknown; readonly state: string; readonly results: readonly unknown[] }[];
}

/** Reads a document as events and by other people's code, which builds it whole, and holds one against the other. */
export async function compareEvents(bytes: Uint8Array): Promise<EventComparison> {
  const [ours, theirs] = await Promise.all([toldByUs(bytes), toldByStreamJson(bytes)]);
  if (typeof ours === 'string') {
    // That a document is the report of another tool is none of stream-json's business.
    if (theirs === undefined || (ours === 'SF-P117' && theirs.runs.length === 0)) return { results: 0, refused: true };
    return { results: 0, refused: false, trouble: `Sariflow refuses the bytes (${ours}), stream-json does not.` };
  }
  const results = ours.runs.reduce((sum, run) => sum + run.results.length, 0);
  if (theirs === undefined)
    return { results, refused: false, trouble: 'stream-json refuses the bytes, Sariflow does not.' };
  if (!isDeepStrictEqual(ours, theirs)) return { results, refused: false, trouble: 'The events differ.' };
  return { results, refused: false };
}

/** The events, or the rule that the bytes break so that there are none, or not all. */
async function toldByUs(bytes: Uint8Array): Promise<Told | string> {
  const runs: { run: unknown; state: string; results: unknown[] }[] = [];
  const drops: Drop[] = [];
  let log: unknown;
  try {
    for await (const event of readSarif(bytes, { onDrop: (drop) => drops.push(drop) })) {
      if (event.type === 'log-start') log = event.log;
      if (event.type === 'run-start') runs.push({ run: event.run, state: event.results, results: [] });
      if (event.type === 'result') runs.at(-1)?.results.push(event.result);
    }
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return error.code;
  }
  return drops[0]?.ruleId ?? { log, runs };
}

async function toldByStreamJson(bytes: Uint8Array): Promise<Told | undefined> {
  const tokens = parser.asStream({ streamValues: false });
  const assembler = Assembler.connectTo(tokens);
  try {
    // Given bytes, stream-json puts U+FFFD where they are not UTF-8. Whether they are is decided by the decoder here.
    tokens.end(decoder.decode(bytes));
    await once(tokens, 'end');
  } catch {
    // Whatever stopped it: the bytes were not read to their end.
    return undefined;
  }
  return assembler.done ? toldOf(assembler.current) : undefined;
}

function toldOf(document: unknown): Told | undefined {
  if (!isObject(document)) return undefined;
  const { runs, ...log } = document;
  const told = (Array.isArray(runs) ? runs : [runs]).filter(isObject).map(({ results, ...run }) => ({
    run,
    state: stateOf(results),
    results: resultsIn(results),
  }));
  return { log, runs: told };
}

function stateOf(results: unknown): ResultsState {
  if (results === undefined) return 'absent';
  if (results === null) return 'null';
  return Array.isArray(results) || isObject(results) ? 'array' : 'invalid';
}

/** Results outside an array count as well: alone, or as the values of an object that is no result. */
function resultsIn(results: unknown): readonly unknown[] {
  if (results === null || results === undefined) return [];
  if (Array.isArray(results)) return results;
  if (!isObject(results)) return [];
  const isMap = !Object.keys(results).some((name) => Object.hasOwn(resultMembers, name));
  return isMap ? Object.values(results) : [results];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
