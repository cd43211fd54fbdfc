import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { describe, expect, test } from 'vitest';
import { builtCommand, documentOf, type Ended, isBuilt, scenario } from './test-support/scenario.ts';

const { sariflow, write, path } = scenario();

interface LogOptions {
  readonly tool?: string;
  readonly results?: number;
  readonly level?: string;
  readonly ruleId?: string;
  readonly run?: object;
}

function log({
  tool = 'Scenario Scanner',
  results = 2,
  level = 'error',
  ruleId = 'R1',
  run = {},
}: LogOptions = {}): string {
  return JSON.stringify({
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: { name: tool, rules: [{ id: ruleId, shortDescription: { text: 'A rule' }, help: { text: 'Help' } }] },
        },
        results: Array.from({ length: results }, (_, index) => ({
          ruleId,
          level,
          message: { text: `Finding ${index}` },
          locations: [
            { physicalLocation: { artifactLocation: { uri: 'src/app.ts' }, region: { startLine: index + 1 } } },
          ],
        })),
        ...run,
      },
    ],
  });
}

const semgrep = JSON.stringify({
  version: '1.140.0',
  results: [
    {
      check_id: 'javascript.eval',
      path: 'src/app.js',
      start: { line: 3, col: 1, offset: 20 },
      end: { line: 3, col: 9, offset: 28 },
      extra: { message: 'Do not use eval.', severity: 'ERROR', metadata: {}, lines: 'eval(x)' },
    },
  ],
  errors: [],
  paths: { scanned: ['src/app.js'] },
});

function sumsUp(account: Record<string, number>): boolean {
  const { in: total, accepted, merged, rejected, dropped, held, undelivered, unknown } = account;
  return total === accepted! + merged! + rejected! + dropped! + held! + undelivered! + unknown!;
}

const local = ['--target', 'local', '--json'];

test('the command has been built; the scenarios below run it', () => {
  // Without this a missing build would look like a success.
  expect(isBuilt || process.env['CI'] === undefined).toBe(true);
});

