import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, type Log, normalize, type Profile, type Result, readSarif, validate } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { detectFormat } from '../detection/detect-format.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { projectRoot } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';

const corpus = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus', 'snyk');
const isAbsent = !existsSync(corpus);

interface Expected {
  readonly findings: number | null;
  readonly by_severity: Readonly<Record<string, number>>;
  readonly details?: { readonly filtered_ignored?: number };
}

const expected: Readonly<Record<string, Expected>> = isAbsent
  ? {}
  : (JSON.parse(readFileSync(`${corpus}/expected.json`, 'utf8')) as Record<string, Expected>);
const reports = Object.entries(expected).filter(([file]) => !file.endsWith('.sarif.json'));
const ownReports = reports.filter(([file, { findings }]) => findings !== null && !isSarif(file));

const sarifLogs = Object.entries(expected).filter(([file]) => isSarif(file));

function isSarif(file: string): boolean {
  return readFileSync(`${corpus}/${file}`, 'utf8').slice(0, 4000).includes('"runs"');
}

test.skipIf(isAbsent)('the corpus has reports', () => expect(ownReports.length).toBeGreaterThan(25));

describe.skipIf(isAbsent)('reports of the corpus', () => {
  test.each(ownReports)('%s', async (file, { findings, by_severity: bySeverity }) => {
    const bytes = readFileSync(`${corpus}/${file}`);
    const { log, summary, results, diagnostics } = await convertToLog(bytes, {});
    expect(summary).toMatchObject({ rejected: 0, complete: true });
    // What the report holds beside its list of what counts: findings that were ignored or patched.
    const filtered = filteredIn(JSON.parse(bytes.toString()));
    expect(summary.findings).toBe((findings ?? 0) + filtered.length);
    expect(summary.results + summary.merged).toBe(summary.findings);
    expect(countSeverities(results)).toEqual(added(bySeverity, filtered));
    expect(schemaErrors(log)).toEqual([]);
    expect(diagnostics.filter(({ level }) => level === 'error')).toEqual([]);

    expect(await saidOf(log)).toEqual([]);
    expect(await saidOf(log, 'cortex')).toEqual([]);
  });

  test.each(sarifLogs)('%s is SARIF, and is repaired', async (file, { findings, by_severity: bySeverity }) => {
    const { log, summary, results } = await convertToLog(readFileSync(`${corpus}/${file}`));
    expect(summary).toMatchObject({ findings, results: findings, rejected: 0, merged: 0 });
    expect(results).toHaveLength(findings ?? -1);
    const levels: Record<string, number> = {};
    for (const { level } of saidBy(log)) levels[level] = (levels[level] ?? 0) + 1;
    expect(levels).toEqual(bySeverity);
    // The null members and the suppressions without a kind are the normalizer's; what is left is advice about Snyk's words.
    expect((await saidOf(log, 'cortex')).filter((words) => !words.startsWith('SF-V'))).toEqual([]);
  });

  test.each(reports.filter(([, { findings }]) => findings === null))('%s is named', async (file) => {
    expect((await detectFormat(readFileSync(`${corpus}/${file}`))).format).toBe('text');
  });
});

/** How often each severity occurs, with each entry that a result was made of. */
function countSeverities(results: readonly Result[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { properties, occurrenceCount = 1 } of results) {
    const severity = String(properties?.['snyk/severity']);
    counts[severity] =
      (counts[severity] ?? 0) + (properties?.['snyk/finding_type'] === undefined ? occurrenceCount : 1);
  }
  return counts;
}

function added(counts: Readonly<Record<string, number>>, words: readonly string[]): Record<string, number> {
  const sum = { ...counts };
  for (const word of words) sum[word] = (sum[word] ?? 0) + 1;
  return sum;
}

interface Entry {
  readonly severity: string;
}

interface ProjectLike {
  readonly filtered?: { readonly ignore?: readonly Entry[]; readonly patch?: readonly Entry[] };
  readonly applications?: readonly ProjectLike[];
}

