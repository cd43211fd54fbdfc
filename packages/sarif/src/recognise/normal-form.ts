import type { Profile } from '../rules/rule.ts';
import type { RunContext } from '../run/run-context.ts';
import { FIRST_LINE, FIRST_URI, FOREIGN_URI, HAS_ARGUMENTS, HAS_TEXT, OTHER_KIND } from './primitives.ts';
import type { ResultFacts } from './result-facts.ts';

const wanted = HAS_TEXT | FIRST_URI | FIRST_LINE;

/**
 * Whether the bytes of a result prove that it needs no repair, but for a level that it does not state. What this answers with
 * yes, no rule of the catalogue has anything to say about, again but for the level.
 */
export function provesNormalForm(
  facts: ResultFacts,
  { rules, paths }: RunContext,
  profile: Profile | undefined,
): boolean {
  const { flags, ruleId, level, bases } = facts;
  if ((flags & (OTHER_KIND | FOREIGN_URI)) !== 0 || ruleId === '' || !rules.isRecognised(facts)) return false;
  if (bases !== 0 && !paths.addNothing(bases)) return false;
  if (rules.findByFacts(facts).by === 'conflict') return false;
  if (profile === undefined) return true;
  return level !== 1 && (flags & wanted) === wanted && (flags & HAS_ARGUMENTS) === 0;
}
