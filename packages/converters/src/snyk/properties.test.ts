import type { ByteSource, Result } from '@sariflow/sarif';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { samplesIn } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const severity = fc.constantFrom('critical', 'high', 'medium', 'low');
const packageName = fc.constantFrom('left', 'right', '@scope/both', '__proto__', 'group:artifact');
const version = fc.constantFrom('1.0.0', '2.0.0', '1:2.0-1');
const step = fc.tuple(packageName, version).map(([name, number]) => `${name}@${number}`);
const ignore = fc.record(
  {
    reason: fc.string(),
    path: fc.constantFrom(['*'], ['left'], undefined),
    expires: fc.constant('2027-01-01T00:00:00.000Z'),
    source: fc.constantFrom('cli', 'api'),
  },
  { requiredKeys: ['reason'] },
);
const vulnerability = fc.record(
  {
    id: fc.constantFrom('SNYK-JS-A-1', 'SNYK-JS-B-2', 'npm:c:20170101', 'snyk:lic:npm:left:GPL-3.0', '__proto__'),
    name: packageName,
    version,
    title: fc.string({ unit: 'grapheme' }),
    severity,
    severityWithCritical: severity,
    cvssScore: fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.constant(null)),
    description: fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constant('## Overview\n[a](http://b) <script>\n```\n<c>\n```'),
    ),
    identifiers: fc.record(
      { CVE: fc.constantFrom([], ['CVE-2024-1']), CWE: fc.constantFrom([], ['CWE-79'], ['CWE-89', 'CWE-79']) },
      { requiredKeys: [] },
    ),
    references: fc.array(fc.record({ title: fc.string(), url: fc.webUrl() }), { maxLength: 2 }),
    from: fc.array(step, { maxLength: 4 }),
    upgradePath: fc.array(fc.oneof(step, fc.constant(false)), { maxLength: 3 }),
    isUpgradable: fc.boolean(),
    isPatchable: fc.boolean(),
    isIgnored: fc.boolean(),
    fixedIn: fc.array(version, { maxLength: 2 }),
    packageManager: fc.constantFrom('npm', 'maven', 'debian:12', 'Unmanaged (C/C++)', 'unheard-of'),
    riskScore: fc.nat(1000),
  },
  { requiredKeys: ['id', 'severity'] },
);
const list = fc.array(vulnerability, { maxLength: 10 });
const project = fc.record(
  {
    vulnerabilities: list,
    filtered: fc.record({
      ignore: fc.array(
        fc
          .tuple(vulnerability, fc.array(ignore, { maxLength: 2 }))
          .map(([entry, ignored]) => ({ ...entry, filtered: { ignored } })),
        { maxLength: 4 },
      ),
      patch: fc.array(vulnerability, { maxLength: 2 }),
    }),
    packageManager: fc.constantFrom('npm', 'deb', 'maven'),
    projectName: fc.constantFrom('shop', 'docker-image|shop', '__proto__'),
    displayTargetFile: fc.constantFrom('a/package-lock.json', 'pom.xml', 'b\\go.sum'),
    path: fc.constantFrom('/builds/shop', 'shop:1.0'),
    ok: fc.boolean(),
    applications: fc.array(fc.record({ vulnerabilities: list, packageManager: fc.constant('npm') }), { maxLength: 2 }),
  },
  { requiredKeys: ['vulnerabilities', 'packageManager', 'ok'] },
);

type Project = typeof project extends fc.Arbitrary<infer Generated> ? Generated : never;

function countOf({ vulnerabilities, filtered, applications = [] }: Project): number {
  const inside = applications.reduce((sum, application) => sum + application.vulnerabilities.length, 0);
  return vulnerabilities.length + (filtered?.ignore.length ?? 0) + (filtered?.patch.length ?? 0) + inside;
}

test('findings in are results out and what was merged into them, and the log passes the schema', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(project, { minLength: 1, maxLength: 3 }), async (projects) => {
      const { log, results, summary } = await convertToLog(bytesOf(projects), { from: 'snyk' });
      const findings = projects.reduce((sum, one) => sum + countOf(one), 0);
      expect(summary).toMatchObject({ findings, rejected: 0, complete: true });
      expect(summary.results + summary.merged).toBe(findings);
      // No path is lost with the entries that were merged.
      expect(results.reduce((sum, { occurrenceCount }) => sum + (occurrenceCount ?? 0), 0)).toBe(findings);
      expect(schemaErrors(log)).toEqual([]);
      for (const run of log.runs ?? []) {
        const inRun = run?.results ?? [];
        const rules = run?.tool.driver.rules ?? [];
        for (const result of inRun) expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
        const identities = inRun.map(({ partialFingerprints }) => partialFingerprints?.['snyk/dependency/v1']);
        expect(new Set(identities).size).toBe(inRun.length);
        const withSuppressions = inRun.filter(({ suppressions }) => suppressions !== undefined);
        expect([0, inRun.length]).toContain(withSuppressions.length);
      }
      const ids = (log.runs ?? []).map((run) => run?.automationDetails?.id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 150 },
  );
});

