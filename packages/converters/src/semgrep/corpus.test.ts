import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { defectsOf } from '../test-support/defects-of.ts';
import { projectRoot } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';

const corpus = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus', 'semgrep');
const isAbsent = !existsSync(corpus);

interface Expected {
  readonly findings: number;
  readonly by_severity: Readonly<Record<string, number>>;
}

const expected: Readonly<Record<string, Expected>> = isAbsent
  ? {}
  : (JSON.parse(readFileSync(`${corpus}/expected.json`, 'utf8')) as Record<string, Expected>);

test.skipIf(isAbsent)('the corpus has reports', () => expect(Object.keys(expected).length).toBeGreaterThan(10));

describe.skipIf(isAbsent)('reports of the corpus', () => {
  test.each(Object.entries(expected))('%s', async (file, { findings, by_severity: bySeverity }) => {
    // An empty list of findings alone could be Veracode's as well.
    const from =
      readFileSync(`${corpus}/${file}`, 'utf8').replace(/\s/g, '') === '{"findings":[]}' ? 'semgrep' : 'auto';
    const { log, summary, results } = await convertToLog(readFileSync(`${corpus}/${file}`), { from });
    expect(summary).toMatchObject({ findings, results: findings, rejected: 0, merged: 0 });
    expect(countBy(results.map(({ properties }) => String(properties?.['semgrep/severity'])))).toEqual(bySeverity);
    expect(schemaErrors(log)).toEqual([]);
    expect((await defectsOf(log)).filter((said) => !isOfScan(said))).toEqual([]);
    expect((await defectsOf(log, 'cortex')).filter((said) => !isOfScan(said))).toEqual([]);
  });
});

/**
 * What is said of the scan itself, and true of the log as well: it failed, it ran elsewhere than where its paths lead, and two rules
 * have one text.
 */
function isOfScan(said: string): boolean {
  return /^SF-(?:V005|V010|V018|V311|V407|C010) /.test(said);
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
