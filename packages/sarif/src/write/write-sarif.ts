import type { ResultEvent, RunEndEvent, RunStartEvent, SarifEvent } from '../events/event.ts';
import { batchesOf, type EventBatch } from '../events/event-stream.ts';
import { concatenate } from '../json/concatenate.ts';
import { jsonPieces } from '../json/json-pieces.ts';
import type { ReportingDescriptor, RunHeader } from '../model/model.ts';

const encoder = new TextEncoder();

/** Levels of a header down to the elements of its lists: those of the driver are the deepest that grow. */
const headerDepth = 4;

/** Units of text that are encoded at once. */
const pieceLength = 64 * 1024;

/**
 * Writes events as one SARIF log, without white space between tokens where it is ours to write. Each run's results stand in
 * front of its header, so that descriptors which were added on the way are written where they belong. Memory: one batch.
 */
export async function* writeSarif(events: AsyncIterable<SarifEvent>): AsyncGenerator<Uint8Array> {
  const writer = new LogWriter();
  for await (const batch of batchesOf(events)) {
    for (const bytes of writer.write(batch)) if (bytes.length > 0) yield bytes;
  }
}

class LogWriter {
  #runs = 0;
  #results = 0;
  #run: RunStartEvent | undefined;
  /** Text that is not encoded yet. */
  #pending = '';

  /** The bytes of a batch at once, except those of a header, which can be much longer. */
  *write(batch: EventBatch): Generator<Uint8Array> {
    let chunks: Uint8Array[] = [];
    for (const event of batch) {
      if (event.type === 'result') this.#result(event, chunks);
      else if (event.type !== 'run-end') this.#pending += this.#text(event);
      else {
        for (const piece of this.#runEnd(event)) {
          this.#pending += piece;
          if (this.#pending.length < pieceLength) continue;
          this.#flush(chunks);
          yield concatenate(chunks);
          chunks = [];
        }
      }
    }
    this.#flush(chunks);
    yield concatenate(chunks);
  }

  /** Text is encoded when bytes come or the batch ends: once for many results that are written anew. */
  #flush(chunks: Uint8Array[]): void {
    if (this.#pending === '') return;
    chunks.push(encoder.encode(this.#pending));
    this.#pending = '';
  }

  #text(event: Exclude<SarifEvent, ResultEvent | RunEndEvent>): string {
    switch (event.type) {
      case 'log-start': {
        const { version, $schema, ...rest } = event.log;
        const head = JSON.stringify({
          $schema: $schema ?? 'https://json.schemastore.org/sarif-2.1.0.json',
          version: version ?? '2.1.0',
          ...rest,
        });
        return `${head.slice(0, -1)},"runs":[`;
      }
      case 'run-start':
        this.#run = event;
        this.#results = 0;
        this.#runs += 1;
        return `${this.#runs > 1 ? ',' : ''}{${event.results === 'array' ? '"results":[' : ''}`;
      case 'log-end':
        return ']}';
    }
  }

  *#runEnd({ addedRules = [] }: RunEndEvent): Generator<string> {
    const { run, results } = this.#run as RunStartEvent;
    if (results === 'array') yield '],';
    if (results === 'null') yield '"results":null,';
    let isFirst = true;
    for (const piece of jsonPieces(withRules(run, addedRules), headerDepth)) {
      // The brace was written in front of the results.
      if (!isFirst) yield piece;
      isFirst = false;
    }
  }

  #result(event: ResultEvent, chunks: Uint8Array[]): void {
    this.#results += 1;
    const { text, prefix } = event;
    const comma = this.#results > 1 ? ',' : '';
    if (text === undefined) {
      this.#pending += `${comma}${JSON.stringify(event.result)}`;
      return;
    }
    this.#pending += prefix === undefined ? comma : `${comma}{${prefix}`;
    this.#flush(chunks);
    chunks.push(prefix === undefined ? text.bytes : text.bytes.subarray(1));
  }
}

function withRules(run: RunHeader, added: readonly ReportingDescriptor[]): RunHeader {
  if (added.length === 0) return run;
  const { driver } = run.tool;
  return { ...run, tool: { ...run.tool, driver: { ...driver, rules: [...(driver.rules ?? []), ...added] } } };
}
