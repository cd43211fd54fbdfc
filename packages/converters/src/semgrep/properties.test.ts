import type { ByteSource, Diagnostic, Result } from '@sariflow/sarif';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { samplesIn } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const position = fc.record({
  line: fc.integer({ min: 1, max: 50 }),
  col: fc.integer({ min: 1, max: 50 }),
  offset: fc.nat(9999),
});
const metadata = fc.record(
  {
    category: fc.constantFrom('security', 'correctness'),
    cwe: fc.oneof(fc.constant('CWE-79: XSS'), fc.constant(['CWE-89', 'CWE-79: XSS'])),
    owasp: fc.constantFrom('A3: Exposure', ['A03:2021 - Injection']),
    confidence: fc.constantFrom('HIGH', 'low'),
    references: fc.array(fc.webUrl(), { maxLength: 2 }),
    'security-severity': fc.constantFrom('7.5', 3, '0.0'),
  },
  { requiredKeys: [] },
);
const location = fc.record({ path: fc.constantFrom('a.py', 'b/ü.py'), start: position, end: position });
const callTrace = fc.letrec((tie) => ({
  trace: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(fc.constant('CliLoc'), fc.tuple(location, fc.string())),
    fc.tuple(
      fc.constant('CliCall'),
      fc.tuple(
        fc.tuple(location, fc.string()),
        fc.array(fc.record({ location, content: fc.string() }), { maxLength: 2 }),
        tie('trace'),
      ),
    ),
  ),
})).trace;
const extra = fc.record(
  {
    message: fc.string({ unit: 'grapheme', minLength: 1 }),
    severity: fc.constantFrom(
      'ERROR',
      'WARNING',
      'INFO',
      'CRITICAL',
      'HIGH',
      'MEDIUM',
      'LOW',
      'EXPERIMENT',
      'INVENTORY',
    ),
    metadata,
    lines: fc.oneof(fc.constant('requires login'), fc.string({ unit: 'grapheme' })),
    fingerprint: fc.oneof(fc.constant('requires login'), fc.stringMatching(/^[0-9a-f]{8}_\d$/)),
    fix: fc.string(),
    is_ignored: fc.boolean(),
    dataflow_trace: fc.record({ taint_source: callTrace, taint_sink: callTrace }, { requiredKeys: [] }),
    engine_kind: fc.constantFrom('OSS', 'PRO'),
    validation_state: fc.constantFrom('NO_VALIDATOR', 'CONFIRMED_VALID'),
  },
  { requiredKeys: ['message', 'severity', 'metadata'] },
);
const finding = fc.record({
  check_id: fc.constantFrom('a.rule', 'b.rule', '__proto__', 'c rule'),
  path: fc.constantFrom('a.py', 'dir/b c.py', '../ü.py', 'C:\\x.cs'),
  start: position,
  end: position,
  extra,
});
const reportOf = (results: unknown) => ({ version: '1.140.0', results, errors: [], paths: { scanned: [] } });

test('findings in are results out, in order, and the log passes the schema', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(finding, { maxLength: 12 }), async (findings) => {
      const { log, results, summary } = await convertToLog(bytesOf(reportOf(findings)));
      expect(summary).toMatchObject({ findings: findings.length, results: findings.length, rejected: 0, merged: 0 });
      expect(results.map(({ ruleId, message }) => [ruleId, message.text])).toEqual(
        findings.map(({ check_id: ruleId, extra: { message } }) => [ruleId, message.trim() === '' ? ruleId : message]),
      );
      expect(schemaErrors(log)).toEqual([]);
      const rules = log.runs?.[0]?.tool.driver.rules ?? [];
      for (const result of results) expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
      const withSuppressions = results.filter(({ suppressions }) => suppressions !== undefined);
      expect([0, results.length]).toContain(withSuppressions.length);
    }),
    { numRuns: 150 },
  );
});

test('who is who does not depend on the order of the findings', async () => {
  const identities = async (findings: readonly unknown[]) => {
    const { results } = await convertToLog(bytesOf(reportOf(findings)));
    return results.map(identityOf).sort();
  };
  await fc.assert(
    fc.asyncProperty(fc.array(finding, { minLength: 2, maxLength: 12 }), fc.nat(1000), async (findings, turn) => {
      const at = turn % findings.length;
      const turned = [...findings.slice(at), ...findings.slice(0, at)].reverse();
      expect(await identities(turned)).toEqual(await identities(findings));
    }),
    { numRuns: 100 },
  );
});

