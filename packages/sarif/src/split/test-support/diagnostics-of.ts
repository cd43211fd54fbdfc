import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SarifEvent } from '../../events/event.ts';
import type { Profile } from '../../rules/rule.ts';
import { validate } from '../../validate/validate.ts';

/** Everything that validation says about a log. */
export async function diagnosticsOf(events: AsyncIterable<SarifEvent>, profile?: Profile): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const checked = validate(events, { report: (diagnostic) => diagnostics.push(diagnostic), profile });
  for await (const event of checked) void event;
  return diagnostics;
}
