import { execFileSync } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, gzipSync, zstdCompressSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { discoverInputs } from './discover-inputs.ts';
import type { Discovery } from './input.ts';
import { createSpool, type Spool } from './spool.ts';

let folder: string;
let temporary: string;
let spool: Spool;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'discover-test-'));
  temporary = await mkdtemp(join(tmpdir(), 'discover-spool-'));
  spool = createSpool(temporary);
});

afterEach(async () => {
  await spool[Symbol.asyncDispose]();
  expect(await readdir(temporary), 'nothing stays in the temporary folder').toEqual([]);
  await rm(folder, { recursive: true, force: true });
  await rm(temporary, { recursive: true, force: true });
});

const isRoot = process.getuid?.() === 0;

/** What discovery says in one line each, every input read twice and disposed. */
async function discover(args: string[], standardInput: Uint8Array | string = ''): Promise<string[]> {
  const lines: string[] = [];
  const options = {
    cwd: folder,
    spool,
    async *standardInput() {
      yield typeof standardInput === 'string' ? Buffer.from(standardInput) : standardInput;
    },
  };
  for await (const found of discoverInputs(args, options)) lines.push(await lineFor(found));
  return lines;
}

async function lineFor(found: Discovery): Promise<string> {
  switch (found.type) {
    case 'input': {
      await using input = found.input;
      const first = await text(input.source.stream());
      expect(await text(input.source.stream())).toBe(first);
      return `${input.named ? 'named' : 'found'} ${input.path} ${first}`;
    }
    case 'skipped':
      return `${found.reason} ${found.path}`;
    case 'failed':
      return `${found.error.code} ${found.path}`;
  }
}

async function text(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let all = '';
  for await (const chunk of chunks) all += Buffer.from(chunk).toString();
  return all;
}

const write = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);

test('files, folders and patterns are found in a stable order, each file once', async () => {
  await mkdir(join(folder, 'scan/deep'), { recursive: true });
  await mkdir(join(folder, 'scan/.git'));
  await write('scan/b.sarif', 'b');
  await write('scan/a.json', 'a');
  await write('scan/deep/c.XML', 'c');
  await write('scan/readme.md', 'no');
  await write('scan/.git/d.json', 'no');
  await write('report.txt', 'named');

  expect(await discover(['report.txt', 'scan', 'scan/*.json', 'scan/b.sarif', './report.txt'])).toEqual([
    'named report.txt named',
    'skipped-folder scan/.git',
    'found scan/a.json a',
    'found scan/b.sarif b',
    'found scan/deep/c.XML c',
    'other-ending scan/readme.md',
    'same-file scan/a.json',
    'same-file scan/b.sarif',
    'same-file ./report.txt',
  ]);
});

test('a file whose name looks like a pattern is that file', async () => {
  await write('a[1]*.sarif', 'itself');
  await write('a1x.sarif', 'other');
  expect(await discover(['a[1]*.sarif'])).toEqual(['named a[1]*.sarif itself']);
});

test('what is missing is said and the rest goes on', async () => {
  await mkdir(join(folder, 'empty'));
  await write('good.sarif', 'good');
  expect(await discover(['nowhere.sarif', '', '*.xml', 'empty', 'good.sarif'])).toEqual([
    'SF-I101 nowhere.sarif',
    'SF-I101 ',
    'SF-I101 *.xml',
    'SF-I101 empty',
    'named good.sarif good',
  ]);
});

test('links are followed inside the folder only and never in circles', async () => {
  await mkdir(join(folder, 'scan/sub'), { recursive: true });
  await write('secret.json', 'secret');
  await write('scan/sub/a.json', 'a');
  await symlink('..', join(folder, 'scan/sub/loop'));
  await symlink('../../secret.json', join(folder, 'scan/sub/out.json'));
  await symlink('gone.json', join(folder, 'scan/sub/dangling.json'));
  await symlink('sub/a.json', join(folder, 'scan/again.json'));
  await symlink('self.json', join(folder, 'self.json'));
  expect(await discover(['scan', 'self.json'])).toEqual([
    'found scan/again.json a',
    'same-file scan/sub/a.json',
    'SF-I101 scan/sub/dangling.json',
    'same-file scan/sub/loop',
    'link-outside scan/sub/out.json',
    'SF-I102 self.json',
  ]);
});

