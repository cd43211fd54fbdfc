import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts';
import type { ResultsState, SarifEvent } from '../events/event.ts';
import { batchesOf } from '../events/event-stream.ts';
import type { Limits } from '../json/limits.ts';
import { ReadError } from '../json/read-error.ts';
import type { Source } from '../json/source.ts';
import { cuts, reusedChunks, reusedSource } from '../json/test-support/cuts.ts';
import { compact, jsonText, shuffled, styles } from '../json/test-support/json-text.ts';
import { placeOf } from '../json/test-support/place-of.ts';
import { type Drop, type Progress, type ReadOptions, readSarif } from './read-sarif.ts';

const encoder = new TextEncoder();
const chunkSizes = [1, 2, 3, 7, 64 * 1024];

/** An event without what depends on how its bytes were written. */
function plain(event: SarifEvent): unknown {
  switch (event.type) {
    case 'log-start':
      return { type: event.type, log: event.log, document: event.document };
    case 'run-start':
      return { type: event.type, runIndex: event.runIndex, run: event.run, results: event.results };
    case 'result':
      return { type: event.type, runIndex: event.runIndex, resultIndex: event.resultIndex, result: event.result };
    case 'run-end':
    case 'log-end':
      return event;
  }
}

interface Outcome {
  readonly events: unknown[];
  readonly diagnostics: Diagnostic[];
  readonly drops: Drop[];
  readonly error?: unknown;
}