test('a dependency is suppressed when everything that leads to it is, and only then', async () => {
  const base = { id: 'SNYK-JS-A-1', name: 'left', version: '1.0.0', severity: 'low' };
  const entry = (path: readonly string[] | undefined) => ({ ...base, filtered: { ignored: [{ reason: 'r', path }] } });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(3),
      fc.array(fc.constantFrom(['*'], ['left'], undefined), { maxLength: 4 }),
      async (counting, paths) => {
        fc.pre(counting + paths.length > 0);
        const report = {
          packageManager: 'npm',
          vulnerabilities: Array.from({ length: counting }, () => base),
          filtered: { ignore: paths.map(entry), patch: [] },
        };
        const { results, summary } = await convertToLog(bytesOf(report), { from: 'snyk' });
        expect(summary).toMatchObject({ findings: counting + paths.length, results: 1 });
        const isSuppressed = counting === 0 || paths.some((path) => path?.[0] === '*');
        expect((results[0]?.suppressions ?? []).length > 0).toBe(isSuppressed);
        if (!isSuppressed && paths.length > 0) expect(results[0]?.properties?.['snyk/ignoredPaths']).toBeDefined();
      },
    ),
    { numRuns: 60 },
  );
});

test('who is who does not depend on the order of the findings', async () => {
  const identities = async (vulnerabilities: readonly unknown[]) => {
    const { results } = await convertToLog(bytesOf({ packageManager: 'npm', ok: false, vulnerabilities }), {
      from: 'snyk',
    });
    return results.map(identityOf).sort();
  };
  await fc.assert(
    fc.asyncProperty(fc.array(vulnerability, { minLength: 2, maxLength: 12 }), fc.nat(1000), async (entries, turn) => {
      // The ecosystem is the advisory's: it is the same in all of its entries.
      const findings = entries.map((entry) => ({ ...entry, packageManager: 'npm' }));
      const at = turn % findings.length;
      const turned = [...findings.slice(at), ...findings.slice(0, at)].reverse();
      expect(await identities(turned)).toEqual(await identities(findings));
    }),
    { numRuns: 100 },
  );
});

function identityOf({ ruleId, level, partialFingerprints, occurrenceCount, suppressions }: Result): string {
  return JSON.stringify([ruleId, level, partialFingerprints, occurrenceCount, suppressions?.length]);
}

const misconfiguration = fc.record(
  {
    id: fc.constantFrom('SNYK-CC-1', 'SNYK-CC-2', '__proto__'),
    publicId: fc.constantFrom('SNYK-CC-1', 'CUSTOM-1'),
    title: fc.string({ unit: 'grapheme' }),
    severity,
    lineNumber: fc.integer({ min: -1, max: 100 }),
    msg: fc.string({ unit: 'grapheme' }),
    path: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
    isIgnored: fc.boolean(),
  },
  { requiredKeys: ['id', 'severity'] },
);

test('misconfigurations in are results out, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(misconfiguration, { maxLength: 10 }), async (infrastructureAsCodeIssues) => {
      const report = [{ infrastructureAsCodeIssues, vulnerabilities: [], targetFile: 'a b.tf', ok: false }];
      const { log, results, summary } = await convertToLog(bytesOf(report));
      const findings = infrastructureAsCodeIssues.length;
      expect(summary).toMatchObject({ findings, results: findings, rejected: 0, merged: 0 });
      expect(results.map(({ ruleId }) => ruleId)).toEqual(
        infrastructureAsCodeIssues.map(({ id, publicId }) => publicId ?? id),
      );
      expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints?.['generic/v1'])).size).toBe(
        findings,
      );
      expect(schemaErrors(log)).toEqual([]);
    }),
    { numRuns: 80 },
  );
});

test('however the bytes are cut, the log is the same', async () => {
  const samples = samplesIn('converters/snyk');
  const whole = await Promise.all(samples.map(({ input, options }) => convertToLog(input, options)));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(samples.length - 1),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
      async (index, sizes) => {
        const { input, options } = samples[index] as (typeof samples)[number];
        expect(await convertToLog(cut(input, sizes), options)).toEqual(whole[index]);
      },
    ),
    { numRuns: 60 },
  );
});

test('in whatever order the members of a project stand, the results are the same', async () => {
  const samples = samplesIn('converters/snyk').filter(({ name }) =>
    ['open-source', 'container', 'unmanaged'].includes(name),
  );
  for (const { input } of samples) {
    const report = JSON.parse(new TextDecoder().decode(input)) as object;
    const { results } = await convertToLog(input);
    expect((await convertToLog(bytesOf(turned(report)), { from: 'snyk' })).results).toEqual(results);
  }
});

/** The same projects with their members the other way round. */
function turned(report: object): object {
  if (Array.isArray(report)) return report.map((element) => turned(element as object));
  return Object.fromEntries(Object.entries(report).reverse());
}

/** The bytes in chunks of these sizes, again and again; each chunk is overwritten once the next is asked for. */
function cut(bytes: Uint8Array, sizes: readonly number[]): ByteSource {
  return {
    async *stream() {
      for (let at = 0, n = 0; at < bytes.length; n += 1) {
        const chunk = new Uint8Array(bytes.subarray(at, at + (sizes[n % sizes.length] as number)));
        yield chunk;
        at += chunk.length;
        chunk.fill(0x21);
      }
    },
  };
}
