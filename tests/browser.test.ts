import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as converters from '@sariflow/converters';
import * as sarif from '@sariflow/sarif';
import { beforeAll, describe, expect, test } from 'vitest';
import { browserBundle, foreignUses, libraryInBrowser } from './browser-bundle.ts';
import { projectRoot } from './project-files.ts';

type Sarif = typeof sarif;
type Converters = typeof converters;

/** As much of WebAssembly as is needed here; its types come with those of browsers, which are not wanted. */
interface Compiling {
  instantiate(...given: unknown[]): Promise<unknown>;
  readonly CompileError: new (message: string) => Error;
}

const { WebAssembly: webAssembly } = globalThis as unknown as { readonly WebAssembly: Compiling };

const encoder = new TextEncoder();

/** A log of several batches: clean results, and one in ten that has to be repaired. */
const log = encoder.encode(
  JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Shop Lint', version: '1.4.0', rules: [{ id: 'shop/no-eval' }, { id: 'shop/no-var' }] },
        },
        results: Array.from({ length: 600 }, (_, at) => ({
          ruleId: at % 3 === 0 ? 'shop/no-eval' : 'shop/no-var',
          ruleIndex: at % 3 === 0 ? 0 : 1,
          level: at % 10 === 0 ? 'critical' : 'error',
          message: { text: `Übergröße in Zeile ${at}, processed by 'require' and Buffer.` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: `src/cart-${at % 50}.js` },
                region: { startLine: at + 1, endLine: at % 25 === 0 ? at : at + 2 },
              },
            },
          ],
        })),
      },
    ],
  }),
);

/** Every kind of source that a browser has. */
const sources: Readonly<Record<string, () => sarif.Source>> = {
  bytes: () => log,
  'a Blob': () => new Blob([log]),
  'a stream': () => new Blob([log]).stream(),
  'a compressed Blob': () => new Blob([new Uint8Array(gzipSync(log))]),
};

/** Everything that is said and written about a log. */
async function work({ normalize, readSarif, splitIntoParts, validate, writeSarif }: Sarif, source: () => sarif.Source) {
  const said: string[] = [];
  const report = (diagnostic: sarif.Diagnostic) => {
    // That it was compressed is said of a compressed log alone.
    if (diagnostic.ruleId !== 'SF-P116') said.push(JSON.stringify(diagnostic));
  };
  for await (const _ of validate(readSarif(source(), { report }), { report, profile: 'cortex' }));
  const written = await bytesOf(writeSarif(normalize(readSarif(source()), { report, profile: 'github' })));
  const parts: Buffer[] = [];
  const normal = normalize(readSarif(source()), { profile: 'cortex' });
  for await (const { bytes } of splitIntoParts(normal, { maxBytes: 10_000 })) parts.push(Buffer.from(bytes));
  return { said, written, parts };
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await all(chunks));
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

/** WebAssembly as the page has it, and how often something was compiled. */
function counted(instantiate: Compiling['instantiate']) {
  const calls = { count: 0 };
  const own: Pick<Compiling, 'instantiate'> = {
    instantiate: (...given) => {
      calls.count += 1;
      return instantiate(...given);
    },
  };
  return { calls, ofPage: Object.assign(Object.create(webAssembly), own) as Compiling };
}

describe('sarif in a browser', () => {
  let script = '';
  let outside: Awaited<ReturnType<typeof work>>;

  beforeAll(async () => {
    script = await browserBundle('sarif');
    outside = await work(sarif, () => log);
    expect(outside.said.length).toBeGreaterThan(10);
    expect(outside.parts.length).toBeGreaterThan(10);
  });

  test('is one script that needs nothing of Node.js', () => {
    expect(foreignUses(script)).toEqual([]);
  });

  test.each(Object.entries(sources))('does the same from %s', async (_, source) => {
    const { calls, ofPage } = counted(webAssembly.instantiate);
    const library = libraryInBrowser<Sarif>(script, ofPage);
    expect(await work(library, source)).toEqual(outside);
    expect(calls.count).toBe(1);
  });

  test('does the same without WebAssembly', async () => {
    expect(await work(libraryInBrowser<Sarif>(script, undefined), () => log)).toEqual(outside);
  });

  test('does the same where the page may not compile', async () => {
    const { calls, ofPage } = counted(async () => {
      throw new webAssembly.CompileError('Refused by the security policy of the page.');
    });
    expect(await work(libraryInBrowser<Sarif>(script, ofPage), () => log)).toEqual(outside);
    expect(calls.count).toBe(1);
  });

  test('throws what it throws elsewhere', async () => {
    const library = libraryInBrowser<Sarif>(script, undefined);
    const cut = encoder.encode('{"version":"2.1.0","runs":[');
    const reading = all(library.readSarif(cut));
    await expect(reading).rejects.toMatchObject({ name: 'ReadError', code: 'SF-P106' });
    await expect(reading).rejects.toBeInstanceOf(library.ReadError);
    const aborted = all(library.readSarif(log, { signal: AbortSignal.abort() }));
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('converters in a browser', () => {
  const report = readFileSync(join(projectRoot, 'test-data/converters/semgrep/typical/input.json'));

  test('do the same', async () => {
    const script = await browserBundle('converters');
    expect(foreignUses(script)).toEqual([]);
    const inside = await converted(libraryInBrowser<Converters>(script, webAssembly));
    const outside = await converted(converters);
    expect(inside).toEqual(outside);
    expect(outside.summary.results).toBeGreaterThan(0);
    expect(outside.summary.complete).toBe(true);
  });

  async function converted({ convert }: Converters) {
    const said: string[] = [];
    const conversion = await convert(new Blob([report]), { report: ({ message }) => void said.push(message) });
    const written = await bytesOf(sarif.writeSarif(conversion));
    return { said, written, summary: conversion.summary };
  }
});

test('a use of what browsers lack is seen', () => {
  const seen = (script: string) => foreignUses(script).length;
  expect(seen('import("./a.js")')).toBe(1);
  expect(seen('import { join } from "node:path"')).toBe(2);
  expect(seen('const port = process.env.PORT')).toBe(1);
  expect(seen('Buffer.from("")')).toBe(1);
  expect(seen('require("x")')).toBe(1);
  expect(seen('import.meta.url')).toBe(1);
  expect(seen('const a = { process: 1 }; a.process; a.require("Buffer"); // process')).toBe(0);
});