async function outcomeOf(source: Source, options: ReadOptions = {}): Promise<Outcome> {
  const events: unknown[] = [];
  const diagnostics: Diagnostic[] = [];
  const drops: Drop[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  try {
    for await (const event of readSarif(source, { report, onDrop: (drop) => drops.push(drop), ...options })) {
      events.push(plain(event));
    }
  } catch (error) {
    return { events, diagnostics, drops, error };
  }
  return { events, diagnostics, drops };
}

/** A text with `¦` at the place in question: the text without it, and the byte offset. */
function marked(text: string): { text: string; byteOffset: number } {
  const [before = '', after = ''] = text.split('¦');
  return { text: before + after, byteOffset: encoder.encode(before).length };
}

const inRun = (results: string) =>
  `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"é😀"}},\n"results":${results}}]}`;
const trailing = 'A comma stands before the closing bracket. JSON has no trailing commas. Remove it.';
const empty = 'The input is empty. A scan that failed often leaves such a file behind.';
const after = 'Something follows the end of the document: only one JSON document may stand in a file.';
const cut = (inside: string, count: string) =>
  `The input ends ${inside}, after ${count}. The usual causes are a scanner that was killed and a full disk. Run the scan again.`;

describe('what ends the reading', () => {
  test.each<[string, string, string, string]>([
    ['SF-P101', '¦', '', empty],
    ['SF-P101', ' \n\t\r\n ¦', '', empty],
    ['SF-P101', '\ufeff¦', '', empty],
    ['SF-P101', '\ufeff\n ¦', '', empty],
    ['SF-P105', '{"version":\n "é😀", "runs": ¦tru}', '/runs', "Expected a value, found 'tru'."],
    ['SF-P105', '{"a": {"b": [1, {"c": ¦01}]}, "d": x}', '/a/b/1/c', "'01' is no JSON number."],
    ['SF-P105', '{"é" ¦1}', '/é', "Expected ':' after the member name, found '1'."],
    ['SF-P105', '{"a":1 ¦"b":2}', '', "Expected ',' or '}', found '\"'."],
    ['SF-P105', '{"runs":[{} ¦{}]}', '/runs', "Expected ',' or ']', found '{'."],
    ['SF-P105', '{"runs":[{"a":1}, {¦x:1}]}', '/runs/1', "Expected a member name in double quotes, found 'x'."],
    ['SF-P105', '{¦}}'.replace('¦}}', '"a":¦}'), '/a', "Expected a value, found '}'."],
    ['SF-P105', '{"a":¦]}', '/a', "Expected a value, found ']'."],
    ['SF-P105', '¦undefined', '', "Expected a value, found 'u'."],
    [
      'SF-P105',
      '{"a/b~": "x¦\ty"}',
      '/a~1b~0',
      'A string holds the raw control character 0x09. Write it as an escape, such as \\n or \\u0009.',
    ],
    ['SF-P105', '{"a": "😀¦\\x"}', '/a', "'\\x' is no escape in JSON. Write the back-slash as '\\\\'."],
    ['SF-P105', '{"a": "¦\\u12g4"}', '/a', 'A \\u escape needs four hexadecimal digits.'],
    ['SF-P105', '{"a":[[[[[1¦}]]]]}', '/a/0/0/0/0', "Expected ',' or ']', found '}'."],
    [
      'SF-P105',
      inRun('[{"message":{"text":"a"}} ¦{"message":{"text":"b"}}]'),
      '/runs/0/results/1',
      "Expected ',' or ']', found '{'.",
    ],
    ['SF-P106', '{"version": "2.1.0",\n "runs": [¦', '/runs/0', cut('inside the document', '0 complete results')],
    ['SF-P106', '{¦', '', cut('inside the document', '0 complete results')],
    ['SF-P106', '{"é😀¦', '', cut('in the middle of a string', '0 complete results')],
    ['SF-P106', '{"a":{"b":"\\¦', '/a/b', cut('in the middle of a string', '0 complete results')],
    [
      'SF-P106',
      '{"version":"2.1.0","runs":[{"results":[{},{"a":[1,2¦',
      '/runs/0/results/1',
      cut('inside the document', '1 complete result'),
    ],
    [
      'SF-P106',
      '{"runs":[{"results":[{},{}]},{"results":[{"a":"é¦',
      '/runs/1/results/0',
      cut('in the middle of a string', '2 complete results'),
    ],
    ['SF-P106', '{"runs":[{"results":[{},{}\n¦', '/runs/0/results/1', cut('inside the document', '2 complete results')],
    ['SF-P106', '¦tru', '', "The input ends inside the word 'true'."],
    ['SF-P107', '{"version":"2.1.0","runs":[]}\n¦{"version":"2.1.0","runs":[]}', '', after],
    ['SF-P107', '{"a":"é😀"} ¦2026-01-01 done', '', after],
    ['SF-P107', '{}¦}', '', after],
    ['SF-P107', '{}¦\ufeff', '', after],
    ['SF-P114', '{"a":1,\n ¦}', '', trailing],
    ['SF-P114', '{"runs":[{"tool":{}},¦]}', '/runs/1', trailing],
    ['SF-P114', inRun('[{"message":{"text":"a"}},\n¦]'), '/runs/0/results', trailing],
    [
      'SF-P114',
      '{"é":¦NaN}',
      '/é',
      "Expected a value, found 'N': JSON has no NaN. Write null, or leave the member out.",
    ],
    [
      'SF-P114',
      '{"a":¦Infinity}',
      '/a',
      "Expected a value, found 'I': JSON has no Infinity. Write null, or leave the member out.",
    ],
    ['SF-P114', '{"a":¦+1}', '/a', "Expected a value, found '+': a JSON number has no leading plus sign. Remove it."],
    [
      'SF-P114',
      "{¦'a':1}",
      '',
      "Expected a member name in double quotes, found ''': JSON strings and member names stand in double quotes.",
    ],
    ['SF-P114', '¦// SARIF\n{}', '', "Expected a value, found '/': JSON has no comments. Remove it."],
    ['SF-P114', '{"a":1 ¦/* one */}', '', "Expected ',' or '}', found '/': JSON has no comments. Remove it."],
    [
      'SF-P114',
      inRun('[{}, ¦/* two */ {}]'),
      '/runs/0/results/1',
      "Expected a value, found '/': JSON has no comments. Remove it.",
    ],
    ['SF-P115', '\ufeff \n¦[{}]', '', 'A SARIF log is an object, but this document is an array.'],
    ['SF-P115', ' ¦"log"', '', 'A SARIF log is an object, but this document is a string.'],
    ['SF-P115', '¦17', '', 'A SARIF log is an object, but this document is a number.'],
    ['SF-P115', '¦null', '', 'A SARIF log is an object, but this document is null.'],
    ['SF-P115', '¦true', '', 'A SARIF log is an object, but this document is a boolean.'],
  ])('%s: %j', async (code, withMark, pointer, message) => {
    const { text, byteOffset } = marked(withMark);
    const bytes = encoder.encode(text);
    for (const size of chunkSizes) {
      const { error } = await outcomeOf(reusedSource(bytes, [size]));
      expect(error).toBeInstanceOf(ReadError);
      expect((error as ReadError).diagnostic).toEqual({
        ruleId: code,
        level: 'error',
        message,
        pointer,
        place: placeOf(text, byteOffset),
      });
      expect((error as ReadError).code).toBe(code);
    }
  });

  const utf8 = 'SARIF files are UTF-8; write the file again with that encoding.';
  const wide = `The content looks like UTF-16 or UTF-32. ${utf8}`;
  const gzip =
    'The content is compressed with gzip, and damaged or incomplete. Write the file again, or decompress what is left of it.';
  test.each<[string, string, number[], number, string, string]>([
    ['SF-P103', 'UTF-16 LE with a mark', [0xff, 0xfe, 0x7b, 0, 0x7d, 0], 0, '', wide],
    ['SF-P103', 'UTF-16 BE with a mark', [0xfe, 0xff, 0, 0x7b, 0, 0x7d], 0, '', wide],
    ['SF-P103', 'UTF-32 LE with a mark', [0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0], 0, '', wide],
    ['SF-P103', 'UTF-32 BE with a mark', [0, 0, 0xfe, 0xff, 0, 0, 0, 0x7b], 0, '', wide],
    ['SF-P103', 'UTF-16 LE', [0x7b, 0, 0x7d, 0], 0, '', wide],
    ['SF-P103', 'UTF-16 BE', [0, 0x7b, 0, 0x7d], 0, '', wide],
    ['SF-P103', 'UTF-16 LE of one character', [0x31, 0], 0, '', wide],
    ['SF-P103', 'UTF-32 BE', [0, 0, 0, 0x7b], 0, '', wide],
    ['SF-P116', 'gzip', [0x1f, 0x8b, 8, 0, 0, 0], 0, '', gzip],
    ['SF-P116', 'the start of gzip', [0x1f, 0x8b], 0, '', gzip],
    [
      'SF-P104',
      'a byte of Latin-1',
      [...encoder.encode('{"é":"'), 0xe9, 0x22, 0x7d],
      7,
      '/é',
      `The byte 0xE9 is not valid UTF-8 here. ${utf8}`,
    ],
    [
      'SF-P104',
      'a surrogate',
      [...encoder.encode('{"a":"'), 0xed, 0xa0, 0x80, 0x22, 0x7d],
      6,
      '/a',
      `The byte 0xED is not valid UTF-8 here. ${utf8}`,
    ],
    [
      'SF-P104',
      'a long form',
      [...encoder.encode('{"a":[1,"'), 0xc0, 0x80, 0x22, 0x5d, 0x7d],
      9,
      '/a/1',
      `The byte 0xC0 is not valid UTF-8 here. ${utf8}`,
    ],
    [
      'SF-P105',
      'a byte that starts nothing',
      [0x80, 0x31, 0x31, 0x31],
      0,
      '',
      'Expected a value, found the byte 0x80.',
    ],
  ])('%s: %s', async (code, _name, values, byteOffset, pointer, message) => {
    const bytes = new Uint8Array(values);
    const before = new TextDecoder().decode(bytes.subarray(0, byteOffset));
    for (const size of chunkSizes) {
      const { error } = await outcomeOf(reusedSource(bytes, [size]));
      expect((error as ReadError).diagnostic).toEqual({
        ruleId: code,
        level: 'error',
        message,
        pointer,
        place: { byteOffset, line: 1, column: before.length + 1 },
      });
    }
  });

  test('a character outside ASCII is named where it stands whole in a chunk', async () => {
    const text = '{“version”: 1}';
    const named = await outcomeOf(encoder.encode(text));
    expect((named.error as Error).message).toBe("Expected a member name in double quotes, found '“'.");
    for (const size of [1, 2, 3]) {
      const { error } = await outcomeOf(reusedSource(encoder.encode(text), [size]));
      expect((error as Error).message).toMatch(/found ('“'|the byte 0xE2)\.$/);
      expect((error as ReadError).diagnostic.place).toEqual({ byteOffset: 1, line: 1, column: 2 });
    }
  });
});

describe('what is reported', () => {
  test('SF-P102, a byte order mark', async () => {
    const text = `\ufeff${inRun('[{"message":{"text":"a"}}]')}`;
    for (const size of chunkSizes) {
      const { diagnostics, events } = await outcomeOf(reusedSource(encoder.encode(text), [size]));
      expect(diagnostics).toEqual([
        {
          ruleId: 'SF-P102',
          level: 'note',
          message: 'The file starts with a byte order mark, which JSON does not have. Write the file without it.',
          pointer: '',
          place: { byteOffset: 0, line: 1, column: 1 },
          fix: { description: 'The mark is passed over.' },
          specSection: '3.1',
        },
      ]);
      expect(events).toHaveLength(5);
    }
  });

  test('SF-P108, a member that is repeated', async () => {
    const withMark =
      '{"version":"2.1.0",\n"runs":[],"é":1, ¦"r\\u0075ns":[{"tool":{"driver":{"name":"T"}},"results":[]}]}';
    const { text, byteOffset } = marked(withMark);
    for (const size of chunkSizes) {
      const { diagnostics, events } = await outcomeOf(reusedSource(encoder.encode(text), [size]));
      expect(diagnostics).toEqual([
        {
          ruleId: 'SF-P108',
          level: 'warning',
          message: 'This member occurs more than once in its object. The last one counts.',
          pointer: '/runs',
          place: placeOf(text, byteOffset),
          fix: { description: 'The last one counts.' },
        },
      ]);
      expect(events).toHaveLength(4);
    }
  });

  test.each<[string, string, string, string]>([
    ['SF-P105', '{"message":{"text":¦nope}}', '/message/text', "Expected a value, found 'nope'."],
    ['SF-P105', '{"a":[1,2¦}}', '/a', "Expected ',' or ']', found '}'."],
    [
      'SF-P105',
      '{"a":"é\n😀 ¦\u0007"}'.replace('\n', '\\n'),
      '/a',
      'A string holds the raw control character 0x07. Write it as an escape, such as \\n or \\u0007.',
    ],
    ['SF-P105', '¦nul', '', "'nul' is no JSON value."],
    ['SF-P114', '{"a":1,¦}', '', trailing],
    [
      'SF-P114',
      "{\n¦'a':1}",
      '',
      "Expected a member name in double quotes, found ''': JSON strings and member names stand in double quotes.",
    ],
  ])('%s in one result, which is left out: %j', async (code, broken, rest, message) => {
    const good = '{"message":{"text":"é😀"}}';
    const { text, byteOffset } = marked(inRun(`[${good},\n ${broken} , ${good}]`));
    for (const size of chunkSizes) {
      const { events, diagnostics, drops, error } = await outcomeOf(reusedSource(encoder.encode(text), [size]));
      expect(error).toBeUndefined();
      expect(diagnostics).toEqual([
        {
          ruleId: code,
          level: 'error',
          message,
          pointer: `/runs/0/results/1${rest}`,
          place: placeOf(text, byteOffset),
          runIndex: 0,
          resultIndex: 1,
        },
      ]);
      expect(drops).toEqual([{ runIndex: 0, resultIndex: 1, ruleId: code }]);
      expect(events.filter((event) => (event as SarifEvent).type === 'result')).toMatchObject([
        { resultIndex: 0 },
        { resultIndex: 2 },
      ]);
      expect(events.at(-2)).toMatchObject({ type: 'run-end', results: 3 });
    }
  });

  test('SF-P104 in one result', async () => {
    const text = inRun('[{"message":{"text":"a"}},{"message":{"text":"é§"}}]');
    const bytes = encoder.encode(text);
    const at = bytes.lastIndexOf(0xa7);
    bytes[at] = 0x41;
    for (const size of chunkSizes) {
      const { diagnostics, events } = await outcomeOf(reusedSource(bytes, [size]));
      expect(diagnostics).toMatchObject([
        { ruleId: 'SF-P104', pointer: '/runs/0/results/1/message/text', place: placeOf(text, at - 1) },
      ]);
      expect(events).toHaveLength(5);
    }
  });

  test('SF-P104 in one result is replaced where that is wanted, and what is wrong beside it is said', async () => {
    const text = inRun('[{"message":{"text":"a"}},{"message":{"text":"é§ \\u0001 §"}},{"message":{"text":"§"}]');
    const bytes = encoder.encode(text.replace('"§"}]', '"b"}}]'));
    for (const [at, byte] of bytes.entries()) if (byte === 0xa7) bytes[at] = 0x41;
    for (const size of chunkSizes) {
      const { diagnostics, events, drops } = await outcomeOf(reusedSource(bytes, [size]), { transcode: true });
      expect(diagnostics.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`)).toEqual([
        'SF-P104 /runs/0/results/1/message/text',
        'SF-P104 /runs/0/results/1',
        'SF-P111 /runs/0/results/1/message/text',
      ]);
      expect(drops).toEqual([]);
      expect(events[3]).toMatchObject({ result: { message: { text: 'é\ufffdA \u0001 \ufffdA' } } });
    }
  });
});

describe('an input that ends early', () => {
  const result = (text: string) =>
    `{"message": {"text": "${text}", "arguments": ["\\"]}", "é😀"]}, "rank": -1.5, "kind":"fail"}`;
  const pieces = [
    '{ "$schema" : "x",\n  "runs": [\n {"results": [ ',
    result('a'),
    ' ,\n',
    result('\\\\'),
    ' , [ ] , ',
    result('{[,'),
    '\n], "tool": {"driver": {"name": "é😀", "rules": [{"id": "a"}, {"id":"b"}]}}, "columnKind":null},\n {"tool":{"driver":{"name":"B"}},"results":[',
    result('é'),
    ',',
    result('\\u00e9'),
    ']}, {"results": [] }], "version": "2.1.0"\n}\n',
  ];
  const text = pieces.join('');
  const whole = JSON.parse(text) as { runs: { results: unknown[] }[] };

  /** After each of these offsets one more element of `results` is complete: those pieces, and the empty array. */
  const ends: number[] = [];
  let length = 0;
  for (const [at, piece] of pieces.entries()) {
    if (at === 4) ends.push(length + encoder.encode(' , [ ]').length);
    length += encoder.encode(piece).length;
    if (at % 2 === 1 && at < 10) ends.push(length);
    if (at === 7 || at === 9) ends.push(length);
  }
  const complete = [...new Set(ends)].sort((one, other) => one - other);
  const all = whole.runs.flatMap(({ results }, runIndex) =>
    results.map((each, resultIndex) => ({ type: 'result', runIndex, resultIndex, result: each })),
  );

  test('the sample is what it seems', () => {
    expect(all).toHaveLength(6);
    expect(complete).toHaveLength(6);
  });

  test.each([1, 2, 7, 65_536])('says so at every offset, in chunks of %i bytes', async (size) => {
    const bytes = encoder.encode(text);
    const end = text.trimEnd().length + (bytes.length - text.length);
    for (let at = 0; at < end; at += 1) {
      const { error } = await outcomeOf(reusedSource(bytes.subarray(0, at), [size]));
      const count = complete.filter((offset) => offset <= at).length;
      if (at === 0) {
        expect(error).toMatchObject({ code: 'SF-P101' });
        continue;
      }
      expect(error).toBeInstanceOf(ReadError);
      expect(error).toMatchObject({ code: 'SF-P106', completeElements: count });
      expect((error as ReadError).message).toContain(`after ${count} complete ${count === 1 ? 'result' : 'results'}.`);
      expect((error as ReadError).diagnostic.place?.byteOffset).toBe(at);
    }
    expect((await outcomeOf(reusedSource(bytes.subarray(0, end), [size]))).error).toBeUndefined();
  });

  test.each([1, 7, 65_536])(
    'hands on exactly the complete results where that is wanted, in chunks of %i bytes',
    async (size) => {
      const bytes = encoder.encode(text);
      for (let at = 1; at < bytes.length - 2; at += 1) {
        const source = reusedSource(bytes.subarray(0, at), [size]);
        const { events, diagnostics, drops, error } = await outcomeOf(source, { allowTruncated: true });
        expect(error).toBeUndefined();
        expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual(['SF-P106']);
        expect(drops).toEqual([]);
        const count = complete.filter((offset) => offset <= at).length;
        expect(events.filter((event) => (event as SarifEvent).type === 'result')).toEqual(all.slice(0, count));
        expect(events[0]).toMatchObject({ type: 'log-start' });
        expect(events.at(-1)).toEqual({ type: 'log-end' });
        const runEnds = events.filter((event) => (event as SarifEvent).type === 'run-end') as { results: number }[];
        expect(runEnds.reduce((sum, { results }) => sum + results, 0)).toBe(count);
      }
    },
  );

  test('is never read as something else, wherever any log ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs,
        styles,
        cuts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (log, style, sizes, share) => {
          const written = encoder.encode(jsonText(log, style).trimEnd());
          const bytes = written.subarray(0, Math.floor((written.length - 1) * share));
          const strict = await outcomeOf(reusedSource(bytes, sizes));
          expect(['SF-P101', 'SF-P106']).toContain((strict.error as ReadError).code);
          const lenient = await outcomeOf(reusedSource(bytes, sizes), { allowTruncated: true });
          if (lenient.error !== undefined) expect((lenient.error as ReadError).code).toBe('SF-P101');
          else expect(lenient.diagnostics[0]?.ruleId).toBe('SF-P106');
          const results = lenient.events.filter((event) => (event as SarifEvent).type === 'result');
          for (const event of results as { runIndex: number; resultIndex: number; result: unknown }[]) {
            if (style.repeats > 0) continue;
            const { runs } = JSON.parse(new TextDecoder().decode(written)) as { runs: { results: unknown[] }[] };
            expect(event.result).toEqual(runs[event.runIndex]?.results[event.resultIndex]);
          }
        },
      ),
      { numRuns: 400, seed: 31 },
    );
  });
});

const members = fc.dictionary(
  fc.oneof(fc.constantFrom('artifacts', '__proto__', 'properties', 'z'), fc.string({ maxLength: 3 })),
  fc.jsonValue({ maxDepth: 3 }),
  {
    maxKeys: 3,
  },
);
const resultLists = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: members.map((more) => ({ ...more, message: { text: 'x' } })) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  ),
  {
    maxLength: 6,
  },
);
/** A list of one without its brackets, and one with gaps. */
const alone = { ruleId: 'r', message: { text: 'alone' } };
const runObjects = fc
  .tuple(
    members,
    fc.oneof(
      { weight: 6, arbitrary: resultLists },
      { weight: 1, arbitrary: fc.constantFrom(null, undefined, 'x', {}, alone, { 0: alone, 2: alone, __proto: 7 }) },
    ),
  )
  .map(([more, results]) => ({
    tool: { driver: { name: 'T' } },
    ...more,
    ...(results === undefined ? {} : { results }),
  }));
const logs = fc
  .tuple(
    members,
    fc.array(
      fc.oneof(
        { weight: 9, arbitrary: runObjects as fc.Arbitrary<unknown> },
        { weight: 1, arbitrary: fc.constantFrom(null, 1, []) },
      ),
      { maxLength: 3 },
    ),
  )
  .map(([more, runs]) => ({ ...more, version: '2.1.0', runs }));

/** What reading has to give, from the whole document. */
function expectedEvents(document: unknown): unknown[] {
  const emptied = structuredClone(document) as { runs: Record<string, unknown>[] };
  for (const run of emptied.runs) {
    if (typeof run === 'object' && run !== null && Array.isArray(run['results'])) run['results'] = [];
  }
  const { runs, ...log } = document as { runs: (Record<string, unknown> | null)[] };
  const events: unknown[] = [{ type: 'log-start', log, document: emptied }];
  for (const [runIndex, value] of runs.entries()) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    const { results, ...run } = value;
    const state = stateOf(value);
    events.push({ type: 'run-start', runIndex, run, results: state });
    const elements = elementsIn(results);
    for (const [resultIndex, result] of elements.entries())
      events.push({ type: 'result', runIndex, resultIndex, result });
    events.push({ type: 'run-end', runIndex, results: elements.length });
  }
  events.push({ type: 'log-end' });
  return events;
}

