import { expect, test } from 'vitest';
import { generateReport, reportPlans } from './generate-report.ts';

const cases = Object.entries(reportPlans).map(([format, plan]) => ({ format, plan }));

test.each(cases)('$format: as long as asked, the same each time, and a whole document', ({ plan }) => {
  const bytes = 300_000;
  const text = Buffer.concat([...generateReport(plan, { bytes, seed: 1 })]).toString();
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
  expect(Buffer.byteLength(text)).toBeGreaterThan(bytes - 5_000);
  expect(Buffer.concat([...generateReport(plan, { bytes, seed: 1 })]).toString()).toBe(text);
  expect(Buffer.concat([...generateReport(plan, { bytes, seed: 2 })]).toString()).not.toBe(text);
  if (plan.ending === '.xml') {
    expect(text.match(/<flaw /g)?.length).toBeGreaterThan(100);
    return;
  }
  const report = JSON.parse(text) as Record<string, unknown[]>;
  expect(report[plan.findingsAt[0] as string]?.length).toBeGreaterThan(50);
});

test('there has to be room for one finding', () => {
  expect(() => [...generateReport(reportPlans.semgrep, { bytes: 200, seed: 1 })]).toThrow(RangeError);
});