function filteredIn(report: ProjectLike | readonly ProjectLike[]): string[] {
  const projects = Array.isArray(report) ? (report as ProjectLike[]) : [report as ProjectLike];
  return projects.flatMap(({ filtered, applications = [] }) => [
    ...[...(filtered?.ignore ?? []), ...(filtered?.patch ?? [])].map(({ severity }) => severity),
    ...filteredIn(applications),
  ]);
}

/** What validation says about a log, after normalizing it for a destination where one is named. */
async function saidOf(log: unknown, profile?: Profile): Promise<string[]> {
  const diagnostics: Diagnostic[] = [];
  const events = readSarif(new TextEncoder().encode(JSON.stringify(log)));
  const repaired = profile === undefined ? events : normalize(events, { profile });
  const report = (diagnostic: Diagnostic) => {
    if (diagnostic.level !== 'note') diagnostics.push(diagnostic);
  };
  for await (const _ of validate(repaired, { report, profile }));
  return diagnostics
    .filter(({ ruleId, pointer }) => !isAsReported(ruleId, pointer, log as Log))
    .map(({ ruleId, pointer, message }) => `${ruleId} ${pointer} ${message}`);
}

/** Snyk names categories as weaknesses, and a project without findings has no rules. */
function isAsReported(ruleId: string, pointer: string, { runs }: Log): boolean {
  const run = runs?.[Number(/^\/runs\/(\d+)/.exec(pointer)?.[1])];
  return ruleId === 'SF-V802' || (ruleId === 'SF-C002' && (run?.results ?? []).length === 0);
}

/** What a result says in Snyk's own logs and in ours: Snyk writes line 1 for files whose line is not known. */
interface Said {
  readonly rules: readonly string[];
  readonly uri: string | undefined;
  readonly line: number;
  readonly endColumn: number | undefined;
  readonly level: string;
  readonly suppressed: readonly string[];
}

function saidBy({ runs }: Log): Said[] {
  return (runs ?? []).flatMap((run) =>
    (run?.results ?? []).map(({ ruleId = '', ruleIndex, level, locations, suppressions }) => {
      const rules = run?.tool.driver.rules ?? [];
      const rule = rules[ruleIndex ?? -1] ?? rules.find(({ id }) => id === ruleId);
      const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
      const title = rule?.name ?? rule?.shortDescription?.text ?? '';
      return {
        rules: [ruleId, title.toLowerCase().replace(/[^a-z]/g, '')],
        uri: artifactLocation?.uri,
        line: region?.startLine ?? 1,
        endColumn: region?.endColumn,
        level: level ?? rule?.defaultConfiguration?.level ?? 'warning',
        suppressed: (suppressions ?? []).map(
          ({ status = 'accepted', justification = '' }) => `${status} ${justification}`,
        ),
      };
    }),
  );
}

describe.skipIf(isAbsent)('everything in a log that Snyk wrote of the same scan is in ours', () => {
  test.each([
    ['testresult-webgoat.json', 'testresult-webgoat.sarif.json', 47],
    ['testresult-secrets.json', 'testresult-secrets.sarif.json', 3],
    ['cli-iac-v2.json', 'cli-iac.sarif.json', 4],
  ])('%s', async (file, theirFile, count) => {
    const { log } = await convertToLog(readFileSync(`${corpus}/${file}`));
    const ours = saidBy(log);
    const theirs = saidBy(JSON.parse(readFileSync(`${corpus}/${theirFile}`, 'utf8')) as Log);
    expect(theirs).toHaveLength(count);
    expect(ours).toHaveLength(count);
    for (const their of theirs) {
      const at = ours.findIndex(
        ({ rules, uri, line, endColumn, level }) =>
          // The two catalogues of infrastructure as code name some rules differently; their titles are the same.
          rules.some((name) => name !== '' && their.rules.includes(name)) &&
          uri === their.uri &&
          line === their.line &&
          endColumn === their.endColumn &&
          level === their.level,
      );
      expect(at, JSON.stringify(their)).not.toBe(-1);
      const [our] = ours.splice(at, 1);
      // Ignores of a policy file are in the test result only.
      if (their.suppressed.length > 0) expect(our?.suppressed).toEqual(their.suppressed);
    }
  });
});