describe.skipIf(!isBuilt)('usage', () => {
  test.each([
    [['--nonsense'], "unknown option '--nonsense'"],
    [['uplaod'], 'Did you mean upload?'],
    [['upload'], "missing required argument 'paths'"],
    [['upload', 'x', '--target', 'moon'], 'Allowed choices are cortex, certus, local'],
    [['upload', 'x', '--concurrency', '0'], 'Give a whole number, 1 to 64'],
    [['upload', 'x', '--max-part-bytes', '99999999'], 'at most 10000000 bytes'],
    [['upload', 'x', '--quiet', '--verbose'], 'cannot be used with'],
    [['upload', '-', '--api-key-file', '-'], 'not both'],
    [['upload', 'x'], 'SARIFLOW_URL'],
    [['validate', 'x', '--config', 'missing.json'], 'missing.json cannot be read'],
  ])('%j exits 2 and says why', async (args, words) => {
    const ended = await sariflow(args);
    expect(ended.err).toContain(words);
    expect(ended.err.trim().split('\n')).toHaveLength(1);
    expect(ended).toMatchObject({ code: 2, out: '' });
  });

  test('with --json the failure is a document', async () => {
    const ended = await sariflow(['upload', '--json', '--nonsense', 'x']);
    expect(ended.code).toBe(2);
    expect(await documentOf(ended, 'failure')).toMatchObject({ command: 'upload', exit: { code: 2, name: 'usage' } });
    const converted = await sariflow(['convert', 'x', '--json']);
    expect((await documentOf(converted, 'failure')).error.message).toContain('with -o');
  });

  test('help and version go to standard output and exit 0', async () => {
    expect(await sariflow(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      err: '',
    });
    const help = await sariflow(['upload', '--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('--dry-run');
    expect(help.out).not.toContain('--api-key <key>');
  });

  test('a key on the command line is refused and not repeated', async () => {
    for (const args of [['--api-key=canary-key'], ['--api-key', 'canary-key']]) {
      const ended = await sariflow(['upload', 'x', '--json', ...args]);
      expect(ended.code).toBe(2);
      expect(ended.out + ended.err).not.toContain('canary');
    }
  });

  test('configuration: values are taken, flags win, unknown names and keys are refused', async () => {
    await write('a.sarif', log().replaceAll('"level":"error",', ''));
    await write('c.json', '{"failOn":"warning","profile":"cortex","maxPartBytes":5000,"color":false}');
    expect((await sariflow(['validate', 'a.sarif', '--config', 'c.json'])).code).toBe(1);
    expect((await sariflow(['validate', 'a.sarif', '--config', 'c.json', '--fail-on', 'error'])).code).toBe(0);
    await write('typo.json', '{"failOnn":"note"}');
    expect(await sariflow(['validate', 'a.sarif', '--config', 'typo.json'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean "failOn"?'),
    });
    await write('key.json', '{"apiKey":"canary"}');
    const refused = await sariflow(['upload', 'a.sarif', '--config', 'key.json']);
    expect(refused.code).toBe(2);
    expect(refused.err).not.toContain('canary');
    await write('bad.json', '{"failOn":"sometimes"}');
    expect((await sariflow(['validate', 'a.sarif', '--config', 'bad.json'])).code).toBe(2);
  });

  test.skipIf(!existsSync('/usr/bin/node') || !/^v(1\d|20|21)\./.test(versionOf('/usr/bin/node')))(
    'an old Node gets one line',
    async () => {
      let failure: { status?: number; stdout?: Buffer; stderr?: Buffer } = {};
      try {
        execFileSync('/usr/bin/node', [builtCommand, 'validate', 'x'], { stdio: 'pipe' });
      } catch (error) {
        failure = error as typeof failure;
      }
      expect(failure.status).toBe(2);
      expect(failure.stdout?.toString()).toBe('');
      expect(failure.stderr?.toString()).toMatch(/^error: sariflow needs Node 22\.19 or newer.*\n$/);
    },
  );
});

describe.skipIf(!isBuilt)('validate', () => {
  test('good, bad and missing: the others go on', async () => {
    await write('good.sarif', log());
    await write('bad.sarif', log({ level: 'critical' }));
    const ended = await sariflow(['validate', '--json', 'good.sarif', 'bad.sarif']);
    expect(ended.code).toBe(1);
    const document = await documentOf(ended, 'validate');
    expect(document.files).toMatchObject([
      { path: 'good.sarif', valid: true, runs: 1, results: 2 },
      {
        path: 'bad.sarif',
        valid: false,
        diagnostics: expect.arrayContaining([expect.objectContaining({ ruleId: 'SF-S205', count: 2 })]),
      },
    ]);
    expect((await sariflow(['validate', 'good.sarif', 'missing.sarif'])).code).toBe(3);
    expect((await sariflow(['validate', 'good.sarif'])).code).toBe(0);
  });

  test('defects repeat by the thousand and stay one kind, with the right count', async () => {
    await write('many.sarif', log({ level: 'critical', results: 1000 }));
    const document = await documentOf(await sariflow(['validate', '--json', 'many.sarif']), 'validate');
    expect(document.files[0].counts.error).toBe(1000);
    expect(
      document.files[0].diagnostics.filter(({ ruleId }: { ruleId: string }) => ruleId === 'SF-S205'),
    ).toMatchObject([{ count: 1000 }]);
  });

  test('a log that is cut, an empty file, a page and another format are errors with a place', async () => {
    await write('cut.sarif', log().slice(0, 300));
    await write('empty.sarif', '');
    await write('page.sarif', '<!DOCTYPE html><html><body>Log in</body></html>');
    await write('semgrep.json', semgrep);
    const ended = await sariflow(['validate', '--json', 'cut.sarif', 'empty.sarif', 'page.sarif', 'semgrep.json']);
    expect(ended.code).toBe(1);
    const { files } = await documentOf(ended, 'validate');
    const rules = files.map(
      (file: { diagnostics: { ruleId: string; place: unknown }[] }) => file.diagnostics[0]!.ruleId,
    );
    expect(rules).toEqual(['SF-P106', 'SF-P101', 'SF-P117', 'SF-P117']);
    for (const file of files) expect(file.diagnostics[0].place).not.toBeNull();
  });

  test('hostile names and values reach the terminal escaped', async () => {
    const name = 'a\n::error file=x::forged\x1b[31m.sarif';
    await write(name, log({ level: '\n::error::y\x1b]0;z\x07##vso[task.complete]', tool: '\u202e' }));
    const ended = await sariflow(['validate', name, '--color'], { env: { GITHUB_ACTIONS: 'true' } });
    const shown = (ended.out + ended.err).replace(/\x1b\[\d+m/g, '');
    expect(shown).toContain('\\x1b[31m');
    expect(shown).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
    expect(shown).not.toMatch(/^\s*::/m);
    expect(shown).not.toContain('##vso[');
  });

  test('NO_COLOR and pipes have no colours, --color has', async () => {
    await write('bad.sarif', log({ level: 'critical' }));
    expect((await sariflow(['validate', 'bad.sarif'])).out).not.toContain('\x1b');
    expect((await sariflow(['validate', 'bad.sarif', '--color'])).out).toContain('\x1b[31m');
    expect(
      (await sariflow(['validate', 'bad.sarif', '--color=never'], { env: { FORCE_COLOR: '1' } })).out,
    ).not.toContain('\x1b');
  });

  test('a reader that goes away does not change the outcome', async () => {
    await write('bad.sarif', log({ level: 'critical', results: 50 }));
    const ended = await sariflow(['validate', ...Array.from({ length: 1 }, () => 'bad.sarif')], {
      onStart: (child) => child.stdout?.destroy(),
    });
    expect(ended.code).toBe(1);
    expect(ended.err).toBe('');
  });
});

describe.skipIf(!isBuilt)('convert', () => {
  test('one report to standard output, which is SARIF and nothing else', async () => {
    await write('with space.json', semgrep);
    const ended = await sariflow(['convert', 'with space.json']);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.out).runs[0].results).toHaveLength(1);
    expect(ended.err).toContain('because');
    const piped = await sariflow(['convert', '-'], { input: semgrep });
    expect(JSON.parse(piped.out).runs[0].results).toHaveLength(1);
  });

  test('several reports to a folder, with an account', async () => {
    await mkdir(path('sub'));
    await write('a.json', semgrep);
    await write('sub/a.json', semgrep.replace('eval.', 'eval!'));
    await write('b.sarif', log());
    const ended = await sariflow(['convert', '--json', 'a.json', 'sub', 'b.sarif', '-o', 'out/']);
    expect(ended.code).toBe(0);
    const document = await documentOf(ended, 'convert');
    expect(document.files.map(({ output }: { output: string }) => output)).toEqual([
      'out/a.sarif',
      'out/a-2.sarif',
      'out/b.sarif',
    ]);
    expect(document.account).toMatchObject({ in: 4, accepted: 4 });
    expect((await readdir(path('out'))).sort()).toEqual(['a-2.sarif', 'a.sarif', 'b.sarif']);
  });

  test('what is not recognised is said; nothing half-written stays; the report is never overwritten', async () => {
    await write('odd.json', '{"hello":"world"}');
    await write('cut.json', semgrep.slice(0, 200));
    await write('b.sarif', log());
    const ended = await sariflow(['convert', 'odd.json', 'cut.json', '-o', 'out/']);
    expect(ended.code).toBe(3);
    expect(ended.err).toContain('odd.json: The format is not recognised');
    expect(existsSync(path('out')) ? await readdir(path('out')) : []).toEqual([]);
    expect((await sariflow(['convert', 'b.sarif', '-o', 'b.sarif'])).code).toBe(2);
    expect(await readFile(path('b.sarif'), 'utf8')).toBe(log());
    expect((await sariflow(['convert', 'b.sarif', 'odd.json', 'b.sarif', '-o', 'one.sarif'])).code).toBe(3);
  });
});

describe.skipIf(!isBuilt)('upload to the embedded Collector', () => {
  test('a report, a folder, an archive and standard input arrive, and the account adds up', async () => {
    await mkdir(path('scan results'));
    await write('scan results/semgrep.json', semgrep);
    await write('scan results/package.json', '{"name":"x","version":"1.0.0"}');
    const body = Buffer.from(log({ tool: 'Packed', results: 3 }));
    await write(
      'old.tar.gz',
      gzipSync(await packTar([{ header: { name: '../packed.sarif', size: body.length }, body }])),
    );
    const ended = await sariflow(['upload', 'scan results', 'old.tar.gz', '-', ...local], {
      input: gzipSync(log({ tool: 'Piped' })),
    });
    expect(ended.err).toContain('uploaded 6 findings of 3 files');
    expect(ended.code).toBe(0);
    const document = await documentOf(ended, 'upload');
    expect(
      document.files.map(({ path, findings, delivered }: Record<string, unknown>) => [path, findings, delivered]),
    ).toEqual([
      ['scan results/semgrep.json', 1, true],
      ['old.tar.gz!/../packed.sarif', 3, true],
      ['-', 2, true],
    ]);
    expect(document.account).toMatchObject({ in: 6, accepted: 6 });
    expect(document.parts.every(({ httpStatus }: { httpStatus: number }) => httpStatus === 201)).toBe(true);
    expect(sumsUp(document.account)).toBe(true);
    expect((await stat(path('.sariflow'))).mode & 0o777).toBe(0o700);
    expect(await readdir(path())).not.toContain('packed.sarif');
  });

  test('the same again is not sent again; a change is; --force is', async () => {
    await write('a.sarif', log());
    const run = async (...more: string[]) => {
      const document = await documentOf(await sariflow(['upload', 'a.sarif', ...local, ...more]), 'upload');
      return document.parts.map(({ outcome, attempts }: Record<string, unknown>) => [outcome, attempts]);
    };
    expect(await run()).toEqual([['accepted', 1]]);
    expect(await run()).toEqual([['accepted', 0]]);
    expect(await run('--force')).toEqual([['accepted', 1]]);
    await write('a.sarif', log({ results: 3 }));
    expect(await run()).toEqual([['accepted', 1]]);
    expect(await run('--no-ledger')).toEqual([['accepted', 1]]);
  });

  test('a scan that looks broken is held back', async () => {
    await write('a.sarif', log({ results: 40 }));
    expect((await sariflow(['upload', 'a.sarif', ...local])).code).toBe(0);
    const attempt = async (content: string, ...more: string[]) => {
      await write('a.sarif', content);
      return (await sariflow(['upload', 'a.sarif', ...local, ...more])).code;
    };
    expect(await attempt(log({ results: 5 }))).toBe(8);
    expect(await attempt(log({ results: 0 }))).toBe(8);
    expect(await attempt(log({ run: { results: null } }))).toBe(8);
    expect(await attempt(log({ results: 40, run: { invocations: [{ executionSuccessful: false }] } }))).toBe(8);
    expect(await attempt(log({ results: 40 }).slice(0, -20))).toBe(8);
    expect(await attempt(log({ results: 0 }), '--soft-fail')).toBe(0);
    expect(await attempt(log({ results: 0 }), '--allow-empty')).toBe(0);
  });

  test('one bad input of two: the good one arrives, and the exit code tells', async () => {
    await write('good.sarif', log());
    await write('bad.sarif', 'this is not JSON');
    const ended = await sariflow(['upload', 'bad.sarif', 'good.sarif', ...local]);
    expect(ended.code).toBe(3);
    const document = await documentOf(ended, 'upload');
    expect(document.files).toMatchObject([
      { path: 'bad.sarif', delivered: false, error: { code: expect.any(String) } },
      { path: 'good.sarif', delivered: true },
    ]);
    const soft = await documentOf(
      await sariflow(['upload', 'bad.sarif', 'good.sarif', ...local, '--soft-fail']),
      'upload',
    );
    expect(soft.exit).toEqual({ code: 0, name: 'unreadable', softFailed: true });
  });

  test('nothing found is not a success', async () => {
    await mkdir(path('empty'));
    await write('package.json', '{"name":"x","version":"1.0.0"}');
    expect((await sariflow(['upload', 'empty', ...local])).code).toBe(3);
    expect((await sariflow(['upload', '*.sarif', ...local])).code).toBe(3);
    expect((await sariflow(['upload', '.', ...local])).code).toBe(3);
  });

  test('a dry run needs no key, sends nothing, leaves nothing and does not claim to', async () => {
    await write('a.sarif', log());
    const ended = await sariflow(['upload', 'a.sarif', '--dry-run', '--save-parts', 'parts', '--json', '--verbose']);
    expect(ended.code).toBe(0);
    expect(ended.out + ended.err).not.toMatch(/uploaded/i);
    expect(ended.err).toContain('would send 2 findings');
    const document = await documentOf(ended, 'upload');
    expect(document).toMatchObject({ dryRun: true, parts: [{ outcome: 'would-send', httpStatus: null }] });
    expect(sumsUp(document.account)).toBe(true);
    const [part] = await readdir(path('parts'));
    expect(JSON.parse(await readFile(path('parts', part!), 'utf8')).runs[0].results).toHaveLength(2);
    expect(existsSync(path('.sariflow'))).toBe(false);
  });

  test('what only an earlier run had is accounted for and not sent', async () => {
    const { runs } = JSON.parse(log({ results: 3 }));
    const states = ['new', 'absent', 'unchanged'];
    runs[0].results.forEach((result: Record<string, string>, at: number) => {
      result['baselineState'] = states[at]!;
    });
    await write('a.sarif', JSON.stringify({ version: '2.1.0', runs }));
    const ended = await sariflow(['upload', 'a.sarif', ...local, '--save-parts', 'parts']);
    expect(ended.code).toBe(0);
    expect((await documentOf(ended, 'upload')).account).toMatchObject({
      in: 3,
      accepted: 2,
      dropped: 1,
      reasons: expect.arrayContaining([{ code: 'absent', count: 1 }]),
    });
    const [part] = await readdir(path('parts'));
    const sent = JSON.parse(await readFile(path('parts', part!), 'utf8')).runs[0].results;
    expect(sent.map(({ message }: { message: { text: string } }) => message.text)).toEqual(['Finding 0', 'Finding 2']);
  });

  test('of a tool that did not scan, nothing is sent, and that is said', async () => {
    const [one] = JSON.parse(log()).runs;
    const silent = { tool: { driver: { name: 'Silent Scanner' } }, results: null };
    await write('a.sarif', JSON.stringify({ version: '2.1.0', runs: [one, silent] }));
    const ended = await sariflow(['upload', 'a.sarif', ...local, '--force', '--save-parts', 'parts']);
    expect(ended.code).toBe(0);
    expect(ended.err).toContain('Silent Scanner has no results');
    expect((await documentOf(ended, 'upload')).account).toMatchObject({ in: 2, accepted: 2 });
    expect(await readdir(path('parts'))).toHaveLength(1);
  });

  test('small parts: every finding is in exactly one', async () => {
    await write('a.sarif', log({ results: 60 }));
    const document = await documentOf(
      await sariflow(['upload', 'a.sarif', ...local, '--max-part-bytes', '2000']),
      'upload',
    );
    expect(document.parts.length).toBeGreaterThan(3);
    for (const { bytes } of document.parts) expect(bytes).toBeLessThanOrEqual(2000);
    expect(document.account).toMatchObject({ in: 60, accepted: 60 });
  });

  test('each value says where it comes from; user names and passwords are removed', async () => {
    await write('a.sarif', log());
    const ended = await sariflow(['upload', 'a.sarif', '--dry-run', '--json', '--verbose', '--branch', 'topic'], {
      env: { SARIFLOW_BRANCH: 'other', SARIFLOW_REPOSITORY_URL: 'https://me:canary@example.com/acme/shop.git' },
    });
    const { context } = await documentOf(ended, 'upload');
    expect(context).toMatchObject({
      branch: { value: 'topic', origin: '--branch' },
      repositoryUrl: { value: 'https://example.com/acme/shop', origin: 'SARIFLOW_REPOSITORY_URL' },
    });
    expect(ended.err).toContain('preferred to other (SARIFLOW_BRANCH)');
    expect(ended.out + ended.err).not.toContain('canary');
  });

  test('hostile names in reports stay escaped to the end', async () => {
    await write('a.sarif', log({ tool: '\n::error::forged\x1b[31m##vso[x]', ruleId: '::add-mask::x' }));
    const ended = await sariflow(['upload', 'a.sarif', '--target', 'local', '--verbose']);
    expect(ended.code).toBe(0);
    const shown = ended.out + ended.err;
    expect(shown).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
    expect(shown).not.toMatch(/^\s*::/m);
    expect(shown).not.toContain('##vso[');
  });

  test('no warning of Node reaches the user', async () => {
    await write('a.sarif', log());
    expect((await sariflow(['upload', 'a.sarif', '--target', 'local'])).err).not.toMatch(
      /ExperimentalWarning|DeprecationWarning/,
    );
  });
});

describe.skipIf(!isBuilt)('upload over HTTP', () => {
  /** A target that answers everything in one way, and notes what it was sent. */
  async function target(answer: { status: number; body: string; delayMs?: number }) {
    const seen: { url: string | undefined; authorization: string | undefined }[] = [];
    const server = createServer((request, response) => {
      seen.push({ url: request.url, authorization: request.headers.authorization });
      request
        .resume()
        .on('end', () =>
          setTimeout(
            () => response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body),
            answer.delayMs ?? 0,
          ),
        );
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/public_api/appsec/v1/collectors/col_1`;
    return {
      url,
      seen,
      async [Symbol.asyncDispose]() {
        server.closeAllConnections();
        server.close();
      },
    };
  }

  const settings = (url: string) => ({
    SARIFLOW_URL: url,
    SARIFLOW_API_KEY: 'canary-key-0123456789',
    SARIFLOW_API_KEY_ID: '7',
    SARIFLOW_REPOSITORY_URL: 'https://example.com/acme/shop',
  });

  test.each([
    [201, '{"status":"INGESTED","message":"2 findings"}', 0, 'ok'],
    [401, '{"reply":{"err_code":401,"err_msg":"no"}}', 4, 'auth'],
    [403, '{"reply":{"err_code":403,"err_msg":"canary-key-0123456789"}}', 4, 'auth'],
    [400, '{"errorCode":"BadRequest","message":"no"}', 5, 'rejected'],
    [404, '{"errorCode":"_NotFoundError","message":"no"}', 5, 'rejected'],
  ])(
    'an answer of %i: the exit code is the documented one, and the key is nowhere',
    async (status, body, code, name) => {
      await write('a.sarif', log());
      await using server = await target({ status, body });
      const ended = await sariflow(['upload', 'a.sarif', '--json', '--verbose'], { env: settings(server.url) });
      expect(ended.code).toBe(code);
      const document = await documentOf(ended, 'upload');
      expect(document.exit.name).toBe(name);
      expect(sumsUp(document.account)).toBe(true);
      // Of refused content each half is tried once more: one of two results may be the culprit.
      expect(server.seen).toHaveLength(status === 400 ? 3 : 1);
      expect(ended.out + ended.err).not.toContain('canary');
    },
  );

  test('the key comes from a file or standard input as well', async () => {
    await write('a.sarif', log());
    await write('key file', 'from-the-file\n');
    await using server = await target({ status: 201, body: '{"status":"INGESTED","message":"ok"}' });
    const { SARIFLOW_API_KEY: _, ...env } = settings(server.url);
    expect((await sariflow(['upload', 'a.sarif', '--no-ledger', '--api-key-file', 'key file'], { env })).code).toBe(0);
    expect(
      (await sariflow(['upload', 'a.sarif', '--no-ledger', '--api-key-file', '-'], { env, input: 'from-stdin' })).code,
    ).toBe(0);
    expect(server.seen.map(({ authorization }) => authorization)).toEqual(['from-the-file', 'from-stdin']);
  });

  test('nobody listens: undelivered, and running again is the advice', async () => {
    await write('a.sarif', log());
    const ended = await sariflow(['upload', 'a.sarif', '--json', '--deadline', '3'], {
      env: settings('http://127.0.0.1:9/collectors/c'),
    });
    expect(ended.code).toBe(6);
    const document = await documentOf(ended, 'upload');
    expect(document.account).toMatchObject({ in: 2, undelivered: 2 });
    expect(document.next.join()).toContain('again');
  });

  test('the first signal lets what is under way finish, and the account is told', async () => {
    await write('a.sarif', log({ results: 60 }));
    await using server = await target({ status: 201, body: '{"status":"INGESTED","message":"ok"}', delayMs: 700 });
    const ended = await sariflow(['upload', 'a.sarif', '--json', '--max-part-bytes', '2000'], {
      env: settings(server.url),
      onStart: (child) => {
        const poll = setInterval(() => {
          if (server.seen.length === 0) return;
          clearInterval(poll);
          child.kill('SIGTERM');
        }, 20);
      },
    });
    expect(ended.code).toBe(143);
    const document = await documentOf(ended, 'upload');
    expect(document.exit.name).toBe('interrupted');
    expect(document.parts.filter(({ outcome }: { outcome: string }) => outcome === 'accepted').length).toBeGreaterThan(
      0,
    );
    expect(server.seen.length).toBeLessThan(8);
    expect(sumsUp(document.account)).toBe(true);
  });
});

describe.skipIf(!isBuilt)('serve', () => {
  test('says how to upload to it, takes an upload, and ends when asked', async () => {
    await write('a.sarif', log());
    let uploaded: Promise<Ended> | undefined;
    const served = await sariflow(['serve', '--port', '0', '--demo', '--json'], {
      onStart: (child) => {
        let out = '';
        child.stdout?.on('data', (chunk: string) => {
          out += chunk;
          if (uploaded !== undefined || !out.endsWith('}\n')) return;
          const env = { ...JSON.parse(out).environment, SARIFLOW_REPOSITORY_URL: 'https://example.com/acme/shop' };
          uploaded = sariflow(['upload', 'a.sarif', '--json'], { env });
          void uploaded.then(() => child.kill('SIGINT'));
        });
      },
    });
    expect(await uploaded).toMatchObject({ code: 0 });
    expect(served.code).toBe(0);
    expect(await documentOf(served, 'serve')).toMatchObject({
      page: expect.stringContaining('/ui'),
      database: ':memory:',
    });
  });

  test('a port that is taken is a usage error', async () => {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    expect(await sariflow(['serve', '--demo', '--port', String(port)])).toMatchObject({
      code: 2,
      err: expect.stringContaining(`Port ${port} is taken`),
    });
    server.close();
  });
});

function versionOf(node: string): string {
  return execFileSync(node, ['--version']).toString();
}
