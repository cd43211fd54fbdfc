import { nearestWord } from '../nearest-word.ts';
import type { Explanation } from './explanation.ts';
import { explanations } from './explanations.ts';

/** What was found for a code as it was written; else the nearest one that there is. */
export type Found =
  | { readonly explanation: Explanation }
  | { readonly explanation?: undefined; readonly nearest: Explanation | undefined };

const byCode = new Map(explanations.map((explanation) => [explanation.code.toLowerCase(), explanation]));
const byExitCode = new Map(
  explanations.flatMap((explanation) => (explanation.exitCodes ?? []).map((code) => [String(code), explanation])),
);

/** Finds `SF-S205` as well as `s205`, and exit codes by name or number. */
export function findExplanation(written: string): Found {
  const code = written.trim().toLowerCase();
  const explanation = byCode.get(code) ?? byCode.get(`sf-${code}`) ?? byExitCode.get(code);
  if (explanation !== undefined) return { explanation };
  // Nobody writes a code that is much longer than any there is.
  const isPlausible = code.length <= 40;
  const nearest = isPlausible
    ? (nearestWord(code, byCode.keys()) ?? nearestWord(`sf-${code}`, byCode.keys()))
    : undefined;
  return { nearest: nearest === undefined ? undefined : byCode.get(nearest) };
}
