import type { ReportDefect } from './defect.ts';
import { explain } from './explain.ts';
import { provesLog, provesResult, provesRun } from './validators.generated.ts';

/** Compiled code that proves a value clean, or fails to. */
type Proof = (value: unknown) => boolean;

const proofs = { log: provesLog as Proof, run: provesRun as Proof, result: provesResult as Proof };

/** The units that a log is checked and repaired in. */
export type RootName = keyof typeof proofs;

/**
 * Checks the structure of a log whose runs have `results` empty, `null` or left out (sections 3.13 to 3.26 and what
 * they hold). Reports each defect with its path from the log. Returns whether there is no error and no warning.
 */
export function checkLogHeader(value: unknown, report: ReportDefect): boolean {
  return check('log', value, report);
}

/** The same for one run without its results (section 3.14). Paths start at the run. */
export function checkRunHeader(value: unknown, report: ReportDefect): boolean {
  return check('run', value, report);
}

/** The same for one result (section 3.27). Paths start at the result. */
export function checkResult(value: unknown, report: ReportDefect): boolean {
  return check('result', value, report);
}

/** The fast path proves innocence, the slow path explains guilt. Notes alone leave a value clean. */
export function check(root: RootName, value: unknown, report: ReportDefect): boolean {
  if (proofs[root](value)) return true;
  let defects = 0;
  let clean = true;
  explain(root, value, (defect) => {
    defects += 1;
    if (defect.rule.level !== 'note') clean = false;
    report(defect);
  });
  if (defects === 0) {
    throw new Error(
      `The compiled schema refuses this ${root}, and no rule says why. This is a defect of Sariflow: please report it together with the ${root}.`,
    );
  }
  return clean;
}
