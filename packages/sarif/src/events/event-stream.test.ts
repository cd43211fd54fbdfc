import { describe, expect, test } from 'vitest';
import { reusedChunks } from '../json/test-support/cuts.ts';
import { readSarif } from '../read/read-sarif.ts';
import type { ResultEvent, SarifEvent } from './event.ts';
import { batchesOf, EventStream, throughStage } from './event-stream.ts';

const end: SarifEvent = { type: 'log-end' };
const result = (resultIndex: number): ResultEvent => ({
  type: 'result',
  runIndex: 0,
  resultIndex,
  result: { message: { text: `${resultIndex}` } },
});

async function collect<T>(sequence: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of sequence) all.push(each);
  return all;
}

describe('an event stream', () => {
  const stream = () =>
    new EventStream(async function* () {
      yield [result(0), result(1)];
      yield [];
      yield [end];
    });

  test('gives its events one by one, and each time anew', async () => {
    const events = stream();
    expect(await collect(events)).toEqual([result(0), result(1), end]);
    expect(await collect(events)).toEqual([result(0), result(1), end]);
  });

  test('gives its batches to stages, and any sequence is a stream of batches', async () => {
    expect(await collect(batchesOf(stream()))).toEqual([[result(0), result(1)], [], [end]]);
    const plain = async function* (): AsyncGenerator<SarifEvent> {
      yield result(0);
      yield end;
    };
    expect(await collect(batchesOf(plain()))).toEqual([[result(0)], [end]]);
  });

  test('closes its source when nobody wants more', async () => {
    let closed = false;
    const events = new EventStream(async function* () {
      try {
        for (let index = 0; ; index += 1) yield [result(index)];
      } finally {
        closed = true;
      }
    });
    for await (const _ of throughStage(events, () => (event, emit) => emit(event))) break;
    expect(closed).toBe(true);
  });
});

describe('a stage', () => {
  test('may drop events and add some, and its state starts anew with each iteration', async () => {
    const source = new EventStream(async function* () {
      yield [result(0), result(1), result(2)];
      yield [end];
    });
    const odd = throughStage(source, () => {
      let seen = 0;
      return (event, emit) => {
        seen += 1;
        if (seen % 2 === 1) return;
        emit(event);
        emit(event);
      };
    });
    const expected = [result(1), result(1), end, end];
    expect(await collect(odd)).toEqual(expected);
    expect(await collect(odd)).toEqual(expected);
  });

  test('passes an error on, its own and that of the source', async () => {
    const failing = new EventStream(async function* () {
      yield [result(0)];
      throw new Error('torn');
    });
    await expect(collect(throughStage(failing, () => (event, emit) => emit(event)))).rejects.toThrow('torn');
    const stage = () => () => {
      throw new Error('stuck');
    };
    await expect(collect(throughStage(failing, stage))).rejects.toThrow('stuck');
  });
});

test('results that are kept stay what they were when the bytes under them change', async () => {
  const log = { runs: [{ results: Array.from({ length: 50 }, (_, index) => ({ message: { text: `é${index}` } })) }] };
  const bytes = new TextEncoder().encode(JSON.stringify(log));
  const source = { stream: () => reusedChunks(bytes, [100]) };
  const kept = (await collect(readSarif(source))).filter((event) => event.type === 'result');
  expect(kept.map((event) => event.result)).toEqual(log.runs[0]?.results);
});
