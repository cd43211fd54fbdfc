import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convert } from '@sariflow/converters';
import { type Diagnostic, type Drop, normalize, ReadError, readSarif, splitIntoParts, validate } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const corpus = process.env['SARIFLOW_CORPUS'] ?? `${root}../shared/corpus`;
const isAbsent = !existsSync(corpus);

interface Expected {
  readonly findings: number | null;
  readonly by_severity: Readonly<Record<string, number>> | null;
  readonly schema_errors?: readonly string[];
}

function expectedOf(folder: string): Map<string, Expected> {
  if (isAbsent) return new Map();
  return new Map(Object.entries(JSON.parse(readFileSync(`${corpus}/${folder}/expected.json`, 'utf8')) as object));
}

const logs = expectedOf('sarif');
const valid = isAbsent ? [] : readdirSync(`${corpus}/sarif/valid`);
const invalid = isAbsent ? [] : readdirSync(`${corpus}/sarif/invalid`);
const maxBytes = 64 * 1024;

/** Reads, validates, normalizes and splits, and notes everything that is said and lost on the way. */
function pipeline(bytes: Uint8Array) {
  const diagnostics: Diagnostic[] = [];
  const drops: Drop[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const onDrop = (drop: Drop) => drops.push(drop);
  const profile = 'cortex';
  const events = normalize(validate(readSarif(bytes, { report, onDrop }), { report, profile }), {
    report,
    profile,
    onDrop,
  });
  return { diagnostics, drops, parts: splitIntoParts(events, { maxBytes, oneToolPerPart: true, report, onDrop }) };
}

/** As much of the command's JSON document as these tests look at. */
interface UploadDocument {
  readonly exit: { readonly code: number };
  readonly files: readonly {
    readonly path: string;
    readonly findings: number;
    readonly account: { readonly in: number; readonly accepted: number };
  }[];
  readonly parts: readonly { readonly bytes: number; readonly outcome: string }[];
  readonly account: Readonly<Record<string, number>>;
}

const main = `${root}packages/collector/dist/cli/main.js`;

describe.skipIf(isAbsent)('every valid log of the corpus', () => {
  test('is read, validated, normalized, split at 64 KB, uploaded to the local Collector and accounted for', () => {
    const folder = mkdtempSync(`${tmpdir()}/sariflow-corpus-`);
    try {
      const options = ['--target', 'local', '--force', '--max-part-bytes', String(maxBytes), '--json', '--quiet'];
      const place = ['--repository-url', 'https://github.com/acme/corpus', '--branch', 'main'];
      const run = spawnSync(process.execPath, [main, 'upload', `${corpus}/sarif/valid`, ...options, ...place], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 64 * 2 ** 20,
      });
      const document = JSON.parse(run.stdout) as UploadDocument;

      const counted = document.files.map(({ path, findings, account }) => ({
        file: basename(path),
        findings,
        in: account.in,
      }));
      const expected = valid.map((file) => {
        const findings = logs.get(`valid/${file}`)?.findings ?? 0;
        return { file, findings, in: findings };
      });
      const byName = (one: { file: string }, other: { file: string }) => (one.file < other.file ? -1 : 1);
      expect(counted.sort(byName)).toEqual(expected.sort(byName));

      const { in: given, ...outcomes } = document.account;
      const numbers = Object.values(outcomes).filter((value) => typeof value === 'number');
      expect(numbers.reduce((sum, value) => sum + value, 0)).toBe(given);
      // All but what only an earlier run had.
      const absent = valid.reduce((sum, file) => {
        const text = readFileSync(`${corpus}/sarif/valid/${file}`, 'utf8');
        return sum + (text.match(/"baselineState": *"absent"/g)?.length ?? 0);
      }, 0);
      expect(document.account).toMatchObject({ accepted: (given as number) - absent, dropped: absent });
      expect(given).toBe(expected.reduce((sum, { findings }) => sum + findings, 0));
      expect(document.parts.filter(({ bytes }) => bytes > maxBytes)).toEqual([]);
      expect(valid.length).toBeGreaterThan(100);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Rules that answer to a defect as another validator words it. */
const answers: readonly (readonly [RegExp, RegExp])[] = [
  [/^not JSON/, /^SF-P1/],
  [/is a required property/, /^SF-(S203|S212|S213|S214|V003)$/],
  [/is not one of/, /^SF-(S205|V003)$/],
  [/Additional properties are not allowed/, /^SF-S204$/],
  [/is not of type/, /^SF-(S201|S202|S215|S216|S217)$/],
  [/is not valid under any of the given schemas/, /^SF-S21[234]$/],
  [/is too short|should be non-empty/, /^SF-S207$/],
  [/has non-unique elements/, /^SF-S208$/],
  [/is less than the minimum/, /^SF-S206$/],
  [/does not match/, /^SF-(S205|S209|S210|S211)$/],
];

describe.skipIf(isAbsent)('every invalid log of the corpus', () => {
  test.each(invalid)('%s gets a diagnostic that names its defect, with a place', async (file) => {
    const { diagnostics, drops, parts } = pipeline(readFileSync(`${corpus}/sarif/invalid/${file}`));
    let results = 0;
    try {
      for await (const part of parts) results += part.results;
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      diagnostics.push(error.diagnostic);
    }
    const { findings, schema_errors: errors = [] } = logs.get(`invalid/${file}`) as Expected;
    const listed = errors.filter((error) => !error.startsWith('(passes') && !error.endsWith('schema errors in all'));
    expect(listed.length).toBeGreaterThan(0);
    for (const error of listed) {
      const answer = answers.find(([pattern]) => pattern.test(error));
      if (answer === undefined)
        throw new Error(`The corpus words an error in a way that this test does not know: ${error}`);
      const place = error.startsWith('not JSON')
        ? undefined
        : `/${/^(.*?): /.exec(error)?.[1] ?? ''}`.replace('/(root)', '');
      const naming = diagnostics.filter(
        ({ ruleId, pointer }) =>
          answer[1].test(ruleId) && (place === undefined || pointer === place || pointer.startsWith(`${place}/`)),
      );
      expect({ error, named: naming.length > 0 }).toEqual({ error, named: true });
      expect(naming[0]?.place).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    }
    if (findings !== null) expect(results + drops.length).toBe(findings);
  });
});

describe.skipIf(isAbsent)('every Semgrep report of the corpus', () => {
  const reports = [...expectedOf('semgrep')];
  test.each(reports)(
    '%s converts with the number of findings its README states, and nothing is lost on the way',
    async (file, expected) => {
      const drops: Drop[] = [];
      const onDrop = (drop: Drop) => drops.push(drop);
      const conversion = await convert(readFileSync(`${corpus}/semgrep/${file}`), { from: 'semgrep' });
      const diagnostics: Diagnostic[] = [];
      const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
      const events = normalize(validate(conversion, { report }), { profile: 'cortex', onDrop });
      let results = 0;
      for await (const part of splitIntoParts(events, { maxBytes })) results += part.results;
      expect(results).toBe(expected.findings);
      expect(drops).toEqual([]);
      expect(diagnostics.filter(({ level }) => level === 'error')).toEqual([]);
    },
  );
});
