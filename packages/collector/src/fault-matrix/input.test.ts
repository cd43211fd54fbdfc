import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { chown, link, mkdir, open, rename, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { type Part, readSarif, splitIntoParts } from '@sariflow/sarif';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentOf, isBuilt, scenario } from '../cli/test-support/scenario.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';
import { accept, messagesOf, sampleLog, settingsFor } from './test-support/command-delivery.ts';

// Section 3.5 of the fault matrix, rows 63 to 76: inputs. What the receiver has seen is what is believed.

const { sariflow, write, path } = scenario();
const isRoot = process.getuid?.() === 0;
const files = Number(process.env['SARIFLOW_FILES'] ?? 1000);

/** Uploads to a server that takes everything; tells how the command ended and what has arrived. */
async function upload(args: readonly string[], options: Parameters<typeof sariflow>[1] = {}) {
  await using server = await startHttpServer((response) => accept(response));
  const ended = await sariflow(['upload', ...args], {
    ...options,
    env: { ...settingsFor(server.origin), ...options.env },
  });
  return { ...ended, bodies: server.seen.map(({ body }) => body), requests: [...server.seen] };
}

describe.skipIf(!isBuilt)('which files', () => {
  test('63 the same file twice, a link, a hard link, two patterns, the same content under two names: sent once, and said', async () => {
    await write('a.sarif', sampleLog());
    await link(path('a.sarif'), path('hard.sarif'));
    await symlink('a.sarif', path('soft.sarif'));
    await write('copy.sarif', sampleLog());
    await mkdir(path('loop'));
    await symlink('..', path('loop', 'up'));
    const ended = await upload(['a.sarif', 'a.sarif', '*.sarif', '[a-z]*.sarif', '.', '--json']);
    expect(ended.code).toBe(0);
    expect(ended.bodies).toHaveLength(1);
    expect(ended.err).toContain('the same file as a.sarif');
    expect(ended.err).toContain('given twice');
    const { account } = await documentOf(ended, 'upload');
    expect(account).toMatchObject({ in: 4, accepted: 4, reasons: [{ code: 'already-delivered', count: 2 }] });
  });

  test('64 a file that is written, cut and replaced all the time: refused, or one version as a whole', async () => {
    const versions = ['old', 'new', 'newest'].map((name, index) =>
      sampleLog({ results: 400 + index * 100, words: ` ${name}`.repeat(20) }),
    );
    let stopped = false;
    await write('a.sarif', versions[0] ?? '');
    const writer = (async () => {
      for (let round = 0; !stopped; round += 1) {
        const version = versions[round % versions.length] ?? '';
        if (round % 3 === 0) {
          await writeFile(path('draft'), version);
          await rename(path('draft'), path('a.sarif'));
        } else await writeFile(path('a.sarif'), version);
        await new Promise((resolve) => setTimeout(resolve, round % 7));
      }
    })();
    const counts = new Set<number>();
    try {
      for (let round = 0; round < 4; round += 1) {
        const { code, bodies, err } = await upload([
          'a.sarif',
          '--no-ledger',
          '--max-part-bytes',
          '9000000',
          '--force',
        ]);
        expect([0, 1, 3, 5, 8]).toContain(code);
        if (code !== 0) expect(err).toMatch(/\(SF-|ends early/);
        for (const body of bodies) {
          const messages = messagesOf(body);
          counts.add(messages.length);
          expect(new Set(messages.map((message) => message.replace(/^Finding \d+/, ''))).size).toBe(1);
        }
      }
    } finally {
      stopped = true;
      await writer;
    }
    for (const count of counts) expect([400, 500, 600]).toContain(count);
  });

  test('65 what is no report: named, the others go on, and the exit code is not 0', async () => {
    await write('good.sarif', sampleLog());
    await write('empty.sarif', '');
    await mkdir(path('folder.sarif'));
    execFileSync('mkfifo', [path('pipe.sarif')]);
    const socket = createServer();
    await new Promise<void>((ready) => socket.listen(path('s.sarif'), ready));
    const ended = await upload(
      ['empty.sarif', 'folder.sarif', 'pipe.sarif', 's.sarif', '/dev/zero', 'missing.sarif', 'good.sarif', '--json'],
      {},
    );
    socket.close();
    expect(ended.code).toBe(3);
    const { files: named } = await documentOf(ended, 'upload');
    expect(named.map((file: { path: string; error?: { code: string } }) => [file.path, file.error?.code])).toEqual([
      ['empty.sarif', expect.stringMatching(/^SF-/)],
      ['folder.sarif', 'SF-I101'],
      ['pipe.sarif', 'SF-I103'],
      ['s.sarif', 'SF-I103'],
      ['/dev/zero', 'SF-I103'],
      ['missing.sarif', 'SF-I101'],
      ['good.sarif', undefined],
    ]);
    expect(ended.bodies).toHaveLength(1);
  });

  test.skipIf(!isRoot)('65 a file that may not be read', async () => {
    await write('good.sarif', sampleLog());
    await write('secret.sarif', sampleLog({ tool: 'Other' }));
    chmodSync(path('secret.sarif'), 0o000);
    // Root may read anything, so the command runs as somebody else.
    const nobody = 65_534;
    await chown(path(), nobody, nobody);
    await chown(path('good.sarif'), nobody, nobody);
    const ended = await upload(['secret.sarif', 'good.sarif'], { uid: nobody });
    expect(ended).toMatchObject({ code: 3, err: expect.stringContaining('SF-I102') });
    expect(ended.bodies).toHaveLength(1);
  });

  test(`74 many files in one folder, with names that are none (${files} of 100,000): a stable order, nothing lost`, async () => {
    await mkdir(path('many'));
    for (let index = 0; index < files; index += 1) writeFileSync(path('many', `${index % 7}-${index}.txt`), '');
    const odd = [
      Buffer.from('a\nb.sarif'),
      Buffer.from([0x62, 0xff, 0xfe, ...Buffer.from('.sarif')]),
      Buffer.from('c.sarif'),
    ];
    for (const [index, name] of odd.entries()) {
      writeFileSync(Buffer.concat([Buffer.from(`${path('many')}/`), name]), sampleLog({ tool: `Tool ${index}` }));
    }
    const first = await upload(['many', '--json', '--no-ledger']);
    expect(first.code).toBe(0);
    const { files: found } = await documentOf(first, 'upload');
    expect(found.map(({ path: name }: { path: string }) => name)).toEqual([
      'many/a\nb.sarif',
      'many/b\ufffd\ufffd.sarif',
      'many/c.sarif',
    ]);
    expect(first.err).not.toContain('a\nb');
    const second = await upload(['many', '--json', '--no-ledger']);
    expect(second.bodies.sort()).toEqual(first.bodies.sort());
  });
});

describe.skipIf(!isBuilt)('packed files', () => {
  test('66 a gzip bomb of 160 members, 10 MB to 10 GB: stopped at the limit, in little time and memory', async () => {
    const member = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
    await write('bomb.sarif.gz', Buffer.concat(Array.from({ length: 160 }, () => member)));
    await write('good.sarif', sampleLog());
    const ended = await upload(['bomb.sarif.gz', 'good.sarif', '--json']);
    expect(ended.code).toBe(3);
    expect((await documentOf(ended, 'upload')).files).toMatchObject([
      { error: { code: 'SF-I107' } },
      { delivered: true },
    ]);
  });

  test('66 several members, a member cut short, and a .gz that is none', async () => {
    const log = sampleLog({ results: 50 });
    await write('two.gz', Buffer.concat([gzipSync(log.slice(0, 999)), gzipSync(log.slice(999))]));
    await write('cut.gz', gzipSync(sampleLog({ tool: 'Cut', results: 50 })).subarray(0, 200));
    await write('plain.sarif.gz', sampleLog({ tool: 'Plain' }));
    const ended = await upload(['two.gz', 'cut.gz', 'plain.sarif.gz', '--json']);
    expect((await documentOf(ended, 'upload')).files).toMatchObject([
      { path: 'two.gz', findings: 50, delivered: true },
      { path: 'cut.gz', delivered: false, error: { code: 'SF-I105' } },
      { path: 'plain.sarif.gz', delivered: true },
    ]);
    expect(ended.bodies).toHaveLength(2);
  });
});

describe.skipIf(!isBuilt)('what is in them', () => {
  test.each([5000, 5_000_000])('67 nesting %i deep: that file is refused by name, the others go on', async (depth) => {
    const bottomless = `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"properties":{"a":${'['.repeat(depth)}${']'.repeat(depth)}},"results":[]}]}`;
    await write('deep.sarif', bottomless);
    await write('good.sarif', sampleLog());
    const ended = await upload(['deep.sarif', 'good.sarif', '--json']);
    expect(ended.code).toBe(3);
    expect((await documentOf(ended, 'upload')).files).toMatchObject([
      { path: 'deep.sarif', error: { code: expect.stringMatching(/^SF-P/) } },
      { path: 'good.sarif', delivered: true },
    ]);
  });

  test('68 __proto__, constructor and toString are data: kept, never merged', async () => {
    const more =
      '"properties":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1}';
    await write('a.sarif', sampleLog({ results: 1, more: { properties: 0 } }).replace('"properties":0', more));
    for (const nodeArgs of [[], ['--disable-proto=throw']]) {
      const ended = await upload(['a.sarif', '--no-ledger'], { nodeArgs });
      expect(ended.code).toBe(0);
      expect(ended.bodies[0]).toContain(more);
    }
  });

  test('69 half a pair of surrogates, escaped or as bytes: never shorter than declared', async () => {
    await write('escaped.sarif', sampleLog({ results: 1, words: ' HALF' }).replace('HALF', '\\ud800 \\udc00x'));
    const [before, after] = sampleLog({ results: 1, words: ' HALF', tool: 'Bytes' }).split('HALF');
    await write(
      'bytes.sarif',
      Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(after ?? '')]),
    );
    const ended = await upload(['escaped.sarif', 'bytes.sarif', '--json']);
    for (const { headers, body } of ended.requests) {
      expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body));
      expect(() => JSON.parse(body)).not.toThrow();
    }
    const { files: told } = await documentOf(ended, 'upload');
    expect(told[0]).toMatchObject({ delivered: true });
    // Bytes that are no UTF-8 are not guessed at: that finding is not sent, with the reason, and no empty scan in its place.
    expect(told[1]).toMatchObject({ delivered: false, account: { in: 1, dropped: 1, reasons: [{ code: 'SF-P104' }] } });
    expect(ended.requests).toHaveLength(1);
  });

  test('70 a byte order mark is dropped; a finding with invalid UTF-8 and a file in UTF-16 are refused by name', async () => {
    await write('bom.sarif', `\ufeff${sampleLog()}`);
    await write('utf16.sarif', Buffer.from(`\ufeff${sampleLog({ tool: 'Wide' })}`, 'utf16le'));
    const bytes = Buffer.from(sampleLog({ tool: 'Broken' }));
    bytes[bytes.indexOf('Finding')] = 0xff;
    await write('broken.sarif', bytes);
    const ended = await upload(['bom.sarif', 'utf16.sarif', 'broken.sarif', '--json']);
    expect(ended.code).toBe(3);
    expect(ended.bodies.every((body) => body.startsWith('{'))).toBe(true);
    expect(ended.bodies.map(messagesOf).sort()).toEqual([['Finding 0', 'Finding 1'], ['Finding 1']]);
    expect(ended.err).toContain('UTF-16');
    expect(ended.err).toMatch(/SF-P104 broken\.sarif.*UTF-8/);
  });

  test('71 hostile words: verbatim to the server, escaped on terminals and in build logs', async () => {
    const hostile = '\u0007\u001b[31m\u009b1m\u202e\r\n::error::forged\n##vso[task.complete]\n##teamcity[x]';
    await write('a.sarif', sampleLog({ results: 1, tool: `T${hostile}`, words: hostile }));
    for (const ci of [
      { GITHUB_ACTIONS: 'true' },
      { GITLAB_CI: 'true' },
      { TF_BUILD: 'True' },
      { JENKINS_URL: 'https://ci.example' },
      { TEAMCITY_VERSION: '2026' },
    ]) {
      const ended = await upload(['a.sarif', '--no-ledger', '--verbose', '--branch', `b${hostile}`], { env: ci });
      expect(ended.code).toBe(0);
      const log = JSON.parse(ended.bodies[0] ?? '');
      expect(log.runs[0].tool.driver.name).toBe(`T${hostile}`);
      expect(messagesOf(ended.bodies[0] ?? '')).toEqual([`Finding 0${hostile}`]);
      const shown = ended.out + ended.err;
      expect(shown).toContain('\\x1b[31m');
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      expect(shown).not.toMatch(/^\s*(::|##)/m);
      expect(shown).not.toMatch(/##(vso|teamcity)\[/);
    }
  });

  test('72 numbers keep their text, or their going is said; of a name that stands twice, what a reader would take is sent', async () => {
    const exact = '"properties":{"c":-0,"d":1.0,"e":0.1e-7}';
    const inexact = '"properties":{"a":9007199254740993,"b":1e999,"f":12345678901234567890}';
    const one = (tool: string, numbers: string) =>
      sampleLog({ results: 1, tool, more: { properties: 0 } }).replace('"properties":0', numbers);
    await write('exact.sarif', one('Exact', exact));
    await write('inexact.sarif', one('Inexact', inexact));
    await write(
      'twice.sarif',
      sampleLog({ results: 1, tool: 'Twice' }).replace('"level":"error"', '"level":"note","level":"error"'),
    );
    const ended = await upload(['exact.sarif', 'inexact.sarif', 'twice.sarif', '--concurrency', '1']);
    expect(ended.code).toBe(0);
    const bodyOf = (tool: string) => ended.bodies.find((body) => body.includes(`"name":"${tool}"`)) ?? '';
    expect(bodyOf('Exact')).toContain(exact);
    // What no reader could tell from its neighbours is not passed on as something else.
    expect(bodyOf('Inexact')).not.toMatch(/900719925474099[24]|12345678901234567[^8]|1e308|null/);
    expect(ended.err).toMatch(/SF-P110 inexact\.sarif.*number/);
    expect(JSON.parse(bodyOf('Twice')).runs[0].results[0].level).toBe('error');
  });

  test('73 one result of 11 MB among others: it alone is not sent, and the account says so', async () => {
    const [head = '', tail = ''] = sampleLog({ results: 3 }).split('"Finding 1"');
    await write('big.sarif', `${head}"Finding 1 ${'x'.repeat(11_000_000)}"${tail}`);
    const ended = await upload(['big.sarif', '--json']);
    expect(ended.code).toBe(1);
    const { account } = await documentOf(ended, 'upload');
    expect(account).toMatchObject({ in: 3, accepted: 2, dropped: 1 });
    expect(ended.bodies.flatMap(messagesOf)).toEqual(['Finding 0', 'Finding 2']);
  });

  test.skipIf(process.env['SARIFLOW_HUGE'] === undefined)(
    '73 five million results, and one string of 2 GB: constant memory (with SARIFLOW_HUGE=1)',
    async () => {
      const [head = '', tail = ''] = sampleLog({ results: 1 }).split(/(?<="results":\[).*(?=\]\}\])/);
      const result = JSON.stringify(JSON.parse(sampleLog({ results: 1 })).runs[0].results[0]);
      const huge = await open(path('huge.sarif'), 'w');
      await huge.write(head);
      const block = Buffer.from(`${Array.from({ length: 10_000 }, () => result).join(',')},`);
      for (let written = 0; written < 500; written += 1) await huge.write(block);
      await huge.write(result + tail);
      await huge.close();
      const nodeArgs = ['--max-old-space-size=200'];
      const ended = await sariflow(['upload', 'huge.sarif', '--dry-run', '--json'], { nodeArgs });
      expect((await documentOf(ended, 'upload')).account.in).toBe(5_000_001);

      const [before = '', after = ''] = sampleLog({ results: 1 }).split('Finding 0');
      const wide = await open(path('wide.sarif'), 'w');
      await wide.write(before);
      for (let written = 0; written < 2048; written += 1) await wide.write(Buffer.alloc(1_048_576, 'x'));
      await wide.write(after);
      await wide.close();
      const refused = await sariflow(['upload', 'wide.sarif', '--dry-run'], { nodeArgs });
      expect([1, 3]).toContain(refused.code);
      expect(refused.err).toMatch(/SF-/);
    },
    600_000,
  );

  test('76 branch and address: encoded exactly once, user name and password removed before sending and logging', async () => {
    await write('a.sarif', sampleLog());
    const branch = 'feature/ä#?&%2f +';
    const ended = await upload(['a.sarif', '--branch', branch, '--verbose', '--json'], {
      env: { SARIFLOW_REPOSITORY_URL: 'https://user:hush%40hush@example.com/acme/shöp?x=1#y' },
    });
    expect(ended.code).toBe(0);
    const query = new URL(ended.requests[0]?.url ?? '', 'http://x').searchParams;
    expect(query.get('branch')).toBe(branch);
    expect(query.get('repository_url')).toBe('https://example.com/acme/sh%C3%B6p');
    expect(ended.out + ended.err + JSON.stringify(ended.requests)).not.toContain('hush');
  });
});

test('75 parts are measured in bytes, not in characters: none is longer than the limit', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 900, max: 2000 }),
      async (texts, maxBytes) => {
        const log = JSON.parse(sampleLog({ results: texts.length })) as {
          runs: { results: { message: { text: string } }[] }[];
        };
        for (const [index, result] of log.runs[0]?.results.entries() ?? [])
          result.message.text = `${index}${texts[index] ?? ''}`.toWellFormed();
        const parts: Part[] = [];
        const dropped: unknown[] = [];
        const events = readSarif(Buffer.from(JSON.stringify(log)));
        for await (const part of splitIntoParts(events, { maxBytes, onDrop: (drop) => dropped.push(drop) }))
          parts.push(part);
        for (const { bytes } of parts) expect(bytes.byteLength).toBeLessThanOrEqual(maxBytes);
        expect(parts.reduce((sum, { results }) => sum + results, 0) + dropped.length).toBe(texts.length);
        expect(parts.flatMap(({ bytes }) => messagesOf(Buffer.from(bytes).toString())).length).toBe(
          texts.length - dropped.length,
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('73 the longest string of the engine is known: what is longer is refused before it is made', () => {
  expect(() => 'x'.repeat(536_870_889)).toThrow(RangeError);
});
