import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SarifEvent } from '../../events/event.ts';
import { concatenate } from '../../json/concatenate.ts';
import { normalize } from '../../normalize/normalize.ts';
import { readSarif } from '../../read/read-sarif.ts';
import { validate } from '../../validate/validate.ts';
import { writeSarif } from '../../write/write-sarif.ts';
import { ruleDocuments } from '../registry.ts';

const samples = new URL('../../../../../test-data/sarif/rules/', import.meta.url);
const profile = 'cortex';

const sample = (id: string, name: string) => readFileSync(new URL(`${id}/${name}.sarif`, samples));

async function drain(events: AsyncIterable<SarifEvent>): Promise<void> {
  for await (const event of events) expect(event.type).toBeTypeOf('string');
}

async function diagnosticsOf(bytes: Uint8Array): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  await drain(validate(readSarif(bytes), { report: (diagnostic) => diagnostics.push(diagnostic), profile }));
  return diagnostics;
}

async function normalized(bytes: Uint8Array, report?: (diagnostic: Diagnostic) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(normalize(readSarif(bytes), { profile, report }))) chunks.push(chunk);
  return concatenate(chunks);
}

/** Where each broken sample is broken. */
const pointers: Readonly<Record<string, string>> = {
  'SF-C001': '/runs/0/tool/driver/name',
  'SF-C002': '/runs/0/tool/driver',
  'SF-C003': '/runs/0/results/0/ruleId',
  'SF-C004': '/runs/0/results/0/message',
  'SF-C005': '/runs/0/results/0/locations',
  'SF-C006': '/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri',
  'SF-C007': '/runs/0/results/0/locations/0/physicalLocation',
  'SF-C008': '/runs/0/results/0',
  'SF-C009': '/runs/0/tool/driver/rules/0',
  'SF-C010': '/runs/0',
};

/** Rules whose defect nobody can repair: a name and a result set are not invented. */
const unrepairable = ['SF-C001', 'SF-C010'];

test('every rule for Cortex has its samples', () => {
  const ids = ruleDocuments.map(({ id }) => id).filter((id) => id.startsWith('SF-C') && id !== 'SF-C011');
  expect(readdirSync(samples).sort()).toEqual(ids);
  expect(Object.keys(pointers)).toEqual(ids);
});

describe.each(Object.entries(pointers))('%s', (id, pointer) => {
  test('is the only rule that its broken sample breaks', async () => {
    const bytes = sample(id, 'broken');
    const diagnostics = await diagnosticsOf(bytes);
    expect(diagnostics.map(({ ruleId, pointer: at }) => ({ ruleId, at }))).toEqual([{ ruleId: id, at: pointer }]);
    const [{ place, message, level }] = diagnostics as [Diagnostic];
    expect(level).toBe(ruleDocuments.find((rule) => rule.id === id)?.level);
    expect(message).toMatch(/\.$/);
    const text = bytes.toString();
    const before = text.slice(
      0,
      text
        .split('\n')
        .slice(0, (place?.line ?? 0) - 1)
        .join('\n').length + (place?.column ?? 0),
    );
    expect(Buffer.byteLength(before)).toBe(place?.byteOffset);
  });

  test('is not broken by its clean sample', async () => {
    expect(await diagnosticsOf(sample(id, 'clean'))).toEqual([]);
  });

  test('leaves a clean sample as it is', async () => {
    const repairs: Diagnostic[] = [];
    const once = await normalized(sample(id, 'clean'), (diagnostic) => repairs.push(diagnostic));
    expect(repairs.filter(({ fix }) => fix !== undefined)).toEqual([]);
    expect(await normalized(once)).toEqual(once);
  });

  test('is repaired where it can be, and says so', async () => {
    const repairs: Diagnostic[] = [];
    const repaired = await normalized(sample(id, 'broken'), (diagnostic) => repairs.push(diagnostic));
    if (unrepairable.includes(id)) {
      expect(repairs.filter(({ ruleId, fix }) => ruleId === id && fix !== undefined)).toEqual([]);
      return;
    }
    expect(await diagnosticsOf(repaired)).toEqual([]);
    expect(repairs.map(({ ruleId, fix }) => ({ ruleId, says: fix?.description }))).toContainEqual({
      ruleId: id,
      says: expect.any(String),
    });
  });
});
