import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  documentOf,
  isBuilt,
  type RunOptions,
  scenario,
} from '../../packages/collector/src/cli/test-support/scenario.ts';
import { type ApiFault, type ApiRequest, type ApiServer, faultAt, startApiServer } from './api-server.ts';
import { startSnyk } from './snyk.ts';
import { type SonarqubeOptions, startSonarqube } from './sonarqube.ts';
import { sonarProject } from './sonarqube-data.ts';

const { sariflow, write, path } = scenario();

const token = 'squ_canary0123456789abcdef';
const org = '4a18d42f-0706-4ad0-b127-24078731fbed';
const sonarArgs = ['convert', '--from', 'sonarqube', '--project', 'acme_shop', '-o', 'out.sarif', '--json'];
const snykArgs = ['convert', '--from', 'snyk', '--org', org, '-o', 'out.sarif', '--json'];
const isSearch = ({ path }: ApiRequest) => path === '/api/issues/search';

/** Runs the command against a server. Whatever happens, the token is seen nowhere. */
async function run(server: ApiServer, args: readonly string[], { env = {}, ...options }: RunOptions = {}) {
  const ended = await sariflow([...args, '--url', server.origin], {
    env: { SONAR_TOKEN: token, SNYK_TOKEN: token, ...env },
    ...options,
  });
  for (const form of [token, Buffer.from(`${token}:`).toString('base64').slice(0, 24)]) {
    expect(ended.out + ended.err).not.toContain(form);
    if (existsSync(path('out.sarif'))) expect(await readFile(path('out.sarif'), 'utf8')).not.toContain(form);
  }
  return { ...ended, requests: server.requests };
}

async function sonarqube(
  options: Partial<Omit<SonarqubeOptions, 'token'>> = {},
  args: readonly string[] = [],
  more: RunOptions = {},
) {
  const { project = sonarProject({ key: 'acme_shop', issues: 1200, hotspots: 12 }), ...rest } = options;
  await using server = await startSonarqube({ project, token, ...rest });
  return await run(server, [...sonarArgs, ...args], more);
}

interface Log {
  readonly runs: readonly { readonly results: readonly { readonly partialFingerprints?: Record<string, string> }[] }[];
}

/** Every value of a fingerprint in the log that was written, in order. */
async function fingerprints(name: string): Promise<string[]> {
  const log: Log = JSON.parse(await readFile(path('out.sarif'), 'utf8'));
  return log.runs
    .flatMap(({ results }) => results.flatMap(({ partialFingerprints }) => partialFingerprints?.[name] ?? []))
    .sort();
}

