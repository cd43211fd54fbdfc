import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sariflow-script-'));
});
afterEach(() => rm(folder, { recursive: true }));

const loader = JSON.stringify(new URL('./load-script.ts', import.meta.url).href);

/** Runs a program that loads the script, and gives what it prints. */
async function run(args: readonly string[] = ['upload'], flags: readonly string[] = []): Promise<string> {
  const program = `
    import { enableCompileCache } from 'node:module';
    import { loadScript } from ${loader};
    enableCompileCache(process.env.KEEP_IN);
    const location = ${JSON.stringify(pathToFileURL(join(folder, 'program.cjs')).href)};
    loadScript(${JSON.stringify(join(folder, 'program.cjs'))}, process);
    const { createRequire } = await import('node:module');
    console.log(await createRequire(location)('./program.cjs').say());
    process.exit(createRequire(location)('./program.cjs').exitCode ?? 0);
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, '--input-type=module', '--eval', program, '--', 'main.js', ...args],
    { env: { KEEP_IN: join(folder, 'kept') } },
  );
  return stdout.trim();
}

async function kept(): Promise<string[]> {
  const [version = ''] = await readdir(join(folder, 'kept'));
  const files = await readdir(join(folder, 'kept', version));
  return files.filter((name) => name.startsWith('program')).map((name) => join(folder, 'kept', version, name));
}

const script = (word: string) => `
  const { sep } = require('node:path');
  exports.sep = sep;
  exports.say = function say() { return ${JSON.stringify(word)} + typeof module.filename + require('./program.cjs').sep; };
`;

test('what was compiled is kept for each command, for the user alone, and taken the next time', async () => {
  await writeFile(join(folder, 'program.cjs'), script('one '));
  expect(await run()).toMatch(/^one string[/\\]$/);
  const [first = ''] = await kept();
  expect(first).toMatch(/\.upload$/);
  expect((await stat(first)).mode & 0o077).toBe(0);
  const before = await readFile(first);
  // The function ran, so its code is in there: its string constant is, too.
  expect(before.includes('one ')).toBe(true);
  const { mtimeMs } = await stat(first);
  expect(await run()).toMatch(/^one string/);
  expect((await stat(first)).mtimeMs).toBe(mtimeMs);
  await run(['--quiet', 'validate', 'a.sarif']);
  await run(['--version']);
  expect((await kept()).map((path) => path.replace(/^.*\./, '')).sort()).toEqual(['none', 'upload', 'validate']);
});

test('the script can import modules', async () => {
  const sum = "exports.say = async () => (await import('node:zlib')).crc32('a') + (await import('./other.mjs')).word;";
  await writeFile(join(folder, 'program.cjs'), sum);
  await writeFile(join(folder, 'other.mjs'), "export const word = ' other';");
  expect(await run()).toBe('3904355907 other');
  expect(await run()).toBe('3904355907 other');
});

test('another script of the same length is not taken for the one that was compiled', async () => {
  await writeFile(join(folder, 'program.cjs'), script('one '));
  await run();
  await writeFile(join(folder, 'program.cjs'), script('two '));
  await utimes(join(folder, 'program.cjs'), new Date(0), new Date(0));
  expect(await run()).toMatch(/^two string/);
  expect((await kept()).length).toBe(2);
});

test('code that is damaged is compiled again and replaced', async () => {
  await writeFile(join(folder, 'program.cjs'), script('one '));
  await run();
  const [path = ''] = await kept();
  await writeFile(path, 'nothing');
  expect(await run()).toMatch(/^one string/);
  expect((await readFile(path)).length).toBeGreaterThan(100);
});

test('a command line that was not understood keeps nothing', async () => {
  await writeFile(join(folder, 'program.cjs'), `${script('one ')}exports.exitCode = 2;`);
  await expect(run(['uplaod'])).rejects.toMatchObject({ code: 2 });
  expect(await kept()).toEqual([]);
});

test('a program that may not write runs all the same', async () => {
  await writeFile(join(folder, 'program.cjs'), script('one '));
  expect(await run(['upload'], ['--permission', '--allow-fs-read=*'])).toMatch(/^one string/);
  expect(await readdir(folder)).toEqual(['program.cjs']);
});
