import type { Result } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';

/** What is said of members: made up because the log does not hold them, or shortened because a destination takes no more. */
type MemberNote = 'sariflow/synthetic' | 'sariflow/shortened';

/** Adds a member's name to a list in a result's properties that says what was done to it for a destination. */
export function noteInProperties(result: Mutable<Result>, note: MemberNote, member: string): void {
  const before: unknown = result.properties?.[note];
  const members = Array.isArray(before) ? (before as readonly unknown[]) : [];
  if (members.includes(member)) return;
  result.properties = { ...result.properties, [note]: [...members, member] };
}