describe.skipIf(!isBuilt)('sariflow convert --from sonarqube --project', () => {
  test('25,000 issues and the hotspots of a project arrive exactly once, in one log', async () => {
    const project = sonarProject({ key: 'acme_shop', issues: 25_000, hotspots: 40 });
    await using server = await startSonarqube({ project, token });
    const ended = await run(server, sonarArgs);
    expect(ended).toMatchObject({ code: 0 });
    const open = project.hotspots.filter(({ resolution }) => resolution !== 'FIXED');
    const document = await documentOf(ended, 'convert');
    expect(document.files).toMatchObject([
      {
        path: `${new URL(server.origin).host}/acme_shop`,
        format: 'sonarqube',
        findings: 25_000 + open.length,
        output: 'out.sarif',
      },
    ]);
    expect(document.account).toMatchObject({ in: 25_000 + open.length, accepted: 25_000 + open.length, dropped: 0 });
    expect(await fingerprints('sonar/issueKey/v1')).toEqual(project.issues.map(({ key }) => key).sort());
    expect(await fingerprints('sonar/hotspotKey/v1')).toEqual(open.map(({ key }) => key).sort());
  });

  test('429 in the middle is waited for, and said', async () => {
    const answer = { status: 429, headers: { 'retry-after': '1' }, body: { errors: [{ msg: 'Too many requests' }] } };
    const ended = await sonarqube({ fault: faultAt(isSearch, [2], { type: 'answer', answer }) });
    expect(ended.code).toBe(0);
    expect(ended.err).toMatch(/waiting 1\.\d s: SonarQube at .* \(429: Too many requests\)/);
    expect(await fingerprints('sonar/issueKey/v1')).toHaveLength(1200);
  });

  test('a page that is cut is asked for again', async () => {
    const ended = await sonarqube({ fault: faultAt(isSearch, [2], { type: 'cut' }) });
    expect(ended.code).toBe(0);
    expect(ended.err).toContain('was cut off');
    expect(await fingerprints('sonar/issueKey/v1')).toHaveLength(1200);
  });

  const answers = (status: number, more: Partial<ApiFault & { headers: Record<string, string> }> = {}) =>
    faultAt(isSearch, [2], { type: 'answer', answer: { status, ...more } });
  test.each<readonly [string, Partial<SonarqubeOptions>, readonly string[], number, string]>([
    ['a token that is taken back', { fault: answers(401) }, [], 4, 'SONAR_TOKEN'],
    ['a permission that is missing', { fault: answers(403) }, [], 4, 'does not permit'],
    ['a project that is not there', {}, ['--branch', 'gone'], 5, "on branch 'gone' not found"],
    [
      'a redirect',
      { fault: answers(302, { headers: { location: 'https://evil.example/' } }) },
      [],
      5,
      'is not followed',
    ],
    [
      'a server that never answers',
      { fault: faultAt(isSearch, [2], { type: 'hang' }) },
      ['--deadline', '1'],
      6,
      '--deadline',
    ],
  ])('%s ends with its exit code and writes nothing', async (_, options, args, code, words) => {
    await write('out.sarif', 'what was there before');
    const ended = await sonarqube(options, args);
    expect(ended.err).toContain(words);
    expect(ended.code).toBe(code);
    const { exit, files } = await documentOf(ended, 'convert');
    expect(exit.code).toBe(code);
    expect(files).toMatchObject([{ findings: 0, output: null, error: { code: expect.stringMatching(/^pull-/) } }]);
    expect(await readFile(path('out.sarif'), 'utf8')).toBe('what was there before');
  });

  test('a wrong token is refused, and not shown', async () => {
    const ended = await sonarqube({}, [], { env: { SONAR_TOKEN: 'canary-of-somebody-else' } });
    expect(ended.code).toBe(4);
    expect(ended.out + ended.err).not.toContain('canary-of-somebody-else');
  });

  test('no redirect takes the token to another server', async () => {
    await using other = await startApiServer({ answer: () => ({ status: 200, body: {} }) });
    const answer = { status: 302, headers: { location: `${other.origin}/api/issues/search` } };
    const ended = await sonarqube({ fault: faultAt(isSearch, [1], { type: 'answer', answer }) });
    expect(ended.code).toBe(5);
    expect(other.requests).toEqual([]);
  });

  test('findings that the server counts and does not give out are missing in the account', async () => {
    // The last page never has what its number promises.
    const shortened = (request: ApiRequest): ApiFault | undefined => {
      if (!isSearch(request)) return undefined;
      const answer = { status: 200, body: { paging: { pageIndex: 1, pageSize: 500, total: 7 }, issues: [] } };
      return { type: 'answer', answer };
    };
    const ended = await sonarqube({ fault: shortened });
    expect(ended.code).toBe(1);
    const { account } = await documentOf(ended, 'convert');
    expect(account).toMatchObject({
      dropped: 7,
      reasons: expect.arrayContaining([{ code: 'not-given-out', count: 7 }]),
    });
    const accepted = await sonarqube({ fault: shortened }, ['--max-dropped', '7']);
    expect(accepted.code).toBe(0);
    expect(accepted.err).toContain('7 findings more than it gives out');
  });

  test('SIGTERM ends the pull and leaves nothing behind', async () => {
    const project = sonarProject({ key: 'acme_shop', issues: 1200 });
    let stop = () => {};
    const fault = (request: ApiRequest): ApiFault | undefined => {
      if (!isSearch(request)) return undefined;
      stop();
      return { type: 'hang' };
    };
    await mkdir(path('tmp'));
    const onStart: RunOptions['onStart'] = (child) => (stop = () => child.kill('SIGTERM'));
    const ended = await sonarqube({ project, fault }, [], { onStart, env: { TMPDIR: path('tmp') } });
    expect(ended.code).toBe(143);
    expect(existsSync(path('out.sarif'))).toBe(false);
    expect(await readdir(path('tmp'))).toEqual([]);
  });

  test('the token may come from a file or standard input', async () => {
    await write('token', `${token}\n`);
    const env = { SONAR_TOKEN: '' };
    expect(await sonarqube({}, ['--token-file', 'token'], { env })).toMatchObject({ code: 0 });
    expect(await sonarqube({}, ['--token-file', '-'], { env, input: token })).toMatchObject({ code: 0 });
  });
});