test('two names of one file on disk count once', async () => {
  await write('a.json', 'a');
  await link(join(folder, 'a.json'), join(folder, 'b.json'));
  expect(await discover(['a.json', 'b.json'])).toEqual(['named a.json a', 'same-file b.json']);
});

test('pipes are refused instead of waited for', async () => {
  await mkdir(join(folder, 'scan'));
  await write('scan/a.json', 'a');
  execFileSync('mkfifo', [join(folder, 'pipe'), join(folder, 'scan/pipe.json')]);
  expect(await discover(['pipe', 'scan'])).toEqual([
    'SF-I103 pipe',
    'found scan/a.json a',
    'not-a-file scan/pipe.json',
  ]);
});

test.skipIf(isRoot)('an unreadable file does not stop the others', async () => {
  await write('locked.json', 'x');
  await chmod(join(folder, 'locked.json'), 0);
  await write('open.json', 'open');
  expect(await discover(['locked.json', 'open.json'])).toEqual(['SF-I102 locked.json', 'named open.json open']);
});

test('standard input is read once and kept privately', async () => {
  const seen: string[] = [];
  for await (const found of discoverInputs(['-', '-'], {
    cwd: folder,
    spool,
    async *standardInput() {
      yield Buffer.from('{"from":"stdin"}');
    },
  })) {
    if (found.type === 'input') {
      const [privateFolder] = await readdir(temporary);
      const [name] = await readdir(join(temporary, privateFolder!));
      expect((await stat(join(temporary, privateFolder!))).mode & 0o777).toBe(0o700);
      expect((await stat(join(temporary, privateFolder!, name!))).mode & 0o777).toBe(0o600);
    }
    seen.push(await lineFor(found));
  }
  expect(seen).toEqual(['named - {"from":"stdin"}', 'same-file -']);
});

test('names that are not UTF-8 are opened by their bytes', async () => {
  await mkdir(join(folder, 'scan'));
  await writeFile(Buffer.concat([Buffer.from(`${folder}/scan/`), Buffer.from([0xe4]), Buffer.from('.json')]), 'latin');
  await write('scan/line\nbreak.json', 'broken');
  expect(await discover(['scan'])).toEqual(['found scan/line\nbreak.json broken', 'found scan/\ufffd.json latin']);
});

test('compressed files and archives give their reports, judged by content', async () => {
  await write('a.sarif.gz', gzipSync('A'));
  await write('b.bin', zstdCompressSync(Buffer.from('B')));
  await write('two.gz', Buffer.concat([gzipSync('one'), gzipSync('two')]));
  await write(
    'c.zip',
    zipOf({ 'reports/x.sarif': 'X', '../../etc/y.json': 'Y', 'notes.txt': 'N', 'z.json.gz': gzipSync('Z') }),
  );
  await write('d.tgz', gzipSync(await tarOf({ 't/u.sarif': 'U', 't/v.md': 'V' })));
  await write('e.tar', await tarOf({ 'inner.zip': zipOf({ 'w.xml': 'W' }) }));

  expect(await discover(['a.sarif.gz', 'b.bin', 'two.gz', 'c.zip', 'd.tgz', 'e.tar'])).toEqual([
    'named a.sarif.gz A',
    'named b.bin B',
    'named two.gz onetwo',
    'found c.zip!/reports/x.sarif X',
    'found c.zip!/../../etc/y.json Y',
    'other-ending c.zip!/notes.txt',
    'found c.zip!/z.json.gz Z',
    'found d.tgz!/t/u.sarif U',
    'other-ending d.tgz!/t/v.md',
    'found e.tar!/inner.zip!/w.xml W',
  ]);
  expect(await readdir(folder)).toHaveLength(6);
});

