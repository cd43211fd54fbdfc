import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { concatenate } from '../../json/concatenate.ts';
import type { Log } from '../../model/model.ts';
import { type NormalizeOptions, normalize } from '../../normalize/normalize.ts';
import { readSarif } from '../../read/read-sarif.ts';
import { type ValidateOptions, validate } from '../../validate/validate.ts';
import { writeSarif } from '../../write/write-sarif.ts';

/** What validating a log comes to, for rules whose ids begin so. */
export async function diagnosticsOf(
  log: object,
  options: Omit<ValidateOptions, 'report'>,
  ids = 'SF-',
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const events = validate(readSarif(bytesOf(log)), {
    ...options,
    report: (diagnostic) => diagnostics.push(diagnostic),
  });
  for await (const batch of events.batches()) void batch;
  return diagnostics.filter(({ ruleId }) => ruleId.startsWith(ids));
}

/** The log as it is written after normalizing. */
export async function normalizedLog(log: object, options: NormalizeOptions): Promise<Log> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(normalize(readSarif(bytesOf(log)), options))) chunks.push(chunk);
  return JSON.parse(new TextDecoder().decode(concatenate(chunks))) as Log;
}

function bytesOf(log: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(log));
}
