import type { Result } from '@sariflow/sarif';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { schemaErrors } from '../test-support/schema.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const check = fc.record(
  {
    check_id: fc.constantFrom('CKV_AWS_1', 'CKV_2', '__proto__'),
    check_name: fc.string({ unit: 'grapheme' }),
    check_result: fc.record(
      { result: fc.constant('FAILED'), suppress_comment: fc.string() },
      { requiredKeys: ['result'] },
    ),
    file_path: fc.constantFrom('/main.tf', '/dir/ü b.yaml', '\\win\\x.tf', '/'),
    file_line_range: fc.oneof(fc.tuple(fc.nat(9), fc.integer({ min: 9, max: 20 })), fc.constant([-1, -1])),
    resource: fc.constantFrom('a.b', 'c.d[0]'),
    severity: fc.constantFrom(null, 'LOW', 'critical'),
    guideline: fc.oneof(fc.webUrl(), fc.constant('none')),
    code_block: fc.array(fc.tuple(fc.nat(9), fc.string()), { maxLength: 3 }),
  },
  { requiredKeys: ['check_id'] },
);
const report = fc.record({
  check_type: fc.constantFrom('terraform', 'kubernetes', 'secrets'),
  results: fc.record({
    passed_checks: fc.array(check, { maxLength: 2 }),
    failed_checks: fc.array(check, { maxLength: 6 }),
    skipped_checks: fc.array(check, { maxLength: 3 }),
    parsing_errors: fc.array(fc.constantFrom('/a.tf', ''), { maxLength: 2 }),
  }),
});

test('failed and skipped checks are results, and the log passes the schema', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(report, { minLength: 1, maxLength: 3 }), async (reports) => {
      const { log, results, summary } = await convertToLog(bytesOf(reports));
      const failed = reports.reduce((total, { results: { failed_checks: list } }) => total + list.length, 0);
      const skipped = reports.reduce((total, { results: { skipped_checks: list } }) => total + list.length, 0);
      expect(summary).toMatchObject({ findings: failed + skipped, results: failed + skipped, rejected: 0, merged: 0 });
      expect(results.filter(({ suppressions }) => (suppressions?.length ?? 0) > 0)).toHaveLength(skipped);
      expect(log.runs).toHaveLength(reports.length);
      expect(schemaErrors(log)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('who is who does not depend on the order of the checks', async () => {
  const identities = async (list: readonly unknown[]) => {
    const { results } = await convertToLog(bytesOf({ check_type: 'terraform', results: { failed_checks: list } }));
    return results.map(identityOf).sort();
  };
  await fc.assert(
    fc.asyncProperty(fc.array(check, { minLength: 2, maxLength: 8 }), async (list) => {
      expect(await identities([...list].reverse())).toEqual(await identities(list));
    }),
    { numRuns: 80 },
  );
});

function identityOf({ ruleId, partialFingerprints }: Result): string {
  return JSON.stringify([ruleId, partialFingerprints]);
}
