import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { generateLog, type LogOptions, logChunks } from './generate-log.ts';
import { writeLog } from './write-log.ts';

/** As much of a log as these tests look at. */
interface SampleLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string }[] };
      readonly extensions?: readonly { readonly rules: readonly { readonly id: string }[] }[];
    };
    readonly artifacts?: readonly { readonly location: { readonly uri: string } }[];
    readonly results: readonly SampleResult[];
  }[];
}

interface SampleResult {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly rule?: { readonly index: number; readonly toolComponent?: { readonly index: number } };
  readonly level?: string;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly index?: number };
      readonly region: { readonly startLine: number };
    };
  }[];
}

const base: LogOptions = { bytes: 2_000_000, shape: 'flat', toolFirst: true, seed: 7 };
const layouts: LogOptions[] = (['flat', 'deep'] as const).flatMap((shape) =>
  [true, false].flatMap((toolFirst) => [true, false].map((pretty) => ({ ...base, shape, toolFirst, pretty }))),
);

function textOf(options: LogOptions): string {
  return Buffer.concat([...logChunks(options)]).toString('utf8');
}

function digestOf(options: LogOptions): string {
  return createHash('sha256').update(textOf(options)).digest('hex');
}

async function schemaValidator() {
  const path = new URL('../../packages/sarif/src/model/schema.json', import.meta.url);
  // Draft 4 calls the schema's own address `id`, which ajv refuses; nothing in the schema refers to it.
  const { $schema: _dialect, id: _address, ...schema } = JSON.parse(await readFile(path, 'utf8'));
  return new Ajv({ strict: false, validateFormats: false }).compile(schema);
}

function runOf(options: LogOptions): SampleLog['runs'][number] {
  const log = JSON.parse(textOf(options)) as SampleLog;
  expect(log.version).toBe('2.1.0');
  expect(log.runs).toHaveLength(1);
  return log.runs[0]!;
}

describe('a generated log', () => {
  test.each(layouts)('is JSON of nearly the asked length: $shape, toolFirst $toolFirst, pretty $pretty', (options) => {
    const text = textOf(options);
    const length = Buffer.byteLength(text);
    const averageResult = length / runOf(options).results.length;

    expect(length).toBeLessThanOrEqual(options.bytes);
    expect(options.bytes - length).toBeLessThan(Math.max(options.bytes / 100, 2 * averageResult));
    expect(text.indexOf('"tool"') < text.indexOf('"results"')).toBe(options.toolFirst);
    expect(text.includes('\n')).toBe(options.pretty);
  });

  test('is valid by the schema, whatever its shape, and invalid with defects', async () => {
    const validate = await schemaValidator();
    for (const options of layouts) {
      validate(JSON.parse(textOf({ ...options, bytes: 1_200_000, pretty: false })));
      expect(validate.errors, `${options.shape}, toolFirst ${options.toolFirst}`).toBeNull();
    }
    expect(validate(JSON.parse(textOf({ ...base, defectRatio: 0.5 })))).toBe(false);
  });

  test('of ten megabytes is within one per cent', () => {
    for (const shape of ['flat', 'deep'] as const) {
      const length = Buffer.byteLength(textOf({ ...base, shape, bytes: 10_000_000 }));
      expect(Math.abs(length - 10_000_000)).toBeLessThan(100_000);
    }
  });

  test('is the same for the same seed and differs for another', () => {
    expect(digestOf(base)).toBe(digestOf({ ...base }));
    expect(digestOf(base)).not.toBe(digestOf({ ...base, seed: 8 }));
  });

  test('has results of about 1 KB when flat, 6 KB when deep', () => {
    const flat = runOf({ ...base, bytes: 5_000_000 });
    const deep = runOf({ ...base, bytes: 5_000_000, shape: 'deep' });
    expect(JSON.stringify(flat.results).length / flat.results.length).toBeGreaterThan(850);
    expect(JSON.stringify(flat.results).length / flat.results.length).toBeLessThan(1_150);
    expect(JSON.stringify(deep.results).length / deep.results.length).toBeGreaterThan(5_000);
    expect(JSON.stringify(deep.results).length / deep.results.length).toBeLessThan(7_000);
  });

  test('has indices that lead to what they name', () => {
    const flat = runOf(base);
    for (const result of flat.results) {
      expect(flat.tool.driver.rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
    }

    const deep = runOf({ ...base, shape: 'deep' });
    expect(deep.artifacts).toHaveLength(1_000);
    for (const result of deep.results) {
      const component = result.rule?.toolComponent;
      const owner = component === undefined ? deep.tool.driver : deep.tool.extensions?.[component.index];
      expect(owner?.rules[result.rule?.index ?? -1]?.id).toBe(result.ruleId);
      expect(result.level).toBeUndefined();
      const { artifactLocation } = result.locations[0]!.physicalLocation;
      expect(deep.artifacts?.[artifactLocation.index ?? -1]?.location.uri).toBe(artifactLocation.uri);
    }
  });

  test('has lines from 1 and hardly two equal results', () => {
    const { results } = runOf(base);
    for (const result of results) {
      expect(result.locations[0]!.physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
    }
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(results.length);
  });

  test('has defects in the asked share of its results', () => {
    const { results } = runOf({ ...base, defectRatio: 0.3 });
    const fatal = results.filter((result) => result.level === 'fatal').length;
    // Ten kinds of defects, each in 3 % of the results.
    expect(fatal / results.length).toBeGreaterThan(0.015);
    expect(fatal / results.length).toBeLessThan(0.05);
    expect(textOf(base)).not.toContain('"fatal"');
  });

  test('cannot be shorter than its header', () => {
    expect(() => textOf({ ...base, shape: 'deep', bytes: 1_000 })).toThrow(/at least \d+ bytes; 1000 were asked for/);
  });

  test('is the same on disk and as a stream', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sariflow-log-'));
    try {
      const path = join(folder, 'log.sarif');
      const written = await writeLog(path, base);
      const chunks: Uint8Array[] = [];
      for await (const chunk of generateLog(base)) chunks.push(chunk);

      expect((await stat(path)).size).toBe(written);
      expect(Buffer.concat(chunks).equals(await readFile(path))).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
