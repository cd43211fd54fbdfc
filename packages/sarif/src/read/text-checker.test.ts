import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { concatenate } from '../json/concatenate.ts';
import { reusedSource } from '../json/test-support/cuts.ts';
import { placeOf } from '../json/test-support/place-of.ts';
import { normalize } from '../normalize/normalize.ts';
import { validate } from '../validate/validate.ts';
import { writeSarif } from '../write/write-sarif.ts';
import type { Drop } from './read-sarif.ts';
import { readSarif } from './read-sarif.ts';

const encoder = new TextEncoder();

/** A log with these texts inside; `¦` marks the place that its diagnostic names. */
function marked(header: string, results: string): { text: string; offsets: number[] } {
  const whole = `{"version":"2.1.0","é":0,"runs":[{\n"tool":{"driver":{"name":"T"}}${header},\n"results":[${results}]}]}`;
  const pieces = whole.split('¦');
  const offsets = pieces.slice(0, -1).map((_, at) => encoder.encode(pieces.slice(0, at + 1).join('')).length);
  return { text: pieces.join(''), offsets };
}

async function said(text: string, size = 1000): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const source = reusedSource(encoder.encode(text), [size]);
  for await (const event of readSarif(source, { report: (each) => diagnostics.push(each) })) {
    expect(event.type).toBeDefined();
  }
  return diagnostics;
}

const good = '{"message":{"text":"x"}}';

test.each<[string, string, string, string, object]>([
  ['SF-P108', ',"properties":{"a":{"b":1,¦"b":2}}', good, '/runs/0/properties/a/b', { runIndex: 0 }],
  [
    'SF-P108',
    '',
    `${good},{"message":{"text":"a"},¦"message":{"text":"x"}}`,
    '/runs/0/results/1/message',
    { resultIndex: 1 },
  ],
  ['SF-P108', '', '{"message":{"text":"x"},"properties":{"é":1,¦"\\u00e9":2}}', '/runs/0/results/0/properties/é', {}],
  ['SF-P110', ',"properties":{"id":¦12345678901234567890}', good, '/runs/0/properties/id', {}],
  ['SF-P110', '', '{"message":{"text":"x"},"occurrenceCount":¦1e400}', '/runs/0/results/0/occurrenceCount', {}],
  ['SF-P111', ',"language":"¦\\u0000en"', good, '/runs/0/language', {}],
  ['SF-P111', '', '{"message":{"text":"é¦\\u001b[31m"}}', '/runs/0/results/0/message/text', {}],
  ['SF-P112', ',"properties":{"¦\\ud83d":1}', good, '/runs/0/properties/\ud83d', {}],
  ['SF-P112', '', '{"message":{"text":"é¦\\ude00"}}', '/runs/0/results/0/message/text', {}],
])('%s at its place, in the header and in results: %s%s', async (ruleId, header, results, pointer, more) => {
  const { text, offsets } = marked(header, results);
  for (const size of [1, 7, 1000]) {
    const diagnostics = await said(text, size);
    expect(diagnostics).toMatchObject([
      { ruleId, level: 'warning', pointer, place: placeOf(text, offsets[0] as number), ...more },
    ]);
    expect(diagnostics[0]?.message).toMatch(/\.$/);
  }
});

test('one defect hides no other, and what repeats is counted', async () => {
  const results = Array.from(
    { length: 130 },
    (_, at) => `{"message":{"text":"\\u0000"},"occurrenceCount":1e999,"guid":"${at}"}`,
  );
  const diagnostics = await said(marked('', results.join(',')).text);
  expect(diagnostics.filter(({ count }) => count === undefined)).toHaveLength(200);
  expect(
    diagnostics
      .filter(({ count }) => count === 30)
      .map(({ ruleId }) => ruleId)
      .sort(),
  ).toEqual(['SF-P110', 'SF-P111']);
});

test('numbers of property bags may be as large as doubles are', async () => {
  expect(await said(marked(',"properties":{"max":1.7976931348623157e308}', good).text)).toEqual([]);
});

async function normalized(text: string): Promise<{ log: Log; repairs: Diagnostic[]; drops: Drop[] }> {
  const repairs: Diagnostic[] = [];
  const drops: Drop[] = [];
  const chunks: Uint8Array[] = [];
  // Through the validator, too, which hands on what the reader said.
  const events = validate(readSarif(encoder.encode(text)), { report: () => {} });
  const normal = normalize(events, { report: (each) => repairs.push(each), onDrop: (drop) => drops.push(drop) });
  for await (const chunk of writeSarif(normal)) chunks.push(chunk);
  return { log: JSON.parse(new TextDecoder().decode(concatenate(chunks))) as Log, repairs, drops };
}

interface Log {
  readonly properties?: unknown;
  readonly runs: readonly {
    readonly properties?: unknown;
    readonly language?: string;
    readonly results: readonly unknown[];
  }[];
}

test('normalize repairs what it can, and says so', async () => {
  const { text } = marked(
    ',"language":"en\\u0000","properties":{"id":12345678901234567890,"ids":[1,-9007199254740993],"kept":1}',
    '{"ruleId":"R\\u0000","level":"error","message":{"text":"a\\u0000\\u001b\\ud83d"},"rank":1e999,"properties":{"n":9007199254740992,"m":1}}',
  );
  const { log, repairs, drops } = await normalized(text);
  const [run] = log.runs;
  expect(run).toMatchObject({ language: 'en', properties: { kept: 1 } });
  expect(Object.keys(run?.properties as object)).toEqual(['kept']);
  expect(run?.results).toMatchObject([{ ruleId: 'R', message: { text: 'a\u001b\ufffd' }, properties: { m: 1 } }]);
  expect(run?.results[0]).not.toHaveProperty('rank');
  expect(drops).toEqual([]);
  const said = repairs.filter(({ ruleId }) => ruleId.startsWith('SF-P'));
  expect(said.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`)).toEqual([
    'SF-P111 /runs/0/language',
    'SF-P110 /runs/0/properties/id',
    'SF-P110 /runs/0/properties/ids/1',
    'SF-P111 /runs/0/results/0/ruleId',
    'SF-P111 /runs/0/results/0/message/text',
    'SF-P112 /runs/0/results/0/message/text',
    'SF-P110 /runs/0/results/0/rank',
    'SF-P110 /runs/0/results/0/properties/n',
  ]);
  for (const { fix, place } of said)
    expect([fix?.description.endsWith('.'), place !== undefined]).toEqual([true, true]);
});

test('a value that a later one supersedes needs no other repair', async () => {
  const { text } = marked(
    '',
    '{"ruleId":"a\\u0000","ruleId":"R","level":"error","message":{"text":"x"},"rank":1e999,"rank":7}',
  );
  const { log, repairs } = await normalized(text);
  expect(log.runs[0]?.results).toMatchObject([{ ruleId: 'R', rank: 7 }]);
  expect(repairs.map(({ ruleId }) => ruleId).filter((id) => id.startsWith('SF-P'))).toEqual(['SF-P108', 'SF-P108']);
});

test('a line that is no number any more is missed by nobody', async () => {
  const { text } = marked(
    '',
    '{"level":"error","message":{"text":"x"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.c"},"region":{"startLine":1e999,"startColumn":2}}}]}',
  );
  const { log } = await normalized(text);
  expect(JSON.stringify(log)).not.toContain('null');
  expect(log.runs[0]?.results).toMatchObject([
    { locations: [{ physicalLocation: { artifactLocation: { uri: 'a.c' } } }] },
  ]);
});
