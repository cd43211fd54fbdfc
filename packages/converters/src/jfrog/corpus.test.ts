import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Result } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { defectsOf } from '../test-support/defects-of.ts';
import { projectRoot } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';

const corpus = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus', 'jfrog');
const isAbsent = !existsSync(corpus);

interface Expected {
  readonly findings: number;
  readonly by_severity: Readonly<Record<string, number>>;
  /** An entry of a scan can affect several components, each of which is a finding. */
  readonly details?: { readonly issue_component_pairs?: number };
}

const expected: Readonly<Record<string, Expected>> = isAbsent
  ? {}
  : (JSON.parse(readFileSync(`${corpus}/expected.json`, 'utf8')) as Record<string, Expected>);
const reports = Object.entries(expected).filter(([file]) => !file.endsWith('.sarif.json'));
const logs = Object.keys(expected).filter((file) => file.endsWith('.sarif.json'));

test.skipIf(isAbsent)('the corpus has reports', () => expect(reports.length).toBeGreaterThan(10));

describe.skipIf(isAbsent)('reports of the corpus', () => {
  test.each(reports)('%s', async (file, { findings, by_severity: bySeverity, details }) => {
    const { log, summary, results } = await convertToLog(readFileSync(`${corpus}/${file}`));
    const all = Math.max(findings, details?.issue_component_pairs ?? 0);
    expect(summary).toMatchObject({ findings: all, rejected: 0, complete: true });
    expect(summary.results + summary.merged).toBe(all);
    expect(results.length).toBe(summary.results);
    // Repeated entries, and violations that repeat vulnerabilities, are told as part of one result.
    const told = results.flatMap(severitiesOf);
    if (all === findings) expect(countBy(told)).toEqual(bySeverity);
    else expect(new Set(told)).toEqual(new Set(Object.keys(bySeverity)));
    expect(schemaErrors(log)).toEqual([]);
  });

  test.each(reports)('%s is valid, and stays so for a destination', async (file, { findings }) => {
    const { log } = await convertToLog(readFileSync(`${corpus}/${file}`));
    // What is only counted has no results, and a run without results has no rules to describe.
    const isSummary = file === 'cli-audit-summary.json';
    const allowed = isSummary ? ['SF-V005', 'SF-C010', 'SF-C002'] : findings === 0 ? ['SF-C002'] : [];
    const isUnexpected = (words: string) => !allowed.some((ruleId) => words.startsWith(ruleId));
    expect((await defectsOf(log)).filter(isUnexpected)).toEqual([]);
    expect((await defectsOf(log, 'cortex')).filter(isUnexpected)).toEqual([]);
  });

  test.each(logs)('%s, written by JFrog itself, is repaired', async (file) => {
    const { log, summary } = await convertToLog(readFileSync(`${corpus}/${file}`));
    expect(summary.findings).toBe(expected[file]?.findings);
    expect((await defectsOf(log, 'cortex')).filter((words) => words.includes(' error '))).toEqual([]);
  });
});

function severitiesOf({ properties }: Result): string[] {
  const violations = (properties?.['xray/violations'] ?? []) as { severity?: string }[];
  const own = String(properties?.['xray/severity']);
  const repeats = Array.from({ length: Number(properties?.['xray/occurrences'] ?? 1) }, () => own);
  return [...repeats, ...violations.map(({ severity }) => severity ?? own)];
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
