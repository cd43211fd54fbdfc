import { deepEqual } from '@sariflow/sarif';
import type { JsonObject } from '../values/json-object.ts';

/**
 * What the first finding of each rule says about the rule, for reports that repeat it in every finding. The rule is written
 * from that; what differs in a later finding stays with the later finding's result.
 */
export class FirstOfRule {
  readonly #first = new Map<string, JsonObject>();

  remember(ruleId: string, about: JsonObject): void {
    this.#first.set(ruleId, about);
  }

  /** Whether these members are as in the first finding; true as long as there is none. */
  agrees(ruleId: string, about: JsonObject, members: readonly string[]): boolean {
    const first = this.#first.get(ruleId);
    return first === undefined || members.every((name) => deepEqual(first[name], about[name]));
  }

  /** The members that are not as in the first finding; undefined when all are. */
  differing(ruleId: string, about: JsonObject): JsonObject | undefined {
    const first = this.#first.get(ruleId);
    if (first === undefined || deepEqual(first, about)) return undefined;
    const differing = Object.entries(about).filter(
      ([name, value]) => !Object.hasOwn(first, name) || !deepEqual(first[name], value),
    );
    // Not a literal or assignment: `__proto__` may be one of the names.
    return differing.length === 0 ? undefined : Object.fromEntries(differing);
  }
}
