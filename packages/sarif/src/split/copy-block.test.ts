import { describe, expect, test } from 'vitest';
import type { Level, Result } from '../model/model.ts';
import { normalize } from '../normalize/normalize.ts';
import { readSarif } from '../read/read-sarif.ts';
import { type EngineKind, preferEngine } from '../recognise/engine.ts';
import { type Part, splitIntoParts } from './split.ts';

const levels: readonly Level[] = ['error', 'warning', 'note'];

const rules = Array.from({ length: 7 }, (_, index) => ({
  id: `shop/rule-${index}`,
  shortDescription: { text: `Rule ${index}.` },
  defaultConfiguration: { level: levels[index % 3] as Level },
}));

const artifacts = Array.from({ length: 40 }, (_, index) => ({ location: { uri: `src/file-${index}.js` } }));

/** Enough for several batches; some state a level, some are of a rule that was not seen before, some are in doubt. */
const results = Array.from({ length: 3000 }, (_, index): Result => {
  const ruleIndex = (index * index) % (index < 1500 ? 5 : 7);
  const artifact = (index * 31) % (index < 1500 ? 30 : 40);
  return {
    ruleId: `shop/rule-${ruleIndex}`,
    ruleIndex,
    ...(index % 4 === 0 && { level: levels[(index * 7) % 3] as Level }),
    message: { text: `Value ${'é'.repeat(index % 9)} of "${index}" is not checked. ${'Why. '.repeat(index % 40)}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: `src/file-${artifact}.js`, index: artifact },
          region: { startLine: index + 1, startColumn: 3 },
        },
      },
    ],
    ...(index % 97 === 0 && { guid: `4c1f3a7e-0000-4000-8000-${String(index).padStart(12, '0')}` }),
  };
});

const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'Shop Lint', rules } }, artifacts, results }] };

/** The results of all parts, with what their indices lead to in place of the indices. */
async function copied(text: string, maxBytes: number, maxResults?: number): Promise<unknown[]> {
  const all: unknown[] = [];
  const events = normalize(readSarif(new TextEncoder().encode(text)));
  for await (const part of splitIntoParts(events, { maxBytes, maxResults })) {
    expect(part.bytes.length).toBeLessThanOrEqual(maxBytes);
    const [run] = (JSON.parse(new TextDecoder().decode(part.bytes)) as typeof log).runs;
    expect(run?.results).toHaveLength(part.results);
    const counts = { none: 0, note: 0, warning: 0, error: 0 };
    for (const { ruleIndex, locations, ...result } of run?.results ?? []) {
      counts[result.level as Level] += 1;
      const index = locations?.[0]?.physicalLocation?.artifactLocation?.index ?? -1;
      const artifact = run?.artifacts[index]?.location.uri;
      const rule = run?.tool.driver.rules[ruleIndex ?? -1]?.id;
      all.push({ ...result, rule, artifact, line: locations?.[0]?.physicalLocation?.region?.startLine });
    }
    expect(part.levels).toEqual(counts);
  }
  return all;
}

const expected = results.map(({ ruleIndex, locations, level, ...result }) => ({
  ...result,
  level: level ?? rules[ruleIndex as number]?.defaultConfiguration.level,
  rule: result.ruleId,
  artifact: locations?.[0]?.physicalLocation?.artifactLocation?.uri,
  line: locations?.[0]?.physicalLocation?.region?.startLine,
}));

describe.each<EngineKind>(['web-assembly', 'javascript'])('results copied in blocks by %s', (kind) => {
  test.each([
    ['minified', JSON.stringify(log)],
    ['pretty', JSON.stringify(log, undefined, 2)],
  ])('keep their content, and get the levels and indices that are theirs: %s', async (_, text) => {
    preferEngine(kind);
    try {
      expect(await copied(text, 9_500_000)).toEqual(expected);
      expect(await copied(text, 60_000)).toEqual(expected);
      expect(await copied(text, 9_500_000, 17)).toEqual(expected);
    } finally {
      preferEngine(undefined);
    }
  });
});

test.each([20_000, 60_000, 300_000, 9_500_000])(
  'parts of %i bytes that are made in one piece of memory are the same parts',
  async (maxBytes) => {
    const bytes = new TextEncoder().encode(JSON.stringify(log));
    const texts = async (reuseMemory: boolean) => {
      const all: string[] = [];
      const parts = splitIntoParts(normalize(readSarif(bytes), { profile: 'cortex' }), { maxBytes, reuseMemory });
      for await (const part of parts) all.push(new TextDecoder().decode(part.bytes));
      return all;
    };
    const expectedTexts = await texts(false);
    expect(await texts(true)).toEqual(expectedTexts);
    expect(expectedTexts.length).toBeGreaterThanOrEqual(Math.floor(600_000 / maxBytes));
  },
);

test.each([true, false])(
  'splits that come after each other, and take turns, keep out of each other (reuseMemory: %s)',
  async (reuseMemory) => {
    const decoder = new TextDecoder();
    const bytes = new TextEncoder().encode(JSON.stringify(log));
    const parts = () => splitIntoParts(readSarif(bytes), { maxBytes: 60_000, reuseMemory });
    const texts: string[] = [];
    for await (const part of parts()) texts.push(decoder.decode(part.bytes));
    expect(texts.length).toBeGreaterThan(5);

    // Left early: its last part is still somebody's.
    const early = parts();
    const kept = (await early.next()).value as Part;
    await early.return(undefined);

    const [one, other] = [parts(), parts()];
    for (const text of texts) {
      const [first, second] = [(await one.next()).value as Part, (await other.next()).value as Part];
      expect([decoder.decode(first.bytes), decoder.decode(second.bytes)]).toEqual([text, text]);
    }
    expect([(await one.next()).done, (await other.next()).done]).toEqual([true, true]);
    for await (const part of parts()) expect(decoder.decode(part.bytes)).toBe(texts[part.number - 1]);
    expect(decoder.decode(kept.bytes)).toBe(texts[0]);
  },
);
