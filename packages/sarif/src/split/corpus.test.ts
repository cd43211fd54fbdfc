import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { ReadError } from '../json/read-error.ts';
import { normalize } from '../normalize/normalize.ts';
import { type Drop, readSarif } from '../read/read-sarif.ts';
import { corpusFiles, corpusIsAbsent } from '../read/test-support/corpus.ts';
import type { Profile } from '../rules/rule.ts';
import { contentsOf } from './test-support/contents.ts';
import { defectsLeftIn } from './test-support/diagnostics-of.ts';
import { bytesOf, parsed, partsOf } from './test-support/events-of.ts';

const maxBytes = 64 * 1024;
const profiles: readonly (Profile | undefined)[] = [undefined, 'cortex'];

interface Expected {
  readonly findings: number | null;
  readonly by_severity: Readonly<Record<string, number>> | null;
}

const projectRoot = fileURLToPath(new URL('../../../../', import.meta.url));
const expectations: Readonly<Record<string, Expected>> = corpusIsAbsent
  ? {}
  : JSON.parse(
      readFileSync(
        resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus', 'sarif/expected.json'),
        'utf8',
      ),
    );

const valid = corpusFiles('valid');
const invalid = corpusFiles('invalid');

describe.skipIf(corpusIsAbsent)('the valid logs of the corpus', () => {
  test.each(valid)('$name: as many findings, of the same levels', async ({ name, bytes }) => {
    const drops: Drop[] = [];
    const onDrop = (drop: Drop) => drops.push(drop);
    const parts = await partsOf(normalize(readSarif(bytes), { onDrop }), { maxBytes: 8e6, onDrop });
    const { findings, by_severity: bySeverity } = expectations[name] as Expected;
    const levels: Record<string, number> = {};
    for (const part of parts) {
      for (const [level, count] of Object.entries(part.levels))
        if (count > 0) levels[level] = (levels[level] ?? 0) + count;
    }
    expect(levels).toEqual(bySeverity ?? {});
    expect(parts.reduce((sum, { results }) => sum + results, 0)).toBe(findings);
    expect(drops).toEqual([]);
  });

  test.each(valid)('$name: in small parts nothing is lost', async ({ name, bytes }) => {
    const whole = parsed(await bytesOf(normalize(readSarif(bytes))));
    const told: Diagnostic[] = [];
    const parts = await partsOf(normalize(readSarif(bytes)), {
      maxBytes,
      report: (diagnostic) => told.push(diagnostic),
    });
    const contents = parts.flatMap((part) => contentsOf(parsed(part.bytes)));
    expect(contents.length).toBe(expectations[name]?.findings);
    if (told.length === 0) expect(contents).toEqual(contentsOf(whole));
    // What had to be shortened says less than it did, and few results are so long.
    else expect(told.length).toBeLessThan(contents.length / 10);
  });

  test.each(valid)('$name: each small part is valid alone', async ({ name, bytes }) => {
    const parts = await partsOf(normalize(readSarif(bytes), { profile: 'cortex' }), { maxBytes });
    for (const part of parts) {
      expect(part.bytes.length).toBeLessThanOrEqual(maxBytes);
      const defects = await defectsLeftIn(readSarif(part.bytes), 'cortex');
      expect(defects.filter(isRepairable)).toEqual([]);
    }
    expect(parts.reduce((sum, { results }) => sum + results, 0)).toBe(expectations[name]?.findings);
  });
});

describe.skipIf(corpusIsAbsent).each(profiles)('every log of the corpus with the profile %s', (profile) => {
  test.each([...valid, ...invalid])('$name is normal once and for all', async ({ bytes }) => {
    let once: Uint8Array;
    try {
      once = await bytesOf(normalize(readSarif(bytes), { profile }));
    } catch (error) {
      expect(error).toBeInstanceOf(ReadError);
      return;
    }
    const twice = await bytesOf(normalize(readSarif(once), { profile }));
    expect(Buffer.from(twice).equals(Buffer.from(once))).toBe(true);
    const defects = await defectsLeftIn(readSarif(once), profile);
    expect(defects.filter(isRepairable)).toEqual([]);
  });
});

/** Results that are missing are not made up, and neither is the name of a tool. */
function isRepairable({ ruleId }: Diagnostic): boolean {
  return ruleId !== 'SF-C010' && ruleId !== 'SF-V006';
}
