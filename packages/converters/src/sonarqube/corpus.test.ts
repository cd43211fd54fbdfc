import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, normalize, type Profile, readSarif, validate, writeSarif } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { convert } from '../convert.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { projectRoot } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';

const corpus = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus', 'sonarqube');
const isAbsent = !existsSync(corpus);

interface Expected {
  readonly findings: number;
  readonly by_severity: Readonly<Record<string, number>>;
}

const expected: Readonly<Record<string, Expected>> = isAbsent
  ? {}
  : (JSON.parse(readFileSync(`${corpus}/expected.json`, 'utf8')) as Record<string, Expected>);

/** What validation says of the report's own content: here each finding has a rule of its own, and some say the same. */
const asReported: ReadonlyMap<string, string> = new Map([['generic-issues-brakeman.json', 'SF-V311 ']]);

test.skipIf(isAbsent)('the corpus has reports', () => expect(Object.keys(expected).length).toBeGreaterThan(10));

describe.skipIf(isAbsent)('reports of the corpus', () => {
  test.each(Object.entries(expected))('%s', async (file, { findings, by_severity: bySeverity }) => {
    const bytes = readFileSync(`${corpus}/${file}`);
    const { log, summary, results } = await convertToLog(bytes);
    expect(summary).toMatchObject({ findings, results: findings, rejected: 0, merged: 0, complete: true });
    expect(countBy(results.map(({ properties }) => String(properties?.['sonar/severity'] ?? 'none')))).toEqual(
      bySeverity,
    );
    expect(schemaErrors(log)).toEqual([]);
    for (const profile of [undefined, 'cortex'] as const) {
      const said = await diagnosticsOf(bytes, profile);
      expect(said.filter((words) => !words.startsWith(asReported.get(file) ?? 'nothing'))).toEqual([]);
    }
  });
});

/** What validation says of the converted log; for a destination, of what normalizing for it makes of the log. */
async function diagnosticsOf(bytes: Uint8Array, profile: Profile | undefined): Promise<string[]> {
  const converted = await convert(bytes);
  const events = profile === undefined ? converted : normalize(converted, { profile, report: () => {} });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of writeSarif(events)) chunks.push(Uint8Array.from(chunk));
  const said: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => {
    if (diagnostic.level !== 'note') said.push(diagnostic);
  };
  for await (const _ of validate(readSarif(new Blob(chunks)), { report, profile })) {
    // Only what is reported counts.
  }
  return said.map(({ ruleId, pointer, message }) => `${ruleId} ${pointer} ${message}`);
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
