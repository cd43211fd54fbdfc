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

/**
 * What must not be left in a log that was normalized, nor come up in a part of it: errors, and anything that has a repair. Advice
 * about what only the tool can know (its version, the revision that was scanned) may stay.
 */
export async function defectsLeftIn(events: AsyncIterable<SarifEvent>, profile?: Profile): Promise<Diagnostic[]> {
  const diagnostics = await diagnosticsOf(events, profile);
  return diagnostics.filter(({ level, fix }) => level === 'error' || fix !== undefined);
}
