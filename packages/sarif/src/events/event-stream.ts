import type { SarifEvent } from './event.ts';
import type { ResultBlock } from './result-block.ts';

/** Neighbouring events, handed on together. Bytes that they refer to are valid until the next batch is asked for. */
export type EventBatch = readonly SarifEvent[];

/** The same with results in blocks where their bytes prove them. */
export type BlockBatch = readonly (SarifEvent | ResultBlock)[];

/** A step of a pipeline: takes one event, gives any number. Synchronous: only batches are awaited. */
export type EventStep = (event: SarifEvent, emit: Emit) => void;

/** A step that takes results in blocks as well. */
export interface BlockStep {
  readonly event: EventStep;
  readonly block: (block: ResultBlock, emit: Emit) => void;
}

export type Stage = EventStep | BlockStep;

export type Emit = (next: SarifEvent | ResultBlock) => void;

/**
 * Events, one by one for whoever iterates, and in batches for the stages of this package: an `await` for each result
 * would cost more than reading it.
 */
export class EventStream implements AsyncIterable<SarifEvent> {
  readonly #open: () => AsyncIterable<BlockBatch>;

  constructor(open: () => AsyncIterable<BlockBatch>) {
    this.#open = open;
  }

  /** Any sequence of events as a stream; one that is a stream stays what it is. */
  static of(events: AsyncIterable<SarifEvent>): EventStream {
    if (events instanceof EventStream) return events;
    return new EventStream(async function* () {
      for await (const event of events) yield [event];
    });
  }

  /** Batches in which results that are as they should be stand in blocks. */
  blocks(): AsyncIterable<BlockBatch> {
    return this.#open();
  }

  async *batches(): AsyncGenerator<EventBatch> {
    for await (const batch of this.#open()) yield withoutBlocks(batch);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SarifEvent> {
    for await (const batch of this.batches()) {
      for (const event of batch) {
        // Parsed now, because the bytes change once the iteration has moved on and the event may be kept.
        if (event.type === 'result') void event.result;
        yield event;
      }
    }
  }
}

function withoutBlocks(batch: BlockBatch): EventBatch {
  const events: SarifEvent[] = [];
  for (const piece of batch) {
    if (piece.type === 'results') events.push(...piece.events());
    else events.push(piece);
  }
  return events;
}

/** The batches of any sequence of events. */
export function batchesOf(events: AsyncIterable<SarifEvent>): AsyncIterable<EventBatch> {
  return EventStream.of(events).batches();
}

/** The same with results in blocks, where there are any. */
export function blocksOf(events: AsyncIterable<SarifEvent>): AsyncIterable<BlockBatch> {
  return EventStream.of(events).blocks();
}

/** The events after a stage has seen them. `start` is called once for each iteration, so that no state is shared. */
export function throughStage(events: AsyncIterable<SarifEvent>, start: () => Stage): EventStream {
  return new EventStream(async function* () {
    const stage = start();
    const { event: onEvent, block: onBlock } = typeof stage === 'function' ? { event: stage, block: undefined } : stage;
    for await (const batch of blocksOf(events)) {
      const out: (SarifEvent | ResultBlock)[] = [];
      const emit: Emit = (next) => out.push(next);
      for (const piece of batch) {
        if (piece.type !== 'results') onEvent(piece, emit);
        else if (onBlock !== undefined) onBlock(piece, emit);
        else for (const event of piece.events()) onEvent(event, emit);
      }
      if (out.length > 0) yield out;
    }
  });
}