test('a packed report comes through standard input too', async () => {
  expect(await discover(['-'], gzipSync('piped'))).toEqual(['named - piped']);
});

test('damaged archives are named as such and do not hang', async () => {
  const gz = gzipSync('x'.repeat(100_000) + Math.random());
  await write('cut.gz', gz.subarray(0, gz.length - 12));
  const zip = zipOf({ 'a.json': 'A' });
  await write('cut.zip', zip.subarray(0, zip.length - 10));
  const tar = await tarOf({ 'a.json': 'A'.repeat(5000) });
  await write('cut.tar', tar.subarray(0, 3000));
  await write('cut.zst', zstdCompressSync(Buffer.from('x'.repeat(100_000))).subarray(0, 12));
  await write('none.zip', zipOf({ 'readme.txt': 'x' }));
  expect(await discover(['cut.gz', 'cut.zip', 'cut.tar', 'cut.zst', 'none.zip'])).toEqual([
    'SF-I105 cut.gz',
    'SF-I105 cut.zip',
    'SF-I105 cut.tar!/a.json',
    'SF-I105 cut.tar',
    'SF-I105 cut.zst',
    'other-ending none.zip!/readme.txt',
    'SF-I101 none.zip',
  ]);
});

test('a decompression bomb stops at the limit, in one layer and in two', async () => {
  const bomb = gzipSync(Buffer.alloc(80 * 2 ** 20, 0x20));
  await write('bomb.json.gz', bomb);
  await write('nested.zip', zipOf({ 'bomb.json.gz': gzipSync(bomb) }));
  expect(await discover(['bomb.json.gz', 'nested.zip'])).toEqual([
    'SF-I107 bomb.json.gz',
    'SF-I107 nested.zip!/bomb.json.gz',
  ]);
});

test('archives in archives end somewhere', async () => {
  let packed: Uint8Array = Buffer.from('deep');
  for (let layer = 0; layer < 6; layer += 1) packed = gzipSync(packed);
  await write('deep.gz', packed);
  expect(await discover(['deep.gz'])).toEqual(['SF-I108 deep.gz']);
});

test('a file that changes between two passes is not taken for one document', async () => {
  const before = 'before'.repeat(100_000);
  await write('a.json', before);
  for await (const found of discoverInputs(['a.json'], { cwd: folder, spool, async *standardInput() {} })) {
    if (found.type !== 'input') throw new Error('expected an input');
    expect(await text(found.input.source.stream())).toBe(before);
    await write('other.json', 'after!'.repeat(100_000));
    await rename(join(folder, 'other.json'), join(folder, 'a.json'));
    await expect(text(found.input.source.stream())).rejects.toMatchObject({ code: 'SF-I104' });
  }
});

test('a small file is in every pass what it was in the first', async () => {
  await write('a.json', 'before');
  for await (const found of discoverInputs(['a.json'], { cwd: folder, spool, async *standardInput() {} })) {
    if (found.type !== 'input') throw new Error('expected an input');
    const { source } = found.input;
    expect(await text(source.stream())).toBe('before');
    await write('a.json', 'after!');
    expect([await text(source.stream()), await text(source.streamFrom(3)), source.size]).toEqual(['before', 'ore', 6]);
    expect(Buffer.from(await source.readAt(1, 20)).toString()).toBe('efore');
    expect(await text(source.streamFrom(6))).toBe('');
  }
});

async function tarOf(files: Record<string, string | Uint8Array>): Promise<Uint8Array> {
  return packTar(
    Object.entries(files).map(([name, content]) => {
      const body = Buffer.from(content as string);
      return { header: { name, size: body.length }, body };
    }),
  );
}

/** A zip archive with stored entries: local headers, data, directory, end record (APPNOTE 4.3). */
function zipOf(files: Record<string, string | Uint8Array>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content as string);
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, nameBytes, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directoryBytes, end]);
}
