/** A value that was found somewhere. */
export interface Candidate {
  readonly value: string;
  /** Where it comes from, in words the user knows: `--branch`, `SARIFLOW_BRANCH`, `git remote origin`. */
  readonly origin: string;
}

/** The value that is used, and what it was preferred to. */
export interface ContextValue extends Candidate {
  readonly beat: readonly Candidate[];
}

/** The first candidate that has a value; empty values count as not given, as shells and CI systems write them. */
export function firstOf(
  candidates: readonly { readonly value: string | undefined; readonly origin: string }[],
): ContextValue | undefined {
  const given = candidates.filter(
    (candidate): candidate is Candidate => candidate.value !== undefined && candidate.value !== '',
  );
  const [winner, ...beat] = given;
  return winner === undefined ? undefined : { ...winner, beat };
}
