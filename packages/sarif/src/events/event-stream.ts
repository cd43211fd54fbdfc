import type { SarifEvent } from './event.ts';

/** Neighbouring events, handed on together. Bytes that they refer to are valid until the next batch is asked for. */
export type EventBatch = readonly SarifEvent[];

/** A step of a pipeline: takes one event, gives any number. Synchronous: only batches are awaited. */
export type Stage = (event: SarifEvent, emit: (event: SarifEvent) => void) => void;

/**
 * Events, one by one for whoever iterates, and in batches for the stages of this package: an `await` for each result
 * would cost more than reading it.
 */
export class EventStream implements AsyncIterable<SarifEvent> {
  readonly #open: () => AsyncIterable<EventBatch>;

  constructor(open: () => AsyncIterable<EventBatch>) {
    this.#open = open;
  }

  batches(): AsyncIterable<EventBatch> {
    return this.#open();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SarifEvent> {
    for await (const batch of this.#open()) {
      for (const event of batch) {
        // Parsed now, because the bytes change once the iteration has moved on and the event may be kept.
        if (event.type === 'result') void event.result;
        yield event;
      }
    }
  }
}

/** The batches of any sequence of events. */
export async function* batchesOf(events: AsyncIterable<SarifEvent>): AsyncGenerator<EventBatch> {
  if (events instanceof EventStream) {
    yield* events.batches();
    return;
  }
  for await (const event of events) yield [event];
}

/** The events after a stage has seen them. `start` is called once for each iteration, so that no state is shared. */
export function throughStage(events: AsyncIterable<SarifEvent>, start: () => Stage): EventStream {
  return new EventStream(async function* () {
    const stage = start();
    for await (const batch of batchesOf(events)) {
      const out: SarifEvent[] = [];
      for (const event of batch) stage(event, (next) => out.push(next));
      if (out.length > 0) yield out;
    }
  });
}
