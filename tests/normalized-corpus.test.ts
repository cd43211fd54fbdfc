import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Diagnostic,
  normalize,
  type Profile,
  readSarif,
  ruleDocuments,
  validate,
  writeSarif,
} from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { projectRoot } from './project-files.ts';

const folder = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus', 'sarif', 'valid');
const isAbsent = !existsSync(folder);
const logs = isAbsent ? [] : readdirSync(folder);

/** Defects that no repair is known for, as their rules say. */
const unrepairable = new Set<string>(
  ruleDocuments.filter(({ explanation }) => /^None\b/.test(explanation.repair)).map(({ id }) => id),
);

const decoder = new TextDecoder();

async function normalized(bytes: Uint8Array, profile: Profile | undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(normalize(readSarif(bytes), { profile }))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function errorsOf(bytes: Uint8Array, profile: Profile | undefined): Promise<string[]> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): number => diagnostics.push(diagnostic);
  const checked = validate(readSarif(bytes, { report }), { report, profile, maxPerRule: Number.POSITIVE_INFINITY });
  for await (const batch of checked.batches()) void batch;
  return (
    diagnostics
      .filter(({ level, ruleId }) => level === 'error' && !unrepairable.has(ruleId))
      // A result set that the scan did not produce is not invented, whatever a destination thinks of that.
      .filter(({ ruleId, pointer }) => ruleId !== 'SF-G008' || !/^\/runs\/\d+(?:\/results)?$/.test(pointer))
      .map(({ ruleId, pointer, message }) => `${ruleId} ${pointer} ${message}`)
  );
}

test('most rules know a repair', () => {
  expect(unrepairable.size).toBeLessThan(ruleDocuments.length / 2);
});

describe.skipIf(isAbsent).each([undefined, 'cortex', 'github'] as const)('with the profile %s', (profile) => {
  test.each(logs)('%s has no error once it is normalized, and does not change again', async (file) => {
    const once = await normalized(new Uint8Array(readFileSync(`${folder}/${file}`)), profile);
    expect(await errorsOf(once, profile)).toEqual([]);
    const twice = await normalized(once, profile);
    // Compared as bytes first: what differs between two texts of megabytes takes long to show.
    if (Buffer.compare(twice, once) !== 0) expect(decoder.decode(twice)).toBe(decoder.decode(once));
  });
});