function stateOf(run: object): ResultsState {
  if (!('results' in run)) return 'absent';
  if (run.results === null) return 'null';
  return typeof run.results === 'object' ? 'array' : 'invalid';
}

/** What a run's `results` hold, in an array or not. */
function elementsIn(results: unknown): unknown[] {
  if (results === null || results === undefined) return [];
  if (Array.isArray(results)) return results;
  if (typeof results !== 'object') return [];
  const isMap = !('message' in results) && !('ruleId' in results);
  return isMap ? Object.values(results) : [results];
}

describe('equal documents give equal events', () => {
  test('whatever the order of members, the white space and the cuts', async () => {
    await fc.assert(
      fc.asyncProperty(logs, styles, cuts, fc.nat(), async (log, style, sizes, seed) => {
        const text = jsonText(shuffled(log, seed), style);
        const { events, error, drops } = await outcomeOf(reusedSource(encoder.encode(text), sizes));
        expect(error).toBeUndefined();
        expect(events).toEqual(expectedEvents(JSON.parse(text)));
        expect(drops).toEqual([]);
      }),
      { numRuns: 700, seed: 44 },
    );
  });

  test('results before the tool, runs before the version', async () => {
    const before = '{"runs":[{"results":[{"message":{"text":"a"}}],"tool":{"driver":{"name":"T"}}}],"version":"2.1.0"}';
    const later = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[{"message":{"text":"a"}}]}]}';
    expect((await outcomeOf(encoder.encode(before))).events).toEqual((await outcomeOf(encoder.encode(later))).events);
  });

  test('whatever the source is', async () => {
    const log = {
      version: '2.1.0',
      runs: [1, 2, 3].map((name) => ({ tool: { driver: { name: `é${name}` } }, results: manyResults(40) })),
    };
    const bytes = encoder.encode(jsonText(log, { ...compact, seed: 3, space: 20 }));
    const stream = () =>
      new ReadableStream<Uint8Array>({
        async start(controller) {
          for await (const chunk of reusedChunks(bytes, [100])) controller.enqueue(new Uint8Array(chunk));
          controller.close();
        },
      });
    const expected = expectedEvents(JSON.parse(new TextDecoder().decode(bytes)));
    const offset = new Uint8Array([0, ...bytes, 0]).subarray(1, bytes.length + 1);
    const sources: Source[] = [
      bytes,
      offset,
      Buffer.from(bytes),
      new Blob([bytes]),
      stream(),
      reusedChunks(bytes, [33]),
      reusedSource(bytes, [64]),
      { stream },
      { stream, streamFrom: (at) => reusedChunks(bytes.subarray(at), [5]), size: bytes.length },
      new Response(bytes).body as ReadableStream<Uint8Array>,
      withoutIterator(stream()),
    ];
    for (const source of sources) expect((await outcomeOf(source)).events).toEqual(expected);
  });

  test('when read twice, and when two readings take turns', async () => {
    const one = { version: '2.1.0', runs: [{ tool: { driver: { name: 'A' } }, results: manyResults(30) }] };
    const other = { version: '2.1.0', runs: [{ tool: { driver: { name: 'B' } }, results: manyResults(30).reverse() }] };
    const streams = [one, other].map((log) => readSarif(reusedSource(encoder.encode(JSON.stringify(log)), [50])));
    const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());
    const seen: unknown[][] = [[], []];
    for (let running = true; running; ) {
      running = false;
      for (const [at, iterator] of iterators.entries()) {
        const next = await iterator.next();
        if (next.done) continue;
        running = true;
        seen[at]?.push(plain(next.value));
      }
    }
    expect(seen).toEqual([expectedEvents(one), expectedEvents(other)]);
    const again: unknown[] = [];
    for await (const event of streams[0] as AsyncIterable<SarifEvent>) again.push(plain(event));
    expect(again).toEqual(expectedEvents(one));
  });

  test('each with the bytes and the place of its result', async () => {
    await fc.assert(
      fc.asyncProperty(logs, styles, cuts, async (log, style, sizes) => {
        const text = jsonText(log, { ...style, repeats: 0 });
        const bytes = encoder.encode(text);
        for await (const batch of batchesOf(readSarif(reusedSource(bytes, sizes)))) {
          for (const event of batch) {
            if (event.type !== 'result') continue;
            const own = event.text?.bytes as Uint8Array;
            const { moved: _, ...place } = (event.text?.placeOf?.([]) ?? {}) as Place;
            const { byteOffset } = place;
            expect(place).toEqual(placeOf(text, byteOffset));
            expect(own).toEqual(bytes.subarray(byteOffset, byteOffset + own.length));
            expect(JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(own))).toEqual(event.result);
            expect(event.text?.spaced).toBe(hasSpace(own));
          }
        }
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

function manyResults(count: number): unknown[] {
  return Array.from({ length: count }, (_, index) => ({ ruleId: `r${index % 3}`, message: { text: `é ${index}` } }));
}

/** A stream as browsers have it that cannot iterate. */
function withoutIterator(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return { getReader: () => stream.getReader() } as unknown as ReadableStream<Uint8Array>;
}

function hasSpace(bytes: Uint8Array): boolean {
  const outside = new TextDecoder().decode(bytes).replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return /[ \t\r\n]/.test(outside);
}

describe('an AbortSignal', () => {
  const log = encoder.encode(
    JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'T' } }, results: manyResults(500) }] }),
  );

  test.each(['first', 'second'])('ends the %s pass with its reason, and closes the source', async (pass) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let opened = 0;
    let closed = 0;
    const source = {
      async *stream() {
        opened += 1;
        const wanted = opened === (pass === 'first' ? 1 : 2);
        try {
          let chunks = 0;
          for await (const chunk of reusedChunks(log, [1000])) {
            chunks += 1;
            if (wanted && chunks === 5) controller.abort(reason);
            yield chunk;
          }
        } finally {
          closed += 1;
        }
      },
    };
    const { error, events } = await outcomeOf(source, { signal: controller.signal });
    expect(error).toBe(reason);
    expect(closed).toBe(opened);
    expect(opened).toBe(pass === 'first' ? 1 : 2);
    expect(events.length > 2).toBe(pass === 'second');
    expect(events.length).toBeLessThan(200);
  });

  test('that was aborted before reads nothing', async () => {
    const reason = new Error('never');
    for (const source of [log, new Blob([log]), reusedChunks(log, [100])]) {
      const { error, events } = await outcomeOf(source, { signal: AbortSignal.abort(reason) });
      expect(error).toBe(reason);
      expect(events).toEqual([]);
    }
  });
});

