import {
  type Diagnostic,
  EventStream,
  type Log,
  normalize,
  type Result,
  type Run,
  readSarif,
  validate,
} from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { converterRules } from '../diagnostics/converter-rules.ts';
import { schemaErrors } from '../test-support/schema.ts';
import { quirks } from './quirks.ts';
import { repairVendorHeader, repairVendorSarif } from './repair-vendor-sarif.ts';

const bytesOf = (log: unknown) => new TextEncoder().encode(JSON.stringify(log));

interface Repaired {
  readonly run: Run;
  readonly results: readonly Result[];
  readonly said: readonly Diagnostic[];
}

async function collect(
  events: AsyncIterable<Parameters<typeof repairVendorSarif>[0] extends AsyncIterable<infer E> ? E : never>,
): Promise<{ log: Log }> {
  const runs: Run[] = [];
  for await (const event of events) {
    if (event.type === 'run-start') runs.push({ ...event.run, results: [] });
    if (event.type === 'result') runs[event.runIndex]?.results?.push(event.result);
  }
  return { log: { version: '2.1.0', runs } };
}

/** One run as it is after the repair of what is peculiar to its tool. */
async function repair(name: string, run: object, results: readonly object[]): Promise<Repaired> {
  const log = { version: '2.1.0', runs: [{ tool: { driver: { name } }, ...run, results }] };
  const said: Diagnostic[] = [];
  const { log: repaired } = await collect(
    repairVendorSarif(readSarif(bytesOf(log)), (diagnostic) => said.push(diagnostic)),
  );
  const after = repaired.runs?.[0] as Run;
  return { run: after, results: after.results ?? [], said };
}

const message = { text: 'm' };
const ids = (said: readonly Diagnostic[]) => said.map(({ ruleId }) => ruleId);

describe('Snyk', () => {
  const upgrade = (text: string, region: object = { startLine: 1 }) => ({
    description: { text: `Upgrade to ${text}` },
    artifactChanges: [
      {
        artifactLocation: { uri: 'package.json' },
        replacements: [{ deletedRegion: region, insertedContent: { text } }],
      },
    ],
  });

  test('an upgrade is no replacement of line 1', async () => {
    const { results, said } = await repair('Snyk Open Source', {}, [
      { message, fixes: [upgrade('@acme/merge@1.2.3')], properties: { a: 1 } },
    ]);
    expect(results[0]).toEqual({ message, properties: { a: 1, fix: { upgradeTo: ['@acme/merge@1.2.3'] } } });
    expect(said).toMatchObject([
      {
        ruleId: 'SF-K301',
        pointer: '/runs/0/results/0/fixes/0',
        resultIndex: 0,
        fix: { description: expect.any(String) },
      },
    ]);
    expect(said[0]?.place?.line).toBe(1);
  });

  test('a real fix stays', async () => {
    const fixes = [
      upgrade('a@1', { startLine: 1, endLine: 1, startColumn: 3 }),
      upgrade('two words'),
      upgrade('1.2.3'),
    ];
    const { results, said } = await repair('Snyk Code', {}, [{ message, fixes }]);
    expect(results[0]?.fixes).toEqual(fixes);
    expect(said).toEqual([]);
  });

  test('the time goes out of the category', async () => {
    const { run, said } = await repair(
      'Snyk Secrets',
      { automationDetails: { id: 'Snyk/Secrets/0/2026-02-03T11:03:16Z' } },
      [],
    );
    expect(run.automationDetails).toEqual({
      id: 'Snyk/Secrets/0/',
      properties: { 'snyk/time': '2026-02-03T11:03:16Z' },
    });
    expect(ids(said)).toEqual(['SF-K302']);
  });

  test('the priority is a rank, and a level that SARIF does not have is one that it has', async () => {
    const { results, said } = await repair('SnykCode', {}, [
      { message, properties: { priorityScore: 828 } },
      { message, level: 'unmapped' },
      { message, rank: 3, properties: { priorityScore: 828 } },
    ]);
    expect(results.map(({ rank, level }) => [rank, level])).toEqual([
      [82.8, undefined],
      [undefined, 'note'],
      [3, undefined],
    ]);
    expect(ids(said)).toEqual(['SF-K303', 'SF-K304']);
  });
});

