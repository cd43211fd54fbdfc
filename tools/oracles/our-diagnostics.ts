import {
  type Diagnostic,
  type Profile,
  ReadError,
  readSarif,
  type Source,
  validate,
} from '../../packages/sarif/src/index.ts';

export interface RuleSets {
  readonly profile?: Profile;
  readonly authoring?: boolean;
}

/** Everything that Sariflow says about a document, what ends the reading included. */
export async function ourDiagnostics(source: Source, sets: RuleSets = {}): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  try {
    const events = validate(readSarif(source, { report, transcode: true }), {
      report,
      ...sets,
      maxPerRule: Number.POSITIVE_INFINITY,
    });
    for await (const batch of events.batches()) void batch;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    diagnostics.push(error.diagnostic);
  }
  return diagnostics;
}
