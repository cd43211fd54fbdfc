/** What a gate found. Every gate counts at least one check, so that one that saw nothing cannot pass unnoticed. */
export interface GateResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One line for the summary: what was looked at, or what went wrong. */
  readonly note: string;
}

export interface Gate {
  readonly name: string;
  /** Streams what it does to stdout. */
  run(): Promise<GateResult>;
}

/** The result of a gate that counts as one check. */
export function oneCheck(ok: boolean, note: string): GateResult {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, note };
}
