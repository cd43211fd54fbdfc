import type { TextDefect } from '../../json/text-defects.ts';
import type { RuleDocument } from '../rule.ts';
import { distinctMembers } from './p108-distinct-members.ts';
import { exactInteger } from './p110-exact-integer.ts';
import { controlCharacter } from './p111-control-character.ts';
import { pairedSurrogates } from './p112-paired-surrogates.ts';

/** The rule that each defect of a text breaks. */
export const textRules: Readonly<Record<TextDefect['code'], RuleDocument>> = {
  'SF-P108': distinctMembers,
  'SF-P110': exactInteger,
  'SF-P111': controlCharacter,
  'SF-P112': pairedSurrogates,
};

/** What lenient mode does about a defect, as a sentence; undefined when it does nothing. */
export function textRepairOf({ code, inName, hasNul }: TextDefect): string | undefined {
  if (code === 'SF-P108') return 'The last one counts.';
  if (inName) return undefined;
  switch (code) {
    case 'SF-P110':
      return 'The property that holds the number is removed.';
    case 'SF-P111':
      return hasNul ? 'U+0000 is removed.' : undefined;
    case 'SF-P112':
      return 'U+FFFD takes its place.';
  }
}
