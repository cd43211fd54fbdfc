import type { Result } from '@sariflow/sarif';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { schemaErrors } from '../test-support/schema.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const severity = fc.constantFrom('CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN');
const text = fc.string({ unit: 'grapheme' });
const vulnerability = fc.record(
  {
    VulnerabilityID: fc.constantFrom('CVE-2020-0001', 'GHSA-1', '__proto__'),
    PkgName: fc.constantFrom('a', '@b/c', 'ü'),
    InstalledVersion: fc.constantFrom('1', '2:3-4'),
    FixedVersion: fc.constantFrom('', '1.1, 2.0'),
    PkgPath: fc.constantFrom('x/y.jar', ''),
    Severity: severity,
    Title: text,
    Description: text,
    CweIDs: fc.array(fc.constantFrom('CWE-79', 'NVD-CWE-Other'), { maxLength: 2 }),
    CVSS: fc.dictionary(
      fc.constantFrom('nvd', 'ghsa'),
      fc.record({ V3Score: fc.double({ min: 0, max: 10, noNaN: true }) }),
    ),
    References: fc.array(fc.webUrl(), { maxLength: 2 }),
  },
  { requiredKeys: ['VulnerabilityID', 'Severity'] },
);
const misconfiguration = fc.record({
  ID: fc.constantFrom('DS001', 'DS002'),
  Severity: severity,
  Message: text,
  Status: fc.constantFrom('FAIL', 'EXCEPTION'),
  CauseMetadata: fc.record({ StartLine: fc.nat(9), EndLine: fc.integer({ min: 9, max: 20 }) }),
});
const result = fc.record({
  Target: fc.constantFrom('package-lock.json', 'Java', 'alpine:3.18 (alpine 3.18.2)', ''),
  Class: fc.constantFrom('os-pkgs', 'lang-pkgs', 'config'),
  Type: fc.constantFrom('npm', 'alpine', 'dockerfile'),
  Vulnerabilities: fc.array(vulnerability, { maxLength: 5 }),
  Misconfigurations: fc.array(misconfiguration, { maxLength: 3 }),
});
const reportOf = (Results: unknown) => ({
  SchemaVersion: 2,
  ArtifactName: 'alpine:3.18',
  ArtifactType: 'container_image',
  Results,
});

test('findings in are results out, and the log passes the schema', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(result, { maxLength: 4 }), async (list) => {
      const { log, results, summary } = await convertToLog(bytesOf(reportOf(list)));
      const all = list.flatMap(({ Vulnerabilities, Misconfigurations }) => [...Vulnerabilities, ...Misconfigurations]);
      expect(summary).toMatchObject({ findings: all.length, results: all.length, rejected: 0, merged: 0 });
      expect(results.map(({ properties }) => properties?.['trivy/severity'])).toEqual(
        all.map(({ Severity }) => Severity),
      );
      expect(schemaErrors(log)).toEqual([]);
      const suppressed = results.filter(({ suppressions }) => (suppressions?.length ?? 0) > 0);
      expect(suppressed.length).toBe(all.filter((entry) => 'Status' in entry && entry.Status === 'EXCEPTION').length);
    }),
    { numRuns: 150 },
  );
});

test('who is who does not depend on the order of the findings', async () => {
  const identities = async (list: readonly unknown[]) =>
    (await convertToLog(bytesOf(reportOf(list)))).results.map(identityOf).sort();
  await fc.assert(
    fc.asyncProperty(fc.array(result, { minLength: 2, maxLength: 4 }), async (list) => {
      expect(await identities([...list].reverse())).toEqual(await identities(list));
    }),
    { numRuns: 80 },
  );
});

function identityOf({ ruleId, partialFingerprints }: Result): string {
  return JSON.stringify([ruleId, partialFingerprints]);
}
