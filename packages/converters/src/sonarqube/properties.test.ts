import type { ByteSource, Result } from '@sariflow/sarif';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { samplesIn } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const project = 'acme:shop';
const path = fc.constantFrom('a.ts', 'src/b c.java', 'Höhe.py', 'x:y.c', 'C#/d.cs');
const component = fc.oneof(
  path.map((file) => `${project}:${file}`),
  fc.constant(project),
);
const textRange = fc
  .record({
    startLine: fc.integer({ min: 1, max: 40 }),
    lines: fc.nat(3),
    startOffset: fc.nat(30),
    columns: fc.nat(30),
  })
  .map(({ startLine, lines, startOffset, columns }) => ({
    startLine,
    endLine: startLine + lines,
    startOffset,
    endOffset: startOffset + columns,
  }));
const location = fc.record(
  { component, textRange, msg: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  { requiredKeys: [] },
);
const flow = fc.record(
  { locations: fc.array(location, { minLength: 1, maxLength: 3 }), type: fc.constantFrom('DATA', 'EXECUTION') },
  { requiredKeys: ['locations'] },
);
const impact = fc.record({
  softwareQuality: fc.constantFrom('SECURITY', 'RELIABILITY', 'MAINTAINABILITY'),
  severity: fc.constantFrom('BLOCKER', 'HIGH', 'MEDIUM', 'LOW', 'INFO'),
});
const issueFields = {
  rule: fc.constantFrom('java:S1', 'external_roslyn:CA1', '__proto__', 'web:T x'),
  component,
  project: fc.constant(project),
  message: fc.string({ unit: 'grapheme', minLength: 1 }),
  severity: fc.constantFrom('BLOCKER', 'CRITICAL', 'MAJOR', 'MINOR', 'INFO'),
  type: fc.constantFrom('BUG', 'VULNERABILITY', 'CODE_SMELL'),
  impacts: fc.array(impact, { maxLength: 2 }),
  textRange,
  hash: fc.stringMatching(/^[0-9a-f]{4}$/),
  flows: fc.array(flow, { maxLength: 3 }),
  status: fc.constantFrom('OPEN', 'CONFIRMED', 'CLOSED', 'RESOLVED'),
  resolution: fc.constantFrom('FIXED', 'WONTFIX', 'FALSE-POSITIVE'),
  tags: fc.array(fc.constantFrom('cwe', 'cwe-79', 'owasp-a3', 'cwe-937', 'own'), { maxLength: 3 }),
  effort: fc.constantFrom('5min', '1h30min', '2d'),
  creationDate: fc.constantFrom('2025-01-02T03:04:05+0100', '2025-01-02T03:04:05Z'),
};
const issue = fc.record(issueFields, { requiredKeys: ['rule', 'component', 'project', 'message', 'severity'] });
const hotspot = fc.record(
  {
    ruleKey: fc.constantFrom('java:H1', 'java:H2'),
    component,
    project: fc.constant(project),
    securityCategory: fc.constantFrom('auth', 'xss'),
    vulnerabilityProbability: fc.constantFrom('HIGH', 'MEDIUM', 'LOW'),
    message: fc.string({ minLength: 1 }),
    line: fc.integer({ min: 1, max: 40 }),
    status: fc.constantFrom('TO_REVIEW', 'REVIEWED'),
    resolution: fc.constantFrom('SAFE', 'ACKNOWLEDGED', 'FIXED'),
  },
  { requiredKeys: ['component', 'project', 'securityCategory', 'vulnerabilityProbability', 'message'] },
);
const components = [
  { key: project, qualifier: 'TRK', name: 'Shop' },
  { key: `${project}:a.ts`, qualifier: 'FIL', name: 'a.ts', path: 'a.ts' },
];
const rules = [
  { key: 'java:S1', repo: 'java', name: 'One', securityStandards: ['cwe:89', 'owaspTop10-2021:a3'], htmlDesc: '<p>x' },
  { key: 'java:H1', riskDescription: '<p>Risk <a href="https://cwe.mitre.org/data/definitions/798">y</a>' },
];

/** Keys by position, unless the findings are to have none. */
function withKeys<T extends object>(findings: readonly T[], prefix: string): (T & { key: string })[] {
  return findings.map((finding, at) => ({ key: `${prefix}-${at}`, ...finding }));
}

test('findings in are results out, in order, and the log passes the schema', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(issue, { maxLength: 8 }),
      fc.array(hotspot, { maxLength: 4 }),
      fc.boolean(),
      fc.constantFrom(undefined, { mode: 'standard' as const }, { hotspots: 'review' as const }),
      async (issues, hotspots, sideTablesFirst, sonarqube) => {
        const findings = { issues: withKeys(issues, 'I'), hotspots: withKeys(hotspots, 'H') };
        const report = sideTablesFirst ? { components, rules, ...findings } : { ...findings, components, rules };
        const { log, results, summary } = await convertToLog(bytesOf(report), { from: 'sonarqube', sonarqube });
        const count = issues.length + hotspots.length;
        expect(summary).toMatchObject({ findings: count, results: count, rejected: 0, merged: 0 });
        expect(results.map(({ properties }) => properties?.['sonar/key'])).toEqual(
          [...findings.issues, ...findings.hotspots].map(({ key }) => key),
        );
        expect(schemaErrors(log)).toEqual([]);
        const described = log.runs?.[0]?.tool.driver.rules ?? [];
        for (const result of results) expect(described[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
        for (const member of ['suppressions', 'baselineState'] as const) {
          expect([0, results.length]).toContain(results.filter((result) => result[member] !== undefined).length);
        }
        for (const { kind, level } of results) expect(kind === 'review').toBe(level === 'none');
      },
    ),
    { numRuns: 120 },
  );
});

