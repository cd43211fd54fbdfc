import type { SarifEvent } from '../../events/event.ts';
import { concatenate } from '../../json/concatenate.ts';
import type { Log } from '../../model/model.ts';
import { readSarif } from '../../read/read-sarif.ts';
import { writeSarif } from '../../write/write-sarif.ts';
import { type Part, type SplitOptions, splitIntoParts } from '../split.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** A log as plain events, as a converter gives them: nothing was read from bytes. */
export async function* eventsOf({ runs, ...log }: Log): AsyncGenerator<SarifEvent> {
  yield { type: 'log-start', log };
  for (const [runIndex, { results, ...run }] of (runs ?? []).entries()) {
    const state = Array.isArray(results) ? 'array' : results === null ? 'null' : 'absent';
    yield { type: 'run-start', runIndex, run, results: state };
    for (const [resultIndex, result] of (results ?? []).entries())
      yield { type: 'result', runIndex, resultIndex, result };
    yield { type: 'run-end', runIndex, results: results?.length ?? 0 };
  }
  yield { type: 'log-end' };
}

/** A log as events that were read from its bytes, with white space between tokens if asked for. */
export function readLog(log: Log, spaces = 0): AsyncIterable<SarifEvent> {
  return readSarif(encoder.encode(JSON.stringify(log, undefined, spaces)));
}

/** The document that bytes hold. */
export function parsed(bytes: Uint8Array): Log {
  return JSON.parse(decoder.decode(bytes)) as Log;
}

/** Bytes of a log in pieces of these lengths, again and again. */
export async function* inPieces(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const length = Math.max(1, lengths[turn % lengths.length] ?? 1);
    yield bytes.slice(at, at + length);
    at += length;
  }
}

export async function partsOf(events: AsyncIterable<SarifEvent>, options: SplitOptions): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of splitIntoParts(events, options)) parts.push(part);
  return parts;
}

/** The bytes of the log that events make. */
export async function bytesOf(events: AsyncIterable<SarifEvent>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(events)) chunks.push(chunk);
  return concatenate(chunks);
}
