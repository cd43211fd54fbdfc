import { type Diagnostic, ReadError, type Result } from '@sariflow/sarif';
import { expect } from 'vitest';
import type { ConvertOptions } from '../options.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import { type ConvertedLog, convertToLog } from './convert-to-log.ts';
import type { Mutant } from './mutate-report.ts';
import { schemaErrors } from './schema.ts';

/** Converts what was done to a report, or gives the error that its users are told to expect; others are defects of ours. */
async function convertMutant(bytes: Uint8Array, options: ConvertOptions): Promise<ConvertedLog | Error> {
  try {
    return await convertToLog(bytes, options);
  } catch (error) {
    if (error instanceof ReadError || error instanceof UnknownFormatError) return error;
    throw error;
  }
}

/**
 * Asserts what is promised of every input: the conversion ends, with a log that the schema accepts or with an error that is
 * documented; each finding is a result, rejected or merged; and what is not converted is named by a diagnostic. `before` is
 * the conversion of the report as it was.
 *
 * Findings that nothing was done to should be converted as before. A bracket that is missing, or one too many, can make
 * neighbours a part of what is damaged: then this returns which, in words.
 */
export async function examineMutant(
  mutant: Mutant,
  before: ConvertedLog,
  options: ConvertOptions,
): Promise<string | undefined> {
  const { bytes, what, damaged, gone, amongFindings } = mutant;
  const after = await convertMutant(bytes, options);
  if (after instanceof Error) {
    const isMore = amongFindings && before.results.length > damaged;
    return isMore ? `${what}: nothing was converted, because: ${after.message}` : undefined;
  }

  const { summary, log, results, diagnostics } = after;
  expect(summary.findings, `${what}: findings = results + rejected + merged`).toBe(
    summary.results + summary.rejected + summary.merged,
  );
  expect(results.length, what).toBe(summary.results);
  expect(summary.complete, what).toBe(true);
  expect(schemaErrors(log), what).toEqual([]);

  const isNamed = diagnostics.some(
    (diagnostic) => !before.diagnostics.some((known) => said(known) === said(diagnostic)),
  );
  const lost = before.summary.results + before.summary.merged - (summary.results + summary.merged);
  if (lost > gone) expect(isNamed, `${what}: ${lost} findings are not converted, and nothing says why`).toBe(true);
  if (!amongFindings) return undefined;

  if (lost > damaged) return `${what}: ${lost} findings are not converted, and ${damaged} were damaged`;
  // Tables that stand behind the findings, with their paths and names, are missing of a report that ends early.
  if (summary.truncated) return undefined;
  const missing = missingFrom(results, before.results);
  return missing.length > damaged ? `${what}: these results changed:\n${missing.join('\n')}` : undefined;
}

/** What a result is, without what it owes to other findings of its rule or its run. */
function coreOf({ ruleId, message, locations }: Result): string {
  return JSON.stringify([ruleId, message.text, locations?.[0]?.physicalLocation]);
}

/** The results of `before` that are not among those of `after`, each as often as it is missing. */
function missingFrom(after: readonly Result[], before: readonly Result[]): string[] {
  const counts = new Map<string, number>();
  for (const core of after.map(coreOf)) counts.set(core, (counts.get(core) ?? 0) + 1);
  return before.map(coreOf).filter((core) => {
    const count = counts.get(core) ?? 0;
    counts.set(core, count - 1);
    return count <= 0;
  });
}

function said({ ruleId, pointer, message }: Diagnostic): string {
  return `${ruleId} ${pointer} ${message}`;
}
