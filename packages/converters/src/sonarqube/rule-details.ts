import type { PathSegment } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';

/** What one place of a report says about a rule. */
export interface RuleDetail {
  readonly object: JsonObject;
  /** Takes paths that start with `rule`, wherever the entry stands. */
  readonly doubt: Doubt;
}

/**
 * Everything that a report says about its rules, by key: the short list beside the issues, answers of `api/rules/show` and
 * `api/rules/search`, the rules of hotspots and of sonar-report. Memory: each different thing that is said of a rule.
 */
export class RuleDetails {
  readonly #details = new Map<string, RuleDetail[]>();
  readonly #asked = new Set<string>();

  /** Adds an entry; what has no key is passed over. `key` is given where it stands outside the entry. */
  add(value: unknown, path: readonly PathSegment[], doubt: Doubt, key = keyOf(value)): void {
    if (!isObject(value) || key === undefined) return;
    const known = this.#details.get(key);
    const detail = { object: value, doubt: doubtAt(doubt, path) };
    if (known === undefined) this.#details.set(key, [detail]);
    // Pages repeat the short list.
    else if (addsSomething(value, known)) known.push(detail);
  }

  /** All that is said of a rule, in the order in which it was said. */
  of(key: string): readonly RuleDetail[] {
    this.#asked.add(key);
    return this.#details.get(key) ?? nothing;
  }

  /** How many rules nobody has asked about. The next call counts those of after. */
  takeIdle(): number {
    const idle = [...this.#details.keys()].filter((key) => !this.#asked.has(key));
    for (const key of idle) this.#details.delete(key);
    return idle.length;
  }
}

const nothing: readonly RuleDetail[] = [];

function keyOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const key = value['key'] ?? value['id'];
  return typeof key === 'string' && key !== '' ? key : undefined;
}

function doubtAt(doubt: Doubt, path: readonly PathSegment[]): Doubt {
  return (ruleId, below, message, value) => doubt(ruleId, [...path, ...below.slice(1)], message, value);
}

function addsSomething(value: JsonObject, known: readonly RuleDetail[]): boolean {
  return Object.keys(value).some((name) => !known.some(({ object }) => Object.hasOwn(object, name)));
}