describe.skipIf(!isBuilt)('sariflow convert --from snyk --org', () => {
  test('every issue of an organisation arrives exactly once', async () => {
    await using server = await startSnyk({ token, org, issues: 730 });
    const ended = await run(server, snykArgs);
    expect(ended).toMatchObject({ code: 0 });
    const { account } = await documentOf(ended, 'convert');
    expect(account).toMatchObject({ in: 730, accepted: 730 });
  });

  test('a wrong token ends with 4, a cut page is asked for again', async () => {
    await using server = await startSnyk({ token, org, issues: 30 });
    expect((await run(server, snykArgs, { env: { SNYK_TOKEN: 'canary-of-somebody-else' } })).code).toBe(4);
    await using cutting = await startSnyk({
      token,
      org,
      issues: 730,
      fault: faultAt(() => true, [3], { type: 'half' }),
    });
    expect((await run(cutting, snykArgs)).code).toBe(0);
  });
});

describe.skipIf(!isBuilt)('what is wrong is said before anything is asked for', () => {
  test.each([
    [['--project', 'x'], '--from sonarqube or --from snyk'],
    [['--from', 'sonarqube', '--url', 'https://sonar.example', '--project', 'x'], 'Set SONAR_TOKEN'],
    [['--org', 'x', '--token-file', 'missing'], 'missing cannot be read (ENOENT)'],
  ])('convert %j exits 2', async (args, words) => {
    const ended = await sariflow(['convert', ...args, '-o', 'out.sarif']);
    expect(ended.err).toContain(words);
    expect(ended).toMatchObject({ code: 2, out: '' });
  });

  test('an address without encryption gets no token', async () => {
    const args = [
      'convert',
      '--from',
      'sonarqube',
      '--project',
      'x',
      '--url',
      'http://sonar.example',
      '-o',
      'out.sarif',
    ];
    const ended = await sariflow(args, { env: { SONAR_TOKEN: token } });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('not encrypted') });
  });

  test('certificates to trust have to be there', async () => {
    const args = ['convert', '--org', 'x', '-o', 'out.sarif', '--ca-file', 'ca.pem'];
    const missing = await sariflow(args, { env: { SNYK_TOKEN: token } });
    expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('ca.pem cannot be read (ENOENT)') });
    await write('ca.pem', 'no certificate');
    const empty = await sariflow(args, { env: { SNYK_TOKEN: token } });
    expect(empty).toMatchObject({ code: 2, err: expect.stringContaining('holds none in PEM form') });
  });

  test('a token on the command line is refused and not repeated', async () => {
    for (const args of [['--token=canary-token'], ['--token', 'canary-token']]) {
      const ended = await sariflow(['convert', '--org', 'x', '-o', 'out.sarif', '--json', ...args]);
      expect(ended.code).toBe(2);
      expect(ended.out + ended.err).not.toContain('canary');
    }
  });

  test("the platform's address in the configuration is no server to pull from", async () => {
    await using platform = await startApiServer({ answer: () => ({ status: 200, body: '10.6' }) });
    await write('config.json', JSON.stringify({ url: platform.origin, branch: 'main' }));
    const args = ['convert', '--from', 'sonarqube', '--project', 'x', '--config', 'config.json', '-o', 'out.sarif'];
    const ended = await sariflow(args, { env: { SONAR_TOKEN: token } });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('SONAR_HOST_URL') });
    expect(platform.requests).toEqual([]);
  });
});
