import * as fs from 'node:fs';
import * as fsPromises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as converters from '@sariflow/converters';
import * as sarif from '@sariflow/sarif';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf, type Example, examplesOf, run, typeErrors } from './readme-examples.ts';

const pages = ['README.md', 'packages/sarif/README.md', 'packages/converters/README.md'].map((page) => ({
  page,
  ...examplesOf(page),
}));
const examples = pages.flatMap((page) => page.examples);

const modules = {
  '@sariflow/sarif': sarif,
  '@sariflow/converters': converters,
  'node:fs': fs,
  'node:fs/promises': fsPromises,
};

describe('the examples in the pages', () => {
  const before = process.cwd();
  let folder = '';

  // They read and write files by their names alone, as a reader would who tries them.
  beforeAll(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'sariflow-examples-'));
    for (const { name, text } of pages.flatMap(({ files }) => files)) fs.writeFileSync(join(folder, name), text);
    process.chdir(folder);
  });

  afterAll(() => {
    process.chdir(before);
    fs.rmSync(folder, { recursive: true });
  });

  test.each(pages)('there are some in $page', ({ examples: own }) => {
    expect(own.length).toBeGreaterThan(0);
  });

  test('files that pages show have names of their own', () => {
    const names = pages.flatMap(({ files }) => files.map(({ name }) => name));
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
  });

  test('are accepted by the compiler, which is awake', () => {
    const code =
      "import { readSarifs } from '@sariflow/sarif';\nexport const length: string = 1;\nconsole.log(readSarifs);\n";
    expect(typeErrors([...examples, { name: 'wrong.md:1', code, prints: [] }])).toEqual([
      expect.stringMatching(/^wrong\.md:1, line 1: /),
      expect.stringMatching(/^wrong\.md:1, line 2: /),
    ]);
  });

  test.each(examples)('$name prints what it says', async (example) => {
    expect(await run(example, modules)).toEqual(example.prints);
    expect(example.prints.length).toBeGreaterThan(0);
  });
});

describe('an example', () => {
  const example = (code: string): Example => ({ name: 'page.md:1', code, prints: [] });

  test('may wait, and prints lines', async () => {
    const code =
      "import { sha256Hex } from '@sariflow/sarif';\nawait Promise.resolve();\nconsole.log('a\\nb', 1, typeof sha256Hex);\n";
    expect(await run(example(code), modules)).toEqual(['a', 'b 1 function']);
    await expect(run(example("import 'node:net';"), modules)).rejects.toThrow('node:net');
  });

  test('is found by its fences', () => {
    const text = 'a\n```ts\none\n```\n```json b c.sarif\n{}\n```\n';
    expect(blocksOf(text)).toEqual([
      { language: 'ts', title: '', text: 'one\n', line: 3 },
      { language: 'json', title: 'b c.sarif', text: '{}\n', line: 6 },
    ]);
    expect(() => blocksOf('```ts\none')).toThrow('line 1');
  });
});
