import type { Result } from '@sariflow/sarif';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { schemaErrors } from '../test-support/schema.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const severity = fc.constantFrom('Critical', 'High', 'medium', 'LOW', 'Information', 'Unknown', '');
const name = fc.constantFrom('lodash', '@babel/core', 'left-pad', '__proto__', 'ü b');
const version = fc.constantFrom('1.0.0', '2:1.6.4-3', '4.17.21');
const cvss = fc.constantFrom('9.8/CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '5.0', '', 'x/y');
const cve = fc.record(
  {
    cve: fc.constantFrom('CVE-2020-0001', 'CVE-2020-0002'),
    cwe: fc.constantFrom(['CWE-79'], ['NVD-CWE-noinfo'], 'CWE-89'),
    cvss_v2: cvss,
    cvss_v3: cvss,
    cvss_v3_score: fc.oneof(fc.constant('7.5'), fc.double({ min: 0, max: 10, noNaN: true })),
  },
  { requiredKeys: [] },
);
const componentId = fc.oneof(
  fc
    .tuple(fc.constantFrom('npm', 'gav', 'pypi', 'deb', 'alpine'), name, version)
    .map(([t, n, v]) => `${t}://${n}:${v}`),
  fc.string({ unit: 'grapheme', minLength: 1 }),
);
const row = fc.record(
  {
    cves: fc.array(cve, { maxLength: 3 }),
    summary: fc.string({ unit: 'grapheme' }),
    severity,
    vulnerable_component: componentId,
    impacted_artifact: componentId,
    impact_path: fc.array(componentId, { maxLength: 3 }),
    path: fc.constantFrom('repo/a.jar', 'docker-local/b/1/', ''),
    fixed_versions: fc.array(fc.constantFrom('[1.0]', '≥ 2', '(,3]', '1.2.3'), { maxLength: 2 }),
    issue_id: fc.stringMatching(/^XRAY-\d{1,3}$/),
    references: fc.oneof(fc.constant(null), fc.array(fc.webUrl(), { maxLength: 2 })),
    applicability_result: fc.constantFrom('applicable', 'not_applicable', 'not_scanned'),
    watch_name: fc.constantFrom('', 'watch'),
  },
  { requiredKeys: ['severity', 'issue_id', 'vulnerable_component'] },
);

test('findings in are results out, in order, and the log passes the schema', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
      const { log, results, summary } = await convertToLog(bytesOf({ total_rows: rows.length, rows }));
      expect(summary).toMatchObject({ findings: rows.length, results: rows.length, rejected: 0, merged: 0 });
      expect(results.map(({ properties }) => properties?.['xray/severity'])).toEqual(
        rows.map((entry) => entry.severity),
      );
      expect(schemaErrors(log)).toEqual([]);
      const rules = log.runs?.[0]?.tool.driver.rules ?? [];
      for (const result of results) expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
      for (const { properties } of rules) {
        const score = Number(properties?.['security-severity'] ?? 0);
        expect(score >= 0 && score <= 10).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

test('who is who does not depend on the order of the findings', async () => {
  const identities = async (rows: readonly unknown[]) => {
    const { results } = await convertToLog(bytesOf({ total_rows: rows.length, rows }));
    return results.map(identityOf).sort();
  };
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 12 }), fc.nat(1000), async (rows, turn) => {
      const at = turn % rows.length;
      const turned = [...rows.slice(at), ...rows.slice(0, at)].reverse();
      expect(await identities(turned)).toEqual(await identities(rows));
    }),
    { numRuns: 80 },
  );
});

function identityOf({ ruleId, partialFingerprints }: Result): string {
  return JSON.stringify([ruleId, partialFingerprints]);
}

const scanEntry = fc.record({
  issue_id: fc.stringMatching(/^XRAY-\d{1,3}$/),
  severity,
  summary: fc.string({ unit: 'grapheme', minLength: 1 }),
  cves: fc.array(cve, { maxLength: 2 }),
  components: fc.dictionary(componentId, fc.record({ fixed_versions: fc.array(version, { maxLength: 2 }) }), {
    maxKeys: 4,
  }),
});

test('each component of an entry is a finding, and violations are never lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(scanEntry, { maxLength: 6 }),
      fc.array(scanEntry, { maxLength: 3 }),
      async (vulnerabilities, others) => {
        const violations = [...vulnerabilities.slice(0, 2), ...others].map((entry) => ({
          ...entry,
          type: 'security',
          watch_name: 'watch',
        }));
        const count = (entries: readonly { components: object }[]) =>
          entries.reduce((total, { components }) => total + Math.max(1, Object.keys(components).length), 0);
        const report = { scan_id: 's', component_id: 'c', status: 'completed', vulnerabilities, violations };
        const { log, summary, results } = await convertToLog(bytesOf(report));
        expect(summary.findings).toBe(count(vulnerabilities) + count(violations));
        expect(summary.results + summary.merged).toBe(summary.findings);
        expect(summary.rejected).toBe(0);
        // Only violations become part of something else, and each of those is told there.
        expect(summary.results).toBeGreaterThanOrEqual(count(vulnerabilities));
        const told = results.filter(({ properties }) => properties?.['xray/violations'] !== undefined).length;
        expect(told > 0 || summary.merged === 0).toBe(true);
        expect(schemaErrors(log)).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});

const place = {
  file: fc.constantFrom('a.py', 'dir/ü b.js', 'C:\\x.cs'),
  startLine: fc.nat(50),
  startColumn: fc.nat(50),
  endLine: fc.nat(60),
  endColumn: fc.nat(60),
};
const sourceRow = fc.record(
  {
    severity,
    ruleId: fc.constantFrom('a.rule', 'b rule', '__proto__'),
    finding: fc.string({ unit: 'grapheme', minLength: 1 }),
    fingerprint: fc.stringMatching(/^[0-9a-f]{8}$/),
    cwe: fc.constantFrom(['73'], ['CWE-89', '338'], []),
    ...place,
    snippet: fc.string(),
    codeFlow: fc.array(fc.array(fc.record(place), { maxLength: 3 }), { maxLength: 2 }),
    scannerDescription: fc.string(),
  },
  { requiredKeys: ['severity', 'ruleId', 'finding', 'file'] },
);

test('rows of simple-json are results, or part of one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sourceRow, { maxLength: 6 }),
      fc.array(sourceRow, { maxLength: 3 }),
      async (sast, others) => {
        const sastViolations = [...sast.slice(0, 2), ...others].map((entry) => ({
          ...entry,
          watch: 'watch',
          policies: ['p'],
        }));
        const report = { vulnerabilities: null, sast, sastViolations, scansStatus: { sastScanStatusCode: 0 } };
        const { log, summary } = await convertToLog(bytesOf(report));
        expect(summary.findings).toBe(sast.length + sastViolations.length);
        expect(summary.results + summary.merged).toBe(summary.findings);
        expect(summary.merged).toBeGreaterThanOrEqual(Math.min(2, sast.length));
        expect(schemaErrors(log)).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});