describe('JFrog', () => {
  const rule = (id: string, score: string) => ({
    id,
    shortDescription: { text: `[${id}]` },
    fullDescription: { text: 'Async is slow. It waits.', markdown: `| ${id} |` },
    help: { text: 'Async is slow.', markdown: `| ${id} |` },
    properties: { 'security-severity': score, impactPaths: [[{ name: 'a' }]] },
  });
  const rules = [
    rule('CVE-2024-39249_async_3.2.4', '6.9'),
    rule('CVE-2024-39249_my_pkg_1.0', '7.4'),
    { id: 'js-random' },
  ];
  const tool = { driver: { name: 'JFrog Xray Scanner', rules } };

  test('a vulnerability is one rule, however many packages have it', async () => {
    const { run, results, said } = await repair('JFrog Xray Scanner', { tool }, [
      { message, ruleId: 'CVE-2024-39249_async_3.2.4', ruleIndex: -1 },
      { message, ruleId: 'CVE-2024-39249_my_pkg_1.0', ruleIndex: 1 },
      { message, ruleId: 'js-random', ruleIndex: 2 },
    ]);
    expect(run.tool.driver.rules).toEqual([
      {
        id: 'CVE-2024-39249',
        shortDescription: { text: 'Async is slow.' },
        fullDescription: { text: 'Async is slow. It waits.' },
        help: { text: 'Async is slow.' },
        properties: { tags: ['security'], 'security-severity': '7.4' },
      },
      { id: 'js-random' },
    ]);
    expect(results.map(({ ruleId, ruleIndex }) => [ruleId, ruleIndex])).toEqual([
      ['CVE-2024-39249', 0],
      ['CVE-2024-39249', 0],
      ['js-random', 1],
    ]);
    expect(results[1]?.properties).toMatchObject({
      'security-severity': '7.4',
      'xray/rule': { id: 'CVE-2024-39249_my_pkg_1.0', markdown: '| CVE-2024-39249_my_pkg_1.0 |' },
    });
    expect(results[1]?.locations?.[0]?.logicalLocations).toEqual([
      { name: 'my_pkg', fullyQualifiedName: 'my_pkg@1.0', kind: 'package' },
    ]);
    const prints = results.map(({ partialFingerprints }) => partialFingerprints?.['xray/finding/v1']);
    expect(prints[0]).not.toBe(prints[1]);
    expect(ids(said)).toEqual(['SF-K305']);
  });

  test('a scan with results was successful, if nothing else is said', async () => {
    const { run, said } = await repair(
      'JFrog Secrets scanner',
      { invocations: [{ commandLine: 'a' }, { exitCode: 3 }, { executionSuccessful: false }] },
      [],
    );
    expect(run.invocations).toEqual([
      { commandLine: 'a', executionSuccessful: true },
      { exitCode: 3 },
      { executionSuccessful: false },
    ]);
    expect(ids(said)).toEqual(['SF-K306']);
  });

  test('places that are made up go, and their offsets', async () => {
    const place = (uri: string, region?: object) => ({
      physicalLocation: { artifactLocation: { uri }, ...(region && { region }) },
    });
    const { results } = await repair('JFrog Policy Enforcer', {}, [
      { message, locations: [{ id: 0, annotations: [], ...place('file://Package-Descriptor') }] },
      { message, locations: [place('a.js', { startLine: 3, byteOffset: 0, charOffset: 0, endColumn: 2 })] },
      { message, locations: [place('a.js', { startLine: 3, byteOffset: 0, byteLength: 7 })] },
    ]);
    expect(results.map(({ locations }) => locations)).toEqual([
      [],
      [place('a.js', { startLine: 3, endColumn: 2 })],
      [place('a.js', { startLine: 3, byteOffset: 0, byteLength: 7 })],
    ]);
  });

  test('findings of unknown severity are not hidden', async () => {
    const { results } = await repair('JFrog Xray Scanner', {}, [
      { message, level: 'none' },
      { message, level: 'none', kind: 'pass' },
    ]);
    expect(results.map(({ level }) => level)).toEqual(['note', 'none']);
  });

  test('images of other hosts go out of the help', async () => {
    const driver = {
      name: '🐸 JFrog SAST',
      rules: [{ id: 'a', help: { text: 't', markdown: 'Text ![](https://analytics.test/p?x=1)\n![local](a.png)' } }],
    };
    const { run } = await repair('', { tool: { driver } }, []);
    expect(run.tool.driver.rules?.[0]?.help?.markdown).toBe('Text \n![local](a.png)');
  });
});

