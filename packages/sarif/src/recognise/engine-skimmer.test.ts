import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSarif } from '../read/read-sarif.ts';
import { type EngineKind, loadEngine, preferEngine } from './engine.ts';
import { EngineSkimmer } from './engine-skimmer.ts';

const encoder = new TextEncoder();

describe.each<EngineKind>(['web-assembly', 'javascript'])('the skimmer of %s', (kind) => {
  const skimmer = async (): Promise<EngineSkimmer> => {
    preferEngine(kind);
    try {
      return new EngineSkimmer(await loadEngine());
    } finally {
      preferEngine(undefined);
    }
  };

  test('counts in the bytes that were loaded, wherever they begin and end', async () => {
    const text = 'a\nb é \n漢字 😀\n'.repeat(40);
    const bytes = encoder.encode(text);
    const over = await skimmer();
    over.load(bytes);
    for (let from = 0; from < 60; from += 1) {
      for (const to of [from, from + 1, from + 17, bytes.length - from]) {
        const stretch = bytes.subarray(from, to);
        const units = [...stretch].reduce((sum, byte) => sum + ((byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1), 0);
        expect(over.countOf(0x0a, from, to)).toBe(stretch.filter((byte) => byte === 0x0a).length);
        expect(over.utf16Length(from, to)).toBe(units);
      }
    }
  });
});

test('both skimmers pass over the same, whatever the bytes are and wherever they are cut', async () => {
  const skimmers: EngineSkimmer[] = [];
  for (const kind of ['web-assembly', 'javascript'] as const) {
    preferEngine(kind);
    skimmers.push(new EngineSkimmer(await loadEngine()));
  }
  preferEngine(undefined);
  const piece = fc.oneof(
    fc.constantFrom('"', '\\', '\\\\', '\\"', '{', '}', '[', ']', 'a', '"b"', '":"', 'é', '\n'),
    fc.stringMatching(/^[a-z \\]{0,80}$/),
  );
  const document = fc.array(piece, { maxLength: 120 }).map((pieces) => encoder.encode(pieces.join('')));
  const limits = fc.record({ depth: fc.nat(5), floor: fc.nat(3), deepest: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(document, limits, fc.nat(2), fc.array(fc.nat(300), { maxLength: 4 }), (bytes, limit, state, cuts) => {
      const ends = [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const [one, other] = skimmers.map((skimmer) => {
        skimmer.load(bytes);
        skimmer.start(limit.depth, state > 0, state === 2, limit.deepest);
        const seen: unknown[] = [];
        let from = 0;
        for (const end of ends) {
          while (from < end) {
            const at = skimmer.skim(from, end, limit.floor);
            const { depth, inString, escaped } = skimmer;
            seen.push({ at, depth, inString, escaped, start: inString ? skimmer.stringStart : -1 });
            if (at === end) break;
            from = at + 1;
          }
          from = Math.max(from, end);
        }
        return seen;
      });
      expect(one).toEqual(other);
    }),
    { numRuns: 2000 },
  );
});

test('places in a long document are where an editor shows them, whatever was read before', async () => {
  const filler = `"${'é漢😀 '.repeat(40)}",\n`;
  const text = `{"version":"2.1.0","runs":[],"properties":{"a":[\n${filler.repeat(2000)}"last"],"b":}}`;
  const bytes = encoder.encode(text);
  const chunks = {
    async *stream() {
      for (let start = 0; start < bytes.length; start += 50_000) yield bytes.slice(start, start + 50_000);
    },
  };
  const lines = text.split('\n');
  const expected = { line: lines.length, column: (lines.at(-1) as string).indexOf('}}') + 1 };
  for (const source of [bytes, chunks, bytes]) {
    const error = await (async () => {
      for await (const event of readSarif(source)) void event;
    })().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ diagnostic: { ruleId: 'SF-P105', place: expected } });
  }
});
