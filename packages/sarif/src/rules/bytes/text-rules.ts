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

/** What is wrong, as sentences. */
export function textDefectMessage({ code, found, inName, hasNul }: TextDefect): string {
  const what = inName ? 'The name of this member' : 'The string';
  switch (code) {
    case 'SF-P108':
      return 'This member occurs more than once in its object. The last one counts.';
    case 'SF-P110':
      return `The number ${found} is beyond 2^53 - 1, so most programs read another number than this. Write it as a string.`;
    case 'SF-P111':
      return hasNul
        ? `${what} holds the control character U+0000, which many programs refuse. Remove it.`
        : `${what} holds a control character, written ${found}, which terminals act upon. Remove it.`;
    case 'SF-P112':
      return `${what} holds ${found} without its other half, which is no character. A string that is cut in the middle of a character looks like that; cut it between characters.`;
  }
}
