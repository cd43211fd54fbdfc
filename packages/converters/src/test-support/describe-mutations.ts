import { describe, expect, test } from 'vitest';
import type { ReportFormatId } from '../detection/format-id.ts';
import { convertToLog } from './convert-to-log.ts';
import { examineMutant } from './examine-mutant.ts';
import { type FindingExtents, jsonFindings } from './json-extents.ts';
import { mutate } from './mutate-report.ts';
import { samplesIn } from './samples.ts';
import { seeded } from './seeded.ts';

/** How a converter's samples are changed. */
export interface MutationPlan {
  readonly format: ReportFormatId;
  /**
   * The paths of the arrays that hold findings, with `*` for a position: `results`, or the empty string for a report that
   * is an array itself.
   */
  readonly findings: readonly string[];
  /** Finds the bytes of the findings in reports that are not JSON. */
  readonly elsewhere?: (bytes: Uint8Array) => FindingExtents;
  /** Folder below `test-data/converters`. Default: that of the format. */
  readonly folder?: string;
  /** Samples to leave out: those that are damaged already. */
  readonly except?: readonly string[];
}

/** Of so many changes one may take findings with it that nothing was done to, as long as a diagnostic says so. */
const changesPerNeighbour = 1000;

/**
 * Declares tests that change the samples of a converter, `SARIFLOW_MUTATIONS` times (2,000), in the same ways in every run;
 * `SARIFLOW_SEED` gives others.
 */
export function describeMutations({ format, findings, elsewhere, folder = format, except = [] }: MutationPlan): void {
  const samples = samplesIn(`converters/${folder}`).filter(({ name }) => !except.includes(name));
  const all = Number(process.env['SARIFLOW_MUTATIONS'] ?? 2000);
  const each = Math.ceil(all / samples.length);
  const seed = Number(process.env['SARIFLOW_SEED'] ?? 20_301_117);

  test(`${format}: the samples have findings to change`, async () => {
    const lists = await Promise.all(
      samples.map(({ input, ending }) => (ending === 'json' ? jsonFindings(input, findings) : elsewhere?.(input))),
    );
    expect(lists.flatMap((extents) => extents?.findings ?? []).length).toBeGreaterThan(samples.length / 2);
  });

  const neighbours: string[] = [];

  describe(`${format}: ${all} changed reports`, { timeout: 600_000 }, () => {
    test.each(samples)('$name', async ({ name, input, options: own, ending }) => {
      const options = { ...own, from: format };
      const isJson = ending === 'json';
      const patterns = isJson ? findings : undefined;
      const extents = isJson ? await jsonFindings(input, findings) : elsewhere?.(input);
      if (extents === undefined)
        throw new Error('This sample is not JSON: say with `elsewhere` where its findings are.');
      const before = await convertToLog(input, options);
      const random = seeded(seed + samples.findIndex((sample) => sample.name === name));
      for (let round = 0; round < each; round += 1) {
        const lost = await examineMutant(mutate({ bytes: input, ...extents, patterns }, random), before, options);
        if (lost !== undefined) neighbours.push(`${name}: ${lost}`);
      }
    });

    test('what nothing was done to is converted as before', () => {
      expect(neighbours.length, neighbours.join('\n')).toBeLessThanOrEqual(all / changesPerNeighbour);
    });
  });
}