test('who is who does not depend on the order of the findings', async () => {
  const identities = async (issues: readonly unknown[]) => {
    const { results } = await convertToLog(bytesOf({ issues, components, rules }), { from: 'sonarqube' });
    return results.map(identityOf).sort();
  };
  await fc.assert(
    fc.asyncProperty(fc.array(issue, { minLength: 2, maxLength: 10 }), fc.nat(1000), async (issues, turn) => {
      const at = turn % issues.length;
      const turned = [...issues.slice(at), ...issues.slice(0, at)].reverse();
      expect(await identities(turned)).toEqual(await identities(issues));
    }),
    { numRuns: 80 },
  );
});

function identityOf({ ruleId, locations, partialFingerprints }: Result): string {
  const place = locations?.[0]?.physicalLocation;
  return JSON.stringify([ruleId, place?.artifactLocation?.uri, place?.region, partialFingerprints]);
}

test('pages are one report, and what two of them have is written once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(issue, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(2),
      async (issues, size, overlap) => {
        const keyed = withKeys(issues, 'I');
        const pages = [];
        for (let at = 0; at < keyed.length; at += size) pages.push(keyed.slice(Math.max(0, at - overlap), at + size));
        const total = keyed.length;
        const paged = pages.map((page) => ({ paging: { total }, issues: page, components, rules }));
        const { summary, log } = await convertToLog(bytesOf(paged), { from: 'sonarqube' });
        const whole = await convertToLog(bytesOf({ paging: { total }, issues: keyed, components, rules }), {
          from: 'sonarqube',
        });
        const entries = pages.reduce((sum, page) => sum + page.length, 0);
        expect(summary).toMatchObject({ findings: entries, results: total, merged: entries - total, rejected: 0 });
        expect(log.runs?.[0]?.results).toEqual(whole.log.runs?.[0]?.results);
      },
    ),
    { numRuns: 40 },
  );
});

test('generic issues: all of them, with their engines, whatever the form', async () => {
  const place = fc.record(
    {
      message: fc.string({ minLength: 1 }),
      filePath: path,
      textRange: fc.record(
        {
          startLine: fc.integer({ min: 1, max: 9 }),
          startColumn: fc.nat(9),
          endColumn: fc.integer({ min: 9, max: 20 }),
        },
        { requiredKeys: ['startLine'] },
      ),
    },
    { requiredKeys: ['message', 'filePath'] },
  );
  const generic = fc.record(
    {
      ruleId: fc.constantFrom('r1', 'r2', 'constructor'),
      engineId: fc.constantFrom('lint', 'other'),
      severity: fc.constantFrom('BLOCKER', 'MAJOR'),
      type: fc.constantFrom('BUG', 'VULNERABILITY'),
      primaryLocation: place,
      secondaryLocations: fc.array(place, { maxLength: 2 }),
      effortMinutes: fc.nat(99),
    },
    { requiredKeys: ['ruleId', 'primaryLocation'] },
  );
  const ownRules = [
    { id: 'r1', name: 'One', engineId: 'lint', impacts: [{ softwareQuality: 'SECURITY', severity: 'HIGH' }] },
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(generic, { minLength: 1, maxLength: 8 }), fc.boolean(), async (issues, isNewForm) => {
      const report = isNewForm ? { rules: ownRules, issues } : { issues };
      const { summary, results, log } = await convertToLog(bytesOf(report));
      expect(summary).toMatchObject({ findings: issues.length, results: issues.length, rejected: 0, merged: 0 });
      expect(results.map(({ message }) => message.text?.trim() !== '')).toEqual(issues.map(() => true));
      expect(schemaErrors(log)).toEqual([]);
      for (const [at, { ruleId }] of results.entries())
        expect(ruleId?.endsWith(issues[at]?.ruleId as string)).toBe(true);
    }),
    { numRuns: 80 },
  );
});

test('however the bytes are cut, the log is the same', async () => {
  const samples = samplesIn('converters/sonarqube');
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
    { numRuns: 50 },
  );
});

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
