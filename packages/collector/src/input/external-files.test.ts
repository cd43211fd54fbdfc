import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ExternalReference, readSarif, type Source } from '@sariflow/sarif';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { externalFiles } from './external-files.ts';
import { fileSource } from './file-source.ts';
import { InputError } from './input-error.ts';

let top: string;
let log: string;

beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'external-files-')));
  log = join(top, 'scan', 'shop.sarif');
  await mkdir(join(top, 'scan', 'parts'), { recursive: true });
  await writeFile(join(top, 'secret.json'), 'secret');
  await writeFile(join(top, 'scan', 'my part.json'), 'part');
  await writeFile(join(top, 'scan', 'parts', 'a.json'), 'aaa');
});

afterEach(() => rm(top, { recursive: true, force: true }));

const reference = (uri: string, more: Partial<ExternalReference> = {}): ExternalReference => ({
  property: 'artifacts',
  uri,
  ...more,
});

async function text(source: Source | undefined): Promise<string | undefined> {
  if (source === undefined) return undefined;
  let all = '';
  for await (const chunk of source as AsyncIterable<Uint8Array>) all += Buffer.from(chunk).toString();
  return all;
}

const open = async (given: ExternalReference, limits?: { maxFiles: number; maxBytes: number }) => {
  const source = await externalFiles(log, limits)(given);
  return source !== undefined && 'stream' in source ? text(source.stream() as AsyncIterable<Uint8Array>) : undefined;
};

async function codeOf(opening: Promise<unknown>): Promise<string> {
  const error = await opening.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).code;
}

test.each([
  ['my%20part.json', 'part'],
  ['./parts/a.json', 'aaa'],
  ['parts/a.json#x', 'aaa'],
  ['gone.json', undefined],
  ['my%20part.json/below.json', undefined],
])('%s: %s', async (uri, content) => expect(await open(reference(uri))).toBe(content));

describe('no file is opened', () => {
  test.each(['../secret.json', 'parts/%2e%2e/../../secret.json', 'parts%2F..%2F..%2Fsecret.json', 'a%00.json'])(
    'outside the folder, by the name %s',
    async (uri) => expect(await codeOf(open(reference(uri)))).toBe('SF-I102'),
  );

  test('outside the folder, by a link', async () => {
    await symlink(join(top, 'secret.json'), join(top, 'scan', 'link.json'));
    await symlink(top, join(top, 'scan', 'up'));
    expect(await codeOf(open(reference('link.json')))).toBe('SF-I102');
    expect(await codeOf(open(reference('up/secret.json')))).toBe('SF-I102');
    await symlink(join(top, 'scan', 'parts', 'a.json'), join(top, 'scan', 'inside.json'));
    expect(await open(reference('inside.json'))).toBe('aaa');
  });

  test('that is a folder', async () => {
    expect(await codeOf(open(reference('parts')))).toBe('SF-I103');
    expect(await codeOf(open(reference('.')))).toBe('SF-I102');
  });

  test('below a base outside the folder', async () => {
    const baseUri = (folder: string) => `${pathToFileURL(folder).href}/`;
    expect(await open(reference('a.json', { baseUri: baseUri(join(top, 'scan', 'parts')) }))).toBe('aaa');
    expect(await codeOf(open(reference('secret.json', { baseUri: baseUri(top) })))).toBe('SF-I102');
    expect(await codeOf(open(reference('a.json', { baseUri: 'file://elsewhere/share/' })))).toBe('SF-I102');
  });

  test('past the limits', async () => {
    const twoFiles = externalFiles(log, { maxFiles: 1, maxBytes: 100 });
    expect(await twoFiles(reference('my%20part.json'))).toBeDefined();
    expect(await codeOf(Promise.resolve(twoFiles(reference('parts/a.json'))))).toBe('SF-I108');
    expect(await twoFiles(reference('./my%20part.json'))).toBeDefined();
    const fiveBytes = externalFiles(log, { maxFiles: 9, maxBytes: 5 });
    expect(await fiveBytes(reference('my%20part.json'))).toBeDefined();
    expect(await codeOf(Promise.resolve(fiveBytes(reference('parts/a.json'))))).toBe('SF-I107');
  });
});

test('one file under two names is one source', async () => {
  await symlink('my part.json', join(top, 'scan', 'same.json'));
  const files = externalFiles(log);
  expect(await files(reference('same.json'))).toBe(await files(reference('my%20part.json')));
});

test('a log and its files are read as one', async () => {
  const results = [{ message: { text: 'from the file' } }];
  await writeFile(join(top, 'scan', 'results.json'), JSON.stringify({ results }));
  const run = {
    tool: { driver: { name: 'Shop Lint' } },
    externalPropertyFileReferences: { results: [{ location: { uri: 'results.json' } }] },
  };
  await writeFile(log, JSON.stringify({ version: '2.1.0', runs: [run] }));
  const found: unknown[] = [];
  for await (const event of readSarif(fileSource(log), { openExternal: externalFiles(log) })) {
    if (event.type === 'result') found.push(event.result);
  }
  expect(found).toEqual(results);
});
