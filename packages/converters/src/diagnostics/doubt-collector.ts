import { type Diagnostic, type PathSegment, type Place, pointerOf, type Report } from '@sariflow/sarif';
import { type ConverterRule, type ConverterRuleId, converterRules } from './converter-rules.ts';
import type { Doubt, Origin } from './doubt.ts';

/** Doubts of one kind about one field, for a notification in the log. */
export interface DoubtGroup {
  readonly ruleId: ConverterRuleId;
  readonly message: string;
  readonly pointer: string;
  readonly place: Place | undefined;
  count: number;
}

/** Fewer than a run lists notifications of one kind, so that the count of what goes beyond is listed too. */
const mostGroups = 900;
const mostUnknown = 10_000;
const mostValueCharacters = 200;

/**
 * Turns doubts into diagnostics as they arise, and keeps one group for each rule and field. Findings that are rejected
 * are kept one by one, because each is a loss. Memory: nine hundred groups, a count of what goes beyond, and the
 * names of ten thousand unknown fields.
 */
export class DoubtCollector {
  readonly #report: Report | undefined;
  readonly #groups = new Map<string, DoubtGroup>();
  readonly #beyond = new Map<ConverterRuleId, DoubtGroup>();
  /** Fields that were told to be unknown. */
  readonly #unknown = new Set<string>();
  #endedEarly = false;

  constructor(report: Report | undefined) {
    this.#report = report;
  }

  /** Doubts about one piece of the report. */
  about(origin: Origin): Doubt {
    return (ruleId, path, message, value) => this.#add(origin, ruleId, path, message, value);
  }

  /** What was said since this was last asked, in the order in which it was first said: one run after another writes its own. */
  takeGroups(): DoubtGroup[] {
    const groups = [...this.#groups.values(), ...this.#beyond.values()];
    this.#groups.clear();
    this.#beyond.clear();
    return groups;
  }

  /** Whether the report could not be read to its end, so that nobody knows how many findings it had. */
  get hasEndedEarly(): boolean {
    return this.#endedEarly;
  }

  endedEarly(): void {
    this.#endedEarly = true;
  }

  #add(origin: Origin, ruleId: ConverterRuleId, path: readonly PathSegment[], message: string, value: unknown): void {
    const rule: ConverterRule = converterRules[ruleId];
    const field = path.map((segment) => (typeof segment === 'number' ? '*' : segment)).join('.');
    const isRejected = ruleId === 'SF-K101' || ruleId === 'SF-K109';
    const key = isRejected ? `${ruleId} ${origin.pointer}` : `${ruleId} ${field} ${message}`;
    const known = this.#groups.get(key);
    if (known !== undefined) known.count += 1;
    // An unknown field is told once: a report that has it in one finding has it in all.
    if (ruleId === 'SF-K107') {
      if (this.#unknown.has(key)) return;
      if (this.#unknown.size < mostUnknown) this.#unknown.add(key);
    }

    const pointer = origin.pointer + pointerOf(path);
    const place = origin.placeOf(path);
    if (known === undefined) this.#open(key, { ruleId, message, pointer, place, count: 1 });
    if (this.#report === undefined) return;

    const diagnostic: Diagnostic = { ruleId, level: rule.level, message, pointer };
    this.#report({ ...diagnostic, ...(place && { place }), ...(value !== undefined && { value: excerpt(value) }) });
  }

  #open(key: string, group: DoubtGroup): void {
    if (this.#groups.size < mostGroups) {
      this.#groups.set(key, group);
      return;
    }
    const beyond = this.#beyond.get(group.ruleId);
    const message = 'There are more of this kind than are listed one by one.';
    if (beyond === undefined) this.#beyond.set(group.ruleId, { ...group, message });
    else beyond.count += 1;
  }
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= mostValueCharacters ? text : text.slice(0, mostValueCharacters).toWellFormed();
}
