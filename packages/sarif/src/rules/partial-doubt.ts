import {
  BASELINE_DOUBT,
  FINGERPRINT_DOUBT,
  FIX_DOUBT,
  GUID_DOUBT,
  KIND_DOUBT,
  REGION_DOUBT,
  SUPPRESSION_DOUBT,
  TEXT_DOUBT,
} from '../recognise/portable/layout.ts';

/**
 * Rules that may have something to say for a reason that the recogniser names, where nothing else is in doubt: all others need not be asked. Those of
 * them that compare results repair nothing.
 */
const rulesByDoubt: readonly (readonly [doubt: number, ids: readonly string[]])[] = [
  [
    TEXT_DOUBT,
    ['SF-V301', 'SF-V302', 'SF-V303', 'SF-V304', 'SF-V305', 'SF-V306', 'SF-V307', 'SF-V308', 'SF-V310', 'SF-V311'],
  ],
  [REGION_DOUBT, ['SF-V501', 'SF-V502', 'SF-V503', 'SF-V504', 'SF-V505', 'SF-V506', 'SF-V507', 'SF-V508']],
  [FIX_DOUBT, ['SF-V603', 'SF-V604']],
  [BASELINE_DOUBT, ['SF-V211']],
  [GUID_DOUBT, ['SF-V008']],
  [KIND_DOUBT, ['SF-V201', 'SF-V202', 'SF-V203', 'SF-C008']],
  [SUPPRESSION_DOUBT, ['SF-V210']],
  [FINGERPRINT_DOUBT, ['SF-V702', 'SF-V703', 'SF-V704', 'SF-V705']],
];

/** The ids of the rules to ask about a result with these flags. */
export function rulesInDoubt(flags: number): ReadonlySet<string> {
  return new Set(rulesByDoubt.flatMap(([doubt, ids]) => ((flags & doubt) === 0 ? [] : ids)));
}
