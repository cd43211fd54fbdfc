import type { Diagnostic, DiagnosticLevel, Report } from './diagnostic.ts';

/** Passes on the first diagnostics of each rule and counts the others: places are not computed for what nobody reads. */
export class Reporter {
  readonly #report: Report | undefined;
  readonly #maxPerRule: number;
  readonly #counts = new Map<string, { count: number; level: DiagnosticLevel }>();

  constructor(report: Report | undefined, maxPerRule = 100) {
    this.#report = report;
    this.#maxPerRule = maxPerRule;
  }

  add(ruleId: string, level: DiagnosticLevel, build: () => Diagnostic): void {
    if (this.#report === undefined) return;
    const seen = this.#counts.get(ruleId);
    if (seen === undefined) this.#counts.set(ruleId, { count: 1, level });
    else seen.count += 1;
    if ((seen?.count ?? 1) <= this.#maxPerRule) this.#report(build());
  }

  /** Whether further diagnostics of a rule are only counted. Nothing is, where nobody listens. */
  isFull(ruleId: string): boolean {
    return this.#report === undefined || (this.#counts.get(ruleId)?.count ?? 0) >= this.#maxPerRule;
  }

  /** Counts diagnostics of a rule that is full. */
  count(ruleId: string, more: number): void {
    const seen = this.#counts.get(ruleId);
    if (seen !== undefined) seen.count += more;
  }

  /** Says how many diagnostics of each rule were only counted. */
  end(): void {
    for (const [ruleId, { count, level }] of this.#counts) {
      const more = count - this.#maxPerRule;
      if (more <= 0) continue;
      this.#report?.({
        ruleId,
        level,
        message: `${more} more like the ${this.#maxPerRule} above.`,
        pointer: '',
        count: more,
      });
    }
    this.#counts.clear();
  }
}