test('progress counts the bytes of both passes, and the results', async () => {
  const runs = [10, 0, 30].map((count) => ({ results: manyResults(count), tool: { driver: { name: 'T' } } }));
  const bytes = encoder.encode(JSON.stringify({ runs, version: '2.1.0' }));
  for (const size of [10, 333, 1 << 16]) {
    const seen: Progress[] = [];
    await outcomeOf(reusedSource(bytes, [size]), { onProgress: (progress) => seen.push(progress) });
    const [last] = seen.slice(-1);
    expect(last?.results).toBe(40);
    expect(last?.bytes).toBeGreaterThan(bytes.length * 1.8);
    expect(last?.bytes).toBeLessThanOrEqual(bytes.length * 2);
    for (const [at, { bytes: now, results }] of seen.entries()) {
      expect(now).toBeGreaterThanOrEqual(seen[at - 1]?.bytes ?? 0);
      expect(results).toBeGreaterThanOrEqual(seen[at - 1]?.results ?? 0);
    }
  }
});

describe('limits', () => {
  const one = '{"message":{"text":"aéb"}}';
  const log = `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},\n"results":[${one},${one}]}]}`;
  const bytes = encoder.encode(log);
  const lastOf = (text: string) => encoder.encode(log.slice(0, log.lastIndexOf(text))).length;
  const header = bytes.length - encoder.encode(`${one},${one}`).length;

  test.each<[keyof Limits, number, string, number, string]>([
    [
      'maxDepth',
      5,
      'SF-P109',
      lastOf('{"text"') - encoder.encode(one).length - 1,
      'Arrays and objects are nested deeper than 5 levels.',
    ],
    [
      'maxBytes',
      bytes.length - 1,
      'SF-P113',
      bytes.length - 1,
      `The document is longer than ${bytes.length - 1} bytes.`,
    ],
    ['maxStringBytes', 8, 'SF-P113', log.indexOf('"version"') + 8, 'One string is longer than 8 bytes.'],
    [
      'maxElementBytes',
      encoder.encode(one).length - 1,
      'SF-P113',
      lastOf(one) - 2,
      `One result is longer than ${encoder.encode(one).length - 1} bytes.`,
    ],
    [
      'maxHeaderBytes',
      header - 1,
      'SF-P113',
      bytes.length - 1,
      `What stands outside the results is longer than ${header - 1} bytes.`,
    ],
  ])('%s', async (name, value, code, byteOffset, message) => {
    for (const size of chunkSizes) {
      const { error } = await outcomeOf(reusedSource(bytes, [size]), { limits: { [name]: value } });
      expect(error).toBeInstanceOf(ReadError);
      expect((error as ReadError).code).toBe(code);
      expect((error as ReadError).message).toBe(message);
      expect((error as ReadError).diagnostic.place).toEqual(placeOf(log, byteOffset));
      // One more is enough, but for strings: the longest has eleven bytes.
      const enough = await outcomeOf(reusedSource(bytes, [size]), {
        limits: { [name]: name === 'maxStringBytes' ? 11 : value + 1 },
      });
      expect(enough.error).toBeUndefined();
      expect(enough.events).toHaveLength(6);
    }
  });

  test('hold for the last element, too, and for one that no comma follows', async () => {
    const text = '{"runs":[{"results":[1,{"a":"0123456789"}]}]}';
    for (const size of chunkSizes) {
      const { error } = await outcomeOf(reusedSource(encoder.encode(text), [size]), {
        limits: { maxElementBytes: 17 },
      });
      expect(error).toMatchObject({
        code: 'SF-P113',
        diagnostic: { pointer: '/runs/0/results/1', place: placeOf(text, 40) },
      });
      expect(
        (await outcomeOf(reusedSource(encoder.encode(text), [size]), { limits: { maxElementBytes: 18 } })).error,
      ).toBeUndefined();
    }
  });

  test('hold for strings in results and in what is passed over', async () => {
    for (const text of [
      '{"runs":[{"results":[{"é":["0123456789"]}]}]}',
      '{"runs":[{"tool":[{"é":["0123456789"]}]}]}',
      '{"0123456789":1}',
    ]) {
      const place = placeOf(text, encoder.encode(text.slice(0, text.indexOf('"0'))).length + 11);
      for (const size of chunkSizes) {
        const source = reusedSource(encoder.encode(text), [size]);
        expect((await outcomeOf(source, { limits: { maxStringBytes: 11 } })).error).toMatchObject({
          code: 'SF-P113',
          diagnostic: { place },
        });
        expect((await outcomeOf(source, { limits: { maxStringBytes: 12 } })).error).toBeUndefined();
      }
    }
  });

  test('maxSpoolBytes, for what can be read only once', async () => {
    for (const size of chunkSizes) {
      const { error } = await outcomeOf(reusedChunks(bytes, [size]), { limits: { maxSpoolBytes: bytes.length - 1 } });
      expect(error).toMatchObject({ code: 'SF-P113', diagnostic: { place: placeOf(log, bytes.length - 1) } });
      expect((error as Error).message).toContain('which can be read only once');
      expect(
        (await outcomeOf(reusedChunks(bytes, [size]), { limits: { maxSpoolBytes: bytes.length } })).error,
      ).toBeUndefined();
      expect((await outcomeOf(reusedSource(bytes, [size]), { limits: { maxSpoolBytes: 1 } })).error).toBeUndefined();
    }
  });
});

test('member names such as __proto__ are data', async () => {
  const text =
    '{"__proto__":{"polluted":1},"version":"2.1.0","runs":[{"__proto__":{"polluted":2},"tool":{"driver":{"name":"T"}},"results":[{"__proto__":{"polluted":3},"message":{"text":"a"}}]}]}';
  const { events } = await outcomeOf(encoder.encode(text));
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  const names = (value: unknown) => Object.keys(value as object);
  expect(names((events[0] as { log: object }).log)).toEqual(['__proto__', 'version']);
  expect(names((events[1] as { run: object }).run)).toEqual(['__proto__', 'tool']);
  expect(names((events[2] as { result: object }).result)).toEqual(['__proto__', 'message']);
});
