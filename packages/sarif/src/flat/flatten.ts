import type { SarifEvent } from '../events/event.ts';
import { batchesOf } from '../events/event-stream.ts';
import { createRunContext } from '../run/run-context.ts';
import { type FlatFinding, FlatFindings, type FlatOptions } from './flat-finding.ts';

export interface FlattenOptions extends Omit<FlatOptions, 'distrusted'> {
  /** Where the sources were checked out, an absolute path or `file:` URI. */
  readonly checkoutRoot?: string | undefined;
}

/**
 * One flat finding for each result of a log, in batches, in order. Results that a log keeps from an earlier run are there, too; their
 * `baselineState` is `absent`.
 *
 * @param events as the schema wants them, such as `normalize` gives; with the fingerprints of `addFingerprints`, identities are what
 *   other tools find in the log
 */
export async function* flatten(
  events: AsyncIterable<SarifEvent>,
  { checkoutRoot, ...options }: FlattenOptions = {},
): AsyncGenerator<readonly FlatFinding[]> {
  let findings: FlatFindings | undefined;
  for await (const batch of batchesOf(events)) {
    const flat: FlatFinding[] = [];
    for (const event of batch) {
      if (event.type === 'run-start')
        findings = new FlatFindings(createRunContext(event, event.run, checkoutRoot), options);
      else if (event.type === 'result' && findings !== undefined)
        flat.push(findings.of(event.result, event.resultIndex));
    }
    if (flat.length > 0) yield flat;
  }
}
