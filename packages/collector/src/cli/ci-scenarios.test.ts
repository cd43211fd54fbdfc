import { mkdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { accept, messagesOf, sampleLog, settingsFor } from '../fault-matrix/test-support/command-delivery.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';
import { documentOf, isBuilt, scenario } from './test-support/scenario.ts';

const { sariflow, write, path } = scenario();

async function gitHub(repository: string): Promise<Record<string, string>> {
  const pull = {
    number: 7,
    head: { sha: 'c0ffee'.padEnd(40, '0'), repo: { full_name: repository } },
    base: { repo: { full_name: 'acme/shop' } },
  };
  await write('event.json', JSON.stringify({ pull_request: pull }));
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_HEAD_REF: 'topic',
    GITHUB_REF: 'refs/pull/7/merge',
    GITHUB_EVENT_PATH: path('event.json'),
    GITHUB_STEP_SUMMARY: path('summary.md'),
  };
}

describe.skipIf(!isBuilt)('in a build', () => {
  test('a soft failure is visible: in the exit of the document, beside the build, and on its page', async () => {
    await write('a.sarif', sampleLog());
    await write('key', 'key-from-a-file-4711');
    await using server = await startHttpServer((response) => response.writeHead(403).end());
    const {
      SARIFLOW_API_KEY: _,
      SARIFLOW_BRANCH: __,
      SARIFLOW_REPOSITORY_URL: ___,
      ...settings
    } = settingsFor(server.origin);
    const env = { ...settings, ...(await gitHub('acme/shop')) };
    const ended = await sariflow(['upload', 'a.sarif', '--soft-fail', '--json', '--api-key-file', 'key'], { env });
    expect(ended.code).toBe(0);
    const document = await documentOf(ended, 'upload');
    expect(document.exit).toEqual({ code: 0, name: 'auth', softFailed: true });
    expect(document.context).toMatchObject({
      branch: { value: 'topic', origin: 'GitHub Actions, GITHUB_HEAD_REF' },
      commit: { value: 'c0ffee'.padEnd(40, '0'), origin: 'GitHub Actions, pull_request.head.sha' },
      pullRequest: { value: '7', origin: 'GitHub Actions, pull_request.number' },
      repositoryUrl: { value: 'https://github.com/acme/shop' },
    });
    expect(ended.err).toMatch(/^::warning title=Sariflow::auth: 0 findings of 2 uploaded/m);
    expect(ended.err).toContain('--soft-fail: the exit code is 0 and would have been 4');
    expect(ended.err).toMatch(/^::add-mask::key-from-a-file-4711$/m);
    expect(await readFile(path('summary.md'), 'utf8')).toContain('auth, exit code 4 turned into 0 by --soft-fail');
  });

  test("a fork's pull request without secrets is told what to do", async () => {
    await write('a.sarif', sampleLog());
    const env = { ...(await gitHub('stranger/shop')), SARIFLOW_URL: 'https://api.example/collectors/c' };
    const ended = await sariflow(['upload', 'a.sarif'], { env });
    expect(ended).toMatchObject({
      code: 2,
      err: expect.stringContaining('GitHub Actions gives such builds no secrets'),
    });
    expect((await sariflow(['upload', 'a.sarif', '--dry-run'], { env })).code).toBe(0);
  });
});

describe.skipIf(!isBuilt)('the shrink guard', () => {
  test('speaks in a dry run too, from a ledger that is only looked at', async () => {
    await mkdir(path('x'));
    await using server = await startHttpServer((response) => accept(response));
    const env = settingsFor(server.origin);
    await write('a.sarif', sampleLog({ results: 30 }));
    expect((await sariflow(['upload', 'a.sarif'], { env })).code).toBe(0);
    await write('a.sarif', sampleLog({ results: 2 }));
    const before = await readFile(path('.sariflow', 'ledger.db'));
    const held = await sariflow(['upload', 'a.sarif', '--dry-run'], { env });
    expect(held).toMatchObject({ code: 8, err: expect.stringContaining('found 2, and 30 the time before') });
    expect((await sariflow(['upload', 'a.sarif', '--dry-run', '--force'], { env })).code).toBe(0);
    expect(await readFile(path('.sariflow', 'ledger.db'))).toEqual(before);
    expect(server.seen).toHaveLength(1);
  });

  test('holds back what ends early; --force sends what is complete of it', async () => {
    await using server = await startHttpServer((response) => accept(response));
    const env = settingsFor(server.origin);
    await write('a.sarif', sampleLog({ results: 3 }).slice(0, -150));
    const held = await sariflow(['upload', 'a.sarif'], { env });
    expect(held).toMatchObject({ code: 8, err: expect.stringContaining('send what is complete with --force') });
    expect(server.seen).toEqual([]);
    const forced = await sariflow(['upload', 'a.sarif', '--force', '--json'], { env });
    expect(server.seen.flatMap(({ body }) => messagesOf(body))).toEqual(['Finding 0', 'Finding 1']);
    expect((await documentOf(forced, 'upload')).account).toMatchObject({ accepted: 2 });
  });
});
