import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SarifEvent } from '../events/event.ts';
import { normalize } from '../normalize/normalize.ts';
import { validate } from '../validate/validate.ts';
import { writeSarif } from '../write/write-sarif.ts';
import { type Drop, readSarif } from './read-sarif.ts';

const encoder = new TextEncoder();

const result = (text: string, more: object = {}) => ({ ruleId: 'R1', level: 'error', message: { text }, ...more });
const run = (results: unknown) => ({ tool: { driver: { name: 'T' } }, results });
const log = (runs: unknown) => ({ version: '2.1.0', runs });

async function eventsOf(document: unknown): Promise<SarifEvent[]> {
  const events: SarifEvent[] = [];
  for await (const event of readSarif(encoder.encode(JSON.stringify(document)))) events.push(event);
  return events;
}

async function saidOf(text: string): Promise<Diagnostic[]> {
  const said: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => said.push(diagnostic);
  for await (const _ of validate(readSarif(encoder.encode(text), { report }), { report }));
  return said;
}

async function normalOf(document: unknown) {
  const repairs: Diagnostic[] = [];
  const drops: Drop[] = [];
  const events = normalize(readSarif(encoder.encode(JSON.stringify(document))), {
    report: (diagnostic) => repairs.push(diagnostic),
    onDrop: (drop) => drops.push(drop),
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(events)) chunks.push(Uint8Array.from(chunk));
  return {
    repairs,
    drops,
    written: JSON.parse(Buffer.concat(chunks).toString()) as { runs: { results: unknown[] }[] },
  };
}

const texts = (events: readonly SarifEvent[]) =>
  events.flatMap((event) => (event.type === 'result' ? [event.result.message?.text ?? event.result] : []));

describe('what stands outside an array is read as its elements', () => {
  test.each<[string, unknown, unknown[]]>([
    ['one result', log([run(result('a'))]), ['a']],
    ['results by their positions', log([run({ 0: result('a'), 2: result('b') })]), ['a', 'b']],
    ['an object for an empty list', log([run({})]), []],
    ['a text, which holds no result', log([run('x')]), []],
    ['one run', log(run([result('a'), result('b')])), ['a', 'b']],
    ['one run of one result', log(run(result('a'))), ['a']],
    ['a list beside one result', log([run([result('a')]), run(result('b'))]), ['a', 'b']],
  ])('%s', async (_what, document, expected) => {
    const events = await eventsOf(document);
    expect(texts(events)).toEqual(expected);
    const counted = events.flatMap((event) => (event.type === 'run-end' ? [event.results] : []));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(expected.length);
  });

  test('and written as an array, which is said; what is no result is dropped and told', async () => {
    const { repairs, drops, written } = await normalOf(log(run({ a: result('a'), b: 5, c: result('c') })));
    expect(written.runs).toMatchObject([{ results: [result('a'), result('c')] }]);
    expect(drops).toEqual([{ runIndex: 0, resultIndex: 1, ruleId: 'SF-S201' }]);
    const said = repairs.filter(({ ruleId }) => ruleId === 'SF-S201').map(({ pointer }) => pointer);
    expect(said).toEqual(expect.arrayContaining(['/runs', '/runs/results', '/runs/results/b']));
  });

  test('a run that is no object is dropped, which is said', async () => {
    const { repairs, written } = await normalOf(log([[run([result('a')])], run([])]));
    expect(written.runs).toHaveLength(1);
    expect(repairs).toContainEqual(
      expect.objectContaining({ ruleId: 'SF-S201', pointer: '/runs/0', fix: { description: 'Dropped runs[0].' } }),
    );
  });
});

describe('it is an error', () => {
  test('that hides no other, and has its places', async () => {
    const text = JSON.stringify(log([run(result('a', { level: 'critical' }))]));
    const said = (await saidOf(text)).filter(({ level }) => level === 'error');
    expect(said.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`)).toEqual([
      'SF-S201 /runs/0/results',
      'SF-S205 /runs/0/results/level',
    ]);
    expect(said.map(({ place }) => place?.byteOffset)).toEqual([text.indexOf('{"ruleId"'), text.indexOf('"critical"')]);
  });

  test('in one run, too, header and text included', async () => {
    const given = { ...run(result('a\u0001', { level: 'critical' })), columnKind: 'utf8' };
    const text = JSON.stringify(log(given));
    const said = (await saidOf(text)).filter(({ level }) => level !== 'note');
    const placed = said.map(({ ruleId, place }) => [ruleId, place?.byteOffset]);
    expect(placed).toEqual(
      expect.arrayContaining([
        ['SF-S201', text.indexOf('{"tool"')],
        ['SF-S205', text.indexOf('"utf8"')],
        ['SF-S205', text.indexOf('"critical"')],
        ['SF-P111', text.indexOf('"a\\u0001"') + 2],
      ]),
    );
    expect(said.filter(({ ruleId }) => ruleId === 'SF-P111')).toHaveLength(1);
    expect(said.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/runs', '/runs/columnKind', '/runs/results/level', '/runs/results/message/text']),
    );
  });
});