function identityOf({ ruleId, locations, partialFingerprints }: Result): string {
  const place = locations?.[0]?.physicalLocation;
  return JSON.stringify([ruleId, place?.artifactLocation?.uri, place?.region, partialFingerprints]);
}

test('equal findings have different computed identities', async () => {
  const one = {
    check_id: 'r',
    path: 'a.py',
    start: { line: 1, col: 1 },
    end: { line: 1, col: 2 },
    extra: { message: 'm', severity: 'LOW', metadata: {} },
  };
  const { results } = await convertToLog(bytesOf(reportOf([one, one, one])));
  expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints?.['generic/v1'])).size).toBe(3);
});

test('however the bytes are cut, the log is the same', async () => {
  const samples = samplesIn('converters/semgrep');
  const whole = await Promise.all(samples.map(({ input, options }) => convertToLog(input, options)));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(samples.length - 1),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
      async (index, sizes) => {
        const { input, options } = samples[index] as (typeof samples)[number];
        const converted = await convertToLog(cut(input, sizes), options);
        expect(converted).toEqual(whole[index]);
      },
    ),
    { numRuns: 60 },
  );
});

/** The bytes in chunks of these sizes, again and again; each chunk is overwritten once the next is asked for. */
function cut(bytes: Uint8Array, sizes: readonly number[]): ByteSource {
  return {
    async *stream() {
      for (let at = 0, n = 0; at < bytes.length; n += 1) {
        const chunk = new Uint8Array(bytes.subarray(at, at + (sizes[n % sizes.length] as number)));
        yield chunk;
        at += chunk.length;
        chunk.fill(0x21);
      }
    },
  };
}

test('500 mutations: no crash, every finding accounted for, nothing lost without a word', {
  timeout: 120_000,
}, async () => {
  const samples = samplesIn('converters/semgrep').filter(
    ({ name }) => !['damaged', 'hostile-keys', 'errors', 'empty', 'several', 'findings-alone'].includes(name),
  );
  const before = await Promise.all(
    samples.map(async ({ input, options }) => (await convertToLog(input, options)).diagnostics.map(said)),
  );
  const random = seeded(20_301_117);
  let checked = 0;
  for (let round = 0; round < 500; round += 1) {
    const sample = samples[round % samples.length] as (typeof samples)[number];
    const report = JSON.parse(new TextDecoder().decode(sample.input)) as Record<string, unknown>;
    const list = (report['results'] ?? report['findings'] ?? report['vulns']) as unknown[];
    const marker = `mutant-${round}`;
    const refused = new Set(
      before[round % samples.length]?.flatMap((words) => /^SF-K101 \/\w+\/(\d+)/.exec(words)?.[1] ?? []),
    );
    const path = mutate(list, refused, random, marker);
    const { summary, log, diagnostics } = await convertToLog(bytesOf(report), { ...sample.options, from: 'semgrep' });
    expect(summary.findings).toBe(list.length);
    expect(summary.results + summary.rejected).toBe(list.length);
    expect(schemaErrors(log), path).toEqual([]);
    const left = summary.losses.filter(({ kept }) => !kept).map(({ field }) => field);
    const isToldAsLoss = left.some((field) => path.includes(field));
    const isKept = JSON.stringify(log).includes(marker);
    const isDoubted = diagnostics.map(said).some((words) => before[round % samples.length]?.includes(words) !== true);
    expect(isKept || isDoubted || isToldAsLoss, `${sample.name}: ${path} became ${marker} and is nowhere`).toBe(true);
    checked += 1;
  }
  expect(checked).toBe(500);
});

function said({ ruleId, pointer, message }: Diagnostic): string {
  return `${ruleId} ${pointer} ${message}`;
}

/** Puts a marked value of a random type in place of a random value, not in some findings. Returns the dotted path. */
function mutate(list: unknown[], except: ReadonlySet<string>, random: () => number, marker: string): string {
  const places: { container: Record<string, unknown>; name: string; path: string }[] = [];
  const walk = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return;
    for (const name of Object.keys(value)) {
      if (value === list && except.has(name)) continue;
      const here = Array.isArray(value) ? path : `${path}${path === '' ? '' : '.'}${name}`;
      places.push({ container: value as Record<string, unknown>, name, path: here });
      walk((value as Record<string, unknown>)[name], here);
    }
  };
  walk(list, '');
  const { container, name, path } = places[Math.floor(random() * places.length)] as (typeof places)[number];
  const values = [marker, [marker], { [marker]: marker }, { value: [marker] }, [[marker]]];
  container[name] = values[Math.floor(random() * values.length)];
  return path;
}

/** Equal seeds give equal numbers in [0, 1): the linear congruence of Numerical Recipes. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
