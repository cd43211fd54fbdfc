import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SarifEvent } from '../events/event.ts';
import { concatenate } from '../json/concatenate.ts';
import { ReadError } from '../json/read-error.ts';
import { normalize } from '../normalize/normalize.ts';
import { readSarif } from '../read/read-sarif.ts';
import { validate } from '../validate/validate.ts';
import { writeSarif } from '../write/write-sarif.ts';
import { ruleDocuments } from './registry.ts';
import type { Profile, RuleDocument } from './rule.ts';

const samples = new URL('../../../../test-data/sarif/rules/', import.meta.url);

/** When the samples are looked at. */
const now = new Date('2026-01-01T00:00:00Z');

/** Rules that no small file breaks; their tests make large ones. */
const large = new Set(['SF-P113', 'SF-C011', 'SF-G001', 'SF-G003', 'SF-G004', 'SF-G005', 'SF-G006']);

/** Rules that are described and not checked. */
const unchecked = new Set(['SF-A12']);

/** Rules of the standard that cannot be kept where a rule of a destination, or of the authors, is broken. */
const alsoBroken: Readonly<Record<string, readonly string[]>> = {
  'SF-C001': ['SF-V006'],
  'SF-C010': ['SF-V005'],
  'SF-G011': ['SF-V212'],
  'SF-G012': ['SF-V009'],
  'SF-A01': ['SF-A13'],
};

/** Where broken samples are broken, for rules whose repair depends on it. */
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
  'SF-G002': '/runs/20',
  'SF-G007': '/runs/0/tool/driver/rules/0/properties/tags/20',
  'SF-G008': '/runs/0/results/0/locations',
  'SF-G009': '/runs/0/results/0/message',
  'SF-G010': '/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri',
  'SF-G011': '/runs/0/tool/driver/rules/0/properties/security-severity',
  'SF-G012': '/runs/1/automationDetails/id',
  'SF-G013': '/runs/0/results/0/locations/0/physicalLocation/region',
  'SF-G014': '/runs/0/tool/driver/rules/0',
  'SF-G015': '/runs/0/results/0/ruleId',
};

const sample = (id: string, name: string) => readFileSync(new URL(`${id}/${name}.sarif`, samples));

function setsOf(id: string): { profile?: Profile; authoring?: boolean } {
  if (id.startsWith('SF-C')) return { profile: 'cortex' };
  if (id.startsWith('SF-G')) return { profile: 'github' };
  return id.startsWith('SF-A') ? { authoring: true } : {};
}

async function drain(events: AsyncIterable<SarifEvent>): Promise<void> {
  for await (const event of events) expect(event.type).toBeTypeOf('string');
}

/** Everything there is to say about bytes, what ends the reading included. */
async function diagnosticsOf(id: string, bytes: Uint8Array): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  try {
    await drain(validate(readSarif(bytes, { report }), { report, now, ...setsOf(id) }));
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    diagnostics.push(error.diagnostic);
  }
  return diagnostics;
}

async function normalized(
  id: string,
  bytes: Uint8Array,
  report?: (diagnostic: Diagnostic) => void,
): Promise<Uint8Array> {
  const { profile } = setsOf(id);
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(normalize(readSarif(bytes), { profile, report }))) chunks.push(chunk);
  return concatenate(chunks);
}

const rulesWithSamples = ruleDocuments.filter(({ id }) => !large.has(id) && !unchecked.has(id));

test('ids are unique, in the form of the catalogue', () => {
  const ids = ruleDocuments.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^SF-(?:[PSVGC]\d{3}|A\d{2})$/);
});

describe.each(rulesWithSamples.map((rule) => [rule.id, rule] as const))('%s', (id, rule: RuleDocument) => {
  test('has its two samples and a whole explanation', () => {
    for (const name of ['broken', 'clean']) expect(existsSync(new URL(`${id}/${name}.sarif`, samples))).toBe(true);
    const { cause, reason, repair, before, after } = rule.explanation;
    for (const text of [rule.summary, cause, reason, repair]) expect(text).toMatch(/[.:]$/);
    for (const text of [before, after]) expect(text).not.toBe('');
  });

  test('is the only rule that its broken sample breaks', async () => {
    const all = await diagnosticsOf(id, sample(id, 'broken'));
    const also = new Set(alsoBroken[id]);
    const diagnostics = all.filter(({ ruleId }) => !also.has(ruleId));
    expect(new Set(all.map(({ ruleId }) => ruleId))).toEqual(new Set([id, ...also]));
    if (pointers[id] !== undefined) expect(diagnostics.map(({ pointer }) => pointer)).toEqual([pointers[id]]);
    for (const { message, level } of diagnostics) {
      expect(message).toMatch(/\.$/);
      expect(['error', 'warning', 'note']).toContain(level);
    }
    expect(diagnostics.map(({ level }) => level)).toContain(rule.level);
  });

  test('places every diagnostic in the input', async () => {
    const bytes = sample(id, 'broken');
    const text = bytes.toString();
    for (const { place } of await diagnosticsOf(id, bytes)) {
      expect(place).toBeDefined();
      const lines = text.split(/\r\n|\r|\n/);
      expect(place?.line).toBeLessThanOrEqual(lines.length);
      expect(place?.byteOffset).toBeLessThanOrEqual(bytes.length);
    }
  });

  test('is not broken by its clean sample, nor is any other', async () => {
    expect(await diagnosticsOf(id, sample(id, 'clean'))).toEqual([]);
  });

  test('leaves a clean sample as it is', async () => {
    const repairs: Diagnostic[] = [];
    const once = await normalized(id, sample(id, 'clean'), (diagnostic) => repairs.push(diagnostic));
    expect(repairs.filter(({ fix }) => fix !== undefined)).toEqual([]);
    expect(await normalized(id, once)).toEqual(once);
  });

  test('is repaired where it says so: what is written has no error, and does not change again', async () => {
    const diagnostics = await diagnosticsOf(id, sample(id, 'broken'));
    let once: Uint8Array;
    try {
      once = await normalized(id, sample(id, 'broken'));
    } catch (error) {
      expect(error).toBeInstanceOf(ReadError);
      return;
    }
    const left = await diagnosticsOf(id, once);
    const fixed = diagnostics.some(({ fix }) => fix !== undefined);
    // Repair passes leave out the rules that say so.
    if (rule.explanation.repair.startsWith('None')) expect(fixed).toBe(false);
    if (fixed) expect(left.filter(({ ruleId }) => ruleId === id)).toEqual([]);
    if (rule.explanation.repair !== 'None.' && !rule.explanation.repair.startsWith('None:')) {
      expect(left.filter(({ level }) => level === 'error')).toEqual([]);
    }
    expect(await normalized(id, once)).toEqual(once);
  });
});
