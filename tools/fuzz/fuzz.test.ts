import { describe, expect, test } from 'vitest';
import { type FuzzReport, fuzz } from './fuzz.ts';
import { hostileLogs } from './hostile-logs.ts';
import { Inputs, ruleSamples } from './inputs.ts';
import { defaultBounds } from './watched-worker.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Enough for some ten seconds of processor time. */
const documents = 60;

test(`${documents} hostile documents break no promise`, async () => {
  const report = await fuzz({
    inputs: new Inputs(20261122, ruleSamples()),
    program: new URL('./worker.ts', import.meta.url),
    isEnough: (done) => done >= documents,
  });
  const broken = report.failures.map(({ promise, number, name, minimised, detail }) => ({
    promise,
    number,
    name,
    detail: detail.slice(0, 500),
    minimised: decoder.decode(minimised).slice(0, 2000),
  }));
  expect(broken).toEqual([]);
  expect(report.documents).toBe(documents);
});

test('the same number of the same seed is the same document, and every hostile sort occurs', () => {
  const [one, other] = [new Inputs(7, ruleSamples()), new Inputs(7, ruleSamples())];
  const names = new Set<string>();
  for (let number = 0; number < 400; number += 1) {
    const document = one.get(number);
    if (number % 40 === 0) expect(other.get(number)).toEqual(document);
    names.add(document.name.replace(', bytes changed', ''));
  }
  for (const name of Object.keys(hostileLogs)) expect(names).toContain(name);
});

describe('what is planted is found', () => {
  const bounds = { ...defaultBounds, maxMs: 200, maxBytes: 200 * 2 ** 20, deadlineMs: 3000 };
  const texts = [
    '{"fine":1}',
    '{ "fine": 2, "list":[1,2,3,"wrong",5],"more":{"a":1}}',
    '{"fine":3,"list":[1,2,"slow"]}',
    '{"fine":4}',
    '{"a":{"b":"crash"},"c":1}',
    '{"a":"hang","b":2}',
    '{"a":"memory","b":2}',
    '{"list":["wrong"]}',
  ];

  async function planted(): Promise<FuzzReport> {
    return fuzz({
      inputs: { get: (number) => ({ name: `text ${number}`, bytes: encoder.encode(texts[number]) }) },
      program: new URL('./test-support/planted-worker.ts', import.meta.url),
      bounds,
      isEnough: (done) => done >= texts.length,
      minimiseTries: 1,
    });
  }

  test('named, counted, and made smaller', async () => {
    const report = await planted();
    const found = report.failures.map(({ promise, number, count }) => ({ promise, number, count }));
    expect(found).toEqual([
      { promise: 'nothing is wrong', number: 1, count: 2 },
      { promise: 'no document takes too long', number: 2, count: 1 },
      { promise: 'the process lives (ended with 7)', number: 4, count: 1 },
      { promise: 'every document is done with in time', number: 5, count: 1 },
      { promise: 'no document takes too much memory', number: 6, count: 1 },
    ]);
    expect(report.documents).toBe(texts.length);
    const [wrong] = report.failures;
    expect(decoder.decode(wrong?.minimised)).toContain('wrong');
    expect(wrong?.minimised.length).toBeLessThan(wrong?.bytes.length ?? 0);
  });
});