describe('Semgrep', () => {
  test('what a login would show is not there', async () => {
    const region = { startLine: 1, snippet: { text: 'requires login' } };
    const { results } = await repair('Semgrep OSS', {}, [
      {
        message,
        fingerprints: { 'matchBasedId/v1': 'requires login' },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'a' }, region } }],
      },
      { message, fingerprints: { 'matchBasedId/v1': 'abc_0', other: 'requires login_3' } },
    ]);
    expect(results).toEqual([
      { message, locations: [{ physicalLocation: { artifactLocation: { uri: 'a' }, region: { startLine: 1 } } }] },
      { message, fingerprints: { 'matchBasedId/v1': 'abc_0' } },
    ]);
  });
});

describe('Veracode', () => {
  test('severities are no ranks, HTML is no text, nothing is no fingerprint', async () => {
    const { results } = await repair('Veracode Static Analysis Pipeline Scan', {}, [
      {
        message: { text: '<span>One &amp; two.</span> <span>See <a href="https://example.test/a">A</a></span>' },
        rank: 5,
        partialFingerprints: { a: '', b: 'x' },
      },
    ]);
    expect(results[0]).toMatchObject({
      rank: 95,
      properties: { 'veracode/severity': 5 },
      partialFingerprints: { b: 'x' },
    });
    expect(results[0]?.message.text).toMatch(/^One & two\./);
    expect(results[0]?.message.text).not.toContain('<');
    expect(results[0]?.message.markdown).toContain('https://example.test/a');
  });
});

describe('what is wrong in anybody’s SARIF, normalizing repairs behind this', () => {
  test.each([
    ['Snyk Container', { rules: null }, { suppressions: null, fixes: null }],
    [
      'JFrog Secrets scanner',
      { rules: [{ id: 'r', relationships: null }] },
      { level: 'info', ruleIndex: -1, rank: -1 },
    ],
    [
      'Snyk Open Source',
      { rules: [{ id: 'r', help: { text: '', markdown: 'm' }, properties: { 'security-severity': 'undefined' } }] },
      {},
    ],
    ['Snyk Open Source', { rules: [{ id: 'r', properties: { 'security-severity': null } }] }, { locations: null }],
    ['JFrog Xray Scanner', { rules: [{ id: 'r', shortDescription: null }] }, { locations: [] }],
  ])('%s %j %j', async (name, driver, result) => {
    const invocations = [{ workingDirectory: { uri: 'a/b' } }];
    const run = { tool: { driver: { name, ...driver } }, invocations, results: [{ ruleId: 'r', message, ...result }] };
    const source = bytesOf({ version: '2.1.0', runs: [run] });
    const { log } = await collect(normalize(repairVendorSarif(readSarif(source))));
    expect(log.runs?.[0]?.results).toHaveLength(1);
    expect(schemaErrors(log)).toEqual([]);
    const errors: Diagnostic[] = [];
    for await (const _ of validate(readSarif(bytesOf(log)), {
      report: (found) => void (found.level === 'error' && errors.push(found)),
    }));
    expect(errors).toEqual([]);
  });
});

test('what does not have the expected types passes through', async () => {
  const odd = [null, 7, 'x', [], {}, [null], { properties: null }];
  for (const name of ['Snyk', 'JFrog', 'Semgrep', 'Veracode']) {
    for (const value of odd) {
      const results = [
        value,
        {
          message: value,
          fixes: value,
          locations: value,
          fingerprints: value,
          partialFingerprints: value,
          ruleId: value,
          rank: value,
          properties: value,
        },
      ];
      const run = { tool: { driver: { name, rules: value } }, automationDetails: value, invocations: value, results };
      const { log } = await collect(repairVendorSarif(readSarif(bytesOf({ version: '2.1.0', runs: [run, value] }))));
      expect(log.runs?.[0]?.results).toHaveLength(2);
    }
  }
});

test('runs of other tools stay the same events', async () => {
  const source = bytesOf({
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'ESLint' } }, results: [{ message, rank: 5 }] }],
  });
  const blocks = [];
  const events = readSarif(source);
  for await (const batch of repairVendorSarif(events).blocks()) blocks.push(...batch);
  expect(blocks.map(({ type }) => type)).toContain(events instanceof EventStream ? 'results' : 'result');
});

test('the header is known before the run is read', () => {
  const run = {
    tool: { driver: { name: 'Snyk IaC' } },
    automationDetails: { id: 'Snyk/IaC/2025-01-01T00:00:00.000Z' },
  };
  expect(repairVendorHeader({ run, results: 'array' }).automationDetails?.id).toBe('Snyk/IaC/');
});

test('every quirk has a rule of its own that says it', () => {
  const rules = quirks.map(({ ruleId }) => ruleId);
  expect(new Set(rules).size).toBe(rules.length);
  expect([...rules].sort()).toEqual(Object.keys(converterRules).filter((id) => id.startsWith('SF-K3')));
});
