import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Log, normalize, type Result, readSarif, type SarifEvent, validate, writeSarif } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { convert } from '../convert.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { projectRoot } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';

const corpus = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus', 'veracode');
const isAbsent = !existsSync(corpus);

interface Expected {
  readonly findings: number;
  readonly by_severity: Readonly<Record<string, number>>;
}

const expected: Readonly<Record<string, Expected>> = isAbsent
  ? {}
  : (JSON.parse(readFileSync(`${corpus}/expected.json`, 'utf8')) as Record<string, Expected>);
const reports = Object.entries(expected).filter(([file]) => !file.endsWith('.sarif.json'));

test.skipIf(isAbsent)('the corpus has reports', () => expect(reports.length).toBeGreaterThan(10));

describe.skipIf(isAbsent)('reports of the corpus', () => {
  test.each(reports)('%s', async (file, { findings, by_severity: bySeverity }) => {
    const { log, summary, results, diagnostics } = await convertToLog(readFileSync(`${corpus}/${file}`));
    expect(summary).toMatchObject({ findings, results: findings, rejected: 0, merged: 0 });
    expect(countBy(results.map(({ properties }) => String(properties?.['veracode/severity'])))).toEqual(bySeverity);
    expect(schemaErrors(log)).toEqual([]);
    expect(diagnostics.filter(({ ruleId }) => !quiet.has(ruleId))).toEqual([]);
  });

  test.each(reports)('%s: the log is clean, for itself and for the platform', async (file) => {
    const bytes = readFileSync(`${corpus}/${file}`);
    expect(await complaints(await convert(bytes), [])).toEqual([]);
    const repaired = normalize(await convert(bytes), { profile: 'cortex' });
    expect(await complaints(repaired, ['cortex'])).toEqual([]);
  });
});

/** Components lie in archives (`app.war#zip:…`) and dynamic scans find addresses: both are no files of a repository.
 * Some of Veracode's weaknesses are categories of CWE. */
const expectedOf = new Set(['SF-V422', 'SF-V802']);

/** Missing pages are told, and one report has findings without a file. */
const quiet = new Set(['SF-K201', 'SF-K103', 'SF-K107']);

describe.skipIf(isAbsent)('the same scan as converted by Veracode', () => {
  test.each([
    ['pipeline-pair.json', 'pipeline-pair.sarif.json'],
    ['policy-flaws.json', 'policy-flaws.sarif.json'],
  ])('every finding of %s is in ours with the same rule, place and level', async (report, theirs) => {
    const ours = (await convertToLog(readFileSync(`${corpus}/${report}`))).results.map(coreOf).sort();
    const { runs } = JSON.parse(readFileSync(`${corpus}/${theirs}`, 'utf8')) as Log;
    const their = (runs ?? [])
      .flatMap(({ results }) => results ?? [])
      .map((result) => coreOf(result, `CWE-${result.ruleId}`));
    expect(their.length).toBeGreaterThan(1);
    expect(ours).toEqual(their.sort());
  });
});

function coreOf(result: Result, ruleId?: unknown): string {
  const { artifactLocation, region } = result.locations?.[0]?.physicalLocation ?? {};
  const rule = typeof ruleId === 'string' ? ruleId : result.ruleId;
  return [rule, artifactLocation?.uri, region?.startLine, result.level].join(' ');
}

async function complaints(events: AsyncIterable<SarifEvent>, sets: readonly 'cortex'[]): Promise<string[]> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of writeSarif(events)) chunks.push(new Uint8Array(chunk));
  const said: string[] = [];
  const report = ({
    ruleId,
    level,
    message,
    pointer,
  }: {
    ruleId: string;
    level: string;
    message: string;
    pointer: string;
  }) => {
    if (level !== 'note' && !expectedOf.has(ruleId)) said.push(`${ruleId} ${level} ${pointer} ${message}`);
  };
  const checked = validate(readSarif(new Blob(chunks)), { report, ...(sets[0] && { profile: sets[0] }) });
  for await (const _event of checked);
  return said;
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
