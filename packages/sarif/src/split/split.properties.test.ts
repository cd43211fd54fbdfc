import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SarifEvent } from '../events/event.ts';
import type { Log, Result, Run } from '../model/model.ts';
import { normalize } from '../normalize/normalize.ts';
import { type Drop, readSarif } from '../read/read-sarif.ts';
import { walkTo } from '../run/walk.ts';
import { type Part, PartTooSmallError, splitIntoParts } from './split.ts';
import { type LogPlan, logPlans, makeLog } from './test-support/arbitrary-log.ts';
import { contentsOf } from './test-support/contents.ts';
import { defectsLeftIn, diagnosticsOf } from './test-support/diagnostics-of.ts';
import { eventsOf, inPieces, parsed, partsOf, readLog } from './test-support/events-of.ts';
import { usedBy } from './test-support/used-by.ts';

const encoder = new TextEncoder();

/** How large a part may be, as a share of what one part with everything takes. */
const shares = fc.integer({ min: 15, max: 100 });

interface Outcome {
  readonly maxBytes: number;
  readonly parts: readonly Part[];
  readonly drops: readonly Drop[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Splits so that several parts come out; `undefined` when what every part repeats is longer than the share. */
async function split(events: () => AsyncIterable<SarifEvent>, share: number): Promise<Outcome | undefined> {
  const [whole] = await partsOf(events(), { maxBytes: 1e9 });
  const maxBytes = Math.ceil(((whole?.bytes.length ?? 100) * share) / 100);
  const drops: Drop[] = [];
  const diagnostics: Diagnostic[] = [];
  try {
    const parts = await partsOf(events(), {
      maxBytes,
      onDrop: (drop) => drops.push(drop),
      report: (diagnostic) => diagnostics.push(diagnostic),
    });
    return { maxBytes, parts, drops, diagnostics };
  } catch (error) {
    if (error instanceof PartTooSmallError) return undefined;
    throw error;
  }
}

/** Checks a property of the parts of many logs, and that enough of them came in several parts for it to mean something. */
async function forSplitLogs(
  check: (outcome: Outcome, log: Log, plan: LogPlan) => Promise<void> | void,
  { numRuns = 80, events = eventsOf }: { numRuns?: number; events?: (log: Log) => AsyncIterable<SarifEvent> } = {},
): Promise<void> {
  let several = 0;
  const property = fc.asyncProperty(logPlans, shares, async (plan, share) => {
    const log = makeLog(plan);
    const outcome = await split(() => events(log), share);
    if (outcome === undefined) return;
    if (outcome.parts.length > 1) several += 1;
    await check(outcome, log, plan);
  });
  await fc.assert(property, { numRuns });
  expect(several).toBeGreaterThan(numRuns / 5);
}

test('every result is in exactly one part, in order, and says there what it said', async () => {
  await forSplitLogs(({ parts, drops, diagnostics }, log) => {
    const inParts = parts.flatMap(({ bytes }) => contentsOf(parsed(bytes)));
    const source = contentsOf(log).filter((_, index) => !isDropped(log, index, drops));
    expect(inParts.map(({ mark }) => mark)).toEqual(source.map(({ mark }) => mark));
    const isShortened = new Set(diagnostics.map(({ runIndex, resultIndex }) => `${runIndex}.${resultIndex}`));
    const whole = (contents: ReturnType<typeof contentsOf>) =>
      contents.filter(({ mark }) => !isShortened.has(mark as string));
    expect(whole(inParts)).toEqual(whole(source));
  });
});

test('what was read gives the same parts as what was made, apart from the order of members', async () => {
  await forSplitLogs(
    async ({ parts, drops, diagnostics }, log) => {
      if (drops.length > 0 || diagnostics.length > 0) return;
      expect(parts.flatMap(({ bytes }) => contentsOf(parsed(bytes)))).toEqual(contentsOf(log));
    },
    { events: (log) => readLog(log) },
  );
});

test('every part is as long as allowed at most, and its numbers are those of its bytes', async () => {
  await forSplitLogs(({ parts, maxBytes, drops }, log) => {
    for (const [index, part] of parts.entries()) {
      const document = parsed(part.bytes);
      const results = resultsOf(document);
      expect(part.bytes.length).toBeLessThanOrEqual(maxBytes);
      expect(part.number).toBe(index + 1);
      expect(part.results).toBe(results.length);
      expect(part.tool).toBe(document.runs?.[0]?.tool.driver.name);
      for (const level of ['none', 'note', 'warning', 'error'] as const) {
        expect(part.levels[level]).toBe(results.filter((result) => (result.level ?? 'warning') === level).length);
      }
      // Minified: what a native writer makes of the document is no shorter.
      expect(JSON.stringify(document).length).toBeGreaterThanOrEqual(new TextDecoder().decode(part.bytes).length);
    }
    const inParts = parts.reduce((sum, { results }) => sum + results, 0);
    expect(inParts + drops.length).toBe(resultsOf(log).length);
  });
});

test('a part breaks no rule that the log keeps', async () => {
  await forSplitLogs(
    async ({ parts }, log) => {
      const broken = new Set((await errorsIn(readLog(log))).map(({ ruleId }) => ruleId));
      for (const { bytes } of parts) {
        expect((await errorsIn(readSarif(bytes))).filter(({ ruleId }) => !broken.has(ruleId))).toEqual([]);
      }
    },
    { numRuns: 60 },
  );
});

test.each([undefined, 'cortex'] as const)(
  'a log that was normalized with the profile %s comes in parts that are valid alone',
  async (profile) => {
    await forSplitLogs(
      async ({ parts, drops, diagnostics }, log) => {
        for (const { bytes } of parts) expect(await defectsLeftIn(readSarif(bytes), profile)).toEqual([]);
        if (drops.length > 0 || diagnostics.length > 0) return;
        const [whole] = await partsOf(normalize(readLog(log), { profile }), { maxBytes: 1e9 });
        const contents = parts.flatMap(({ bytes }) => contentsOf(parsed(bytes)));
        expect(contents).toEqual(whole === undefined ? [] : contentsOf(parsed(whole.bytes)));
      },
      { numRuns: 60, events: (log) => normalize(readLog(log), { profile }) },
    );
  },
);

test('a part holds nothing that its results do not need', async () => {
  await forSplitLogs(({ parts }) => {
    for (const { bytes } of parts) {
      for (const run of parsed(bytes).runs ?? []) {
        const used = usedBy(run);
        for (const [array, elements] of used) {
          expect({ array, unused: elements.unused }).toEqual({ array, unused: [] });
        }
      }
    }
  });
});

test('no index in the header of a part points to an element that came for the results', async () => {
  const walk = walkTo(['artifactLocation', 'logicalLocation', 'address']);
  const arrays = { artifactLocation: 'artifacts', logicalLocation: 'logicalLocations', address: 'addresses' } as const;
  await forSplitLogs(({ parts }) => {
    for (const { bytes } of parts) {
      for (const run of parsed(bytes).runs ?? []) {
        const {
          results: _,
          artifacts,
          logicalLocations,
          addresses,
          threadFlowLocations: __,
          graphs: ___,
          ...header
        } = run;
        const pools = { artifacts, logicalLocations, addresses };
        walk('run', header, (kind, { index }) => {
          if (index !== undefined) expect(pools[arrays[kind]]?.[index]).toBe(undefined);
        });
      }
    }
  });
});

test('the same log gives the same bytes, and so it does in any pieces', async () => {
  await forSplitLogs(
    async ({ parts, maxBytes }, log) => {
      const bytes = encoder.encode(JSON.stringify(log));
      const texts = (each: readonly Part[]) => each.map((part) => new TextDecoder().decode(part.bytes));
      const again = await partsOf(readSarif(bytes), { maxBytes });
      expect(texts(again)).toEqual(texts(parts));
      for (const lengths of [[1000, 7, 64], [bytes.length - 1], [13]]) {
        const pieces = await partsOf(readSarif(inPieces(bytes, lengths)), { maxBytes });
        expect(texts(pieces)).toEqual(texts(parts));
      }
    },
    { numRuns: 30, events: (log) => readLog(log) },
  );
});

test('each result that is shortened or dropped is told, with its place', async () => {
  let shortened = 0;
  let dropped = 0;
  await forSplitLogs(
    ({ parts, drops, diagnostics }, log) => {
      for (const { ruleId, runIndex, resultIndex } of drops) {
        expect(ruleId).toBe('SF-C011');
        const told = diagnostics.filter((each) => each.runIndex === runIndex && each.resultIndex === resultIndex);
        expect(told.map(({ ruleId, fix }) => ({ ruleId, fix }))).toEqual([{ ruleId: 'SF-C011', fix: undefined }]);
      }
      const marks = parts
        .flatMap(({ bytes }) => resultsOf(parsed(bytes)))
        .filter(({ properties }) => properties?.['sariflow/shortened'] !== undefined)
        .map(({ properties }) => properties?.['mark']);
      const fixed = diagnostics.filter(({ fix }) => fix !== undefined);
      expect(fixed.map(({ runIndex, resultIndex }) => `${runIndex}.${resultIndex}`)).toEqual(marks);
      expect(diagnostics.length).toBe(fixed.length + drops.length);
      for (const { place, pointer, runIndex, resultIndex } of diagnostics) {
        expect(pointer).toBe(`/runs/${runIndex}/results/${resultIndex}`);
        const bytes = encoder.encode(JSON.stringify(log)).subarray(place?.byteOffset);
        expect(JSON.parse(`[${firstObject(new TextDecoder().decode(bytes))}]`)).toEqual([
          log.runs?.[runIndex ?? -1]?.results?.[resultIndex ?? -1],
        ]);
      }
      shortened += fixed.length;
      dropped += drops.length;
    },
    { numRuns: 150, events: (log) => readLog(log) },
  );
  expect(shortened).toBeGreaterThan(10);
  expect(dropped).toBeGreaterThan(10);
});

test('the events that come in are left as they were', async () => {
  await fc.assert(
    fc.asyncProperty(logPlans, async (plan) => {
      const log = frozen(makeLog(plan));
      await split(() => eventsOf(log), 60);
      await split(() => normalize(eventsOf(log), { profile: 'cortex' }), 60);
      expect(log).toEqual(makeLog(plan));
    }),
    { numRuns: 30 },
  );
});

test('tools are kept apart when asked for', async () => {
  await fc.assert(
    fc.asyncProperty(logPlans, async (plan) => {
      const log = makeLog(plan);
      for await (const { bytes, tool } of splitIntoParts(eventsOf(log), { maxBytes: 1e9, oneToolPerPart: true })) {
        const names = parsed(bytes).runs?.map((run) => run.tool.driver.name) ?? [];
        expect(new Set(names)).toEqual(new Set(names.length === 0 ? [] : [tool]));
      }
    }),
    { numRuns: 40 },
  );
});

function isDropped(log: Log, index: number, drops: readonly Drop[]): boolean {
  const mark = resultsOf(log)[index]?.properties?.['mark'];
  return drops.some(({ runIndex, resultIndex }) => `${runIndex}.${resultIndex}` === mark);
}

async function errorsIn(events: AsyncIterable<SarifEvent>): Promise<Diagnostic[]> {
  return (await diagnosticsOf(events)).filter(({ level }) => level === 'error');
}

function resultsOf({ runs }: Log): Result[] {
  return (runs ?? []).flatMap(({ results }: Run) => results ?? []);
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) frozen(child);
    Object.freeze(value);
  }
  return value;
}

/** The JSON text of the object that a text starts with. */
function firstObject(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') {
      for (at += 1; text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    } else if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(0, at + 1);
  }
  return text;
}
