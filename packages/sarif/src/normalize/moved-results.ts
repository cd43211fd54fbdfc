import type { ResultEvent } from '../events/event.ts';
import { copyJson } from '../json/copy-json.ts';
import type { ReportingDescriptor, Result, RunHeader } from '../model/model.ts';
import { removeDuplicates } from '../positions/distinct-lists.ts';
import { type Pointer, Pointers } from '../positions/pointers.ts';
import { mentionsSarifUri } from '../positions/sarif-uris.ts';
import { isSure, type ResultFacts } from '../recognise/result-facts.ts';
import type { RuleNames } from '../recognise/rule-names.ts';
import type { RuleLookup } from '../run/rule-lookup.ts';
import type { MovedElements, MovedPlaces } from './moved-places.ts';
import type { Mutable } from './repair.ts';

/** Lets the results of a run lead to where its elements stand now. */
export class MovedResults {
  readonly #moved: MovedElements;
  readonly #rules: RuleLookup;
  readonly #places: MovedPlaces;
  readonly #pointers: Pointers;
  /** How many rules the driver has lost: those that results bring along stand that much further in front. */
  readonly #lostRules: number;
  /** Whether results keep what they say of their rule, by the numbers of `#names` for the ways of naming one. */
  readonly #keepsRule: (boolean | undefined)[] = [];
  #names: RuleNames | undefined;

  /**
   * @param moved what the run was, and where its elements stand now
   * @param now the run as it is written
   * @param rules those of the run as it was
   */
  constructor(moved: MovedElements, now: RunHeader, rules: RuleLookup, places: MovedPlaces) {
    this.#moved = moved;
    this.#rules = rules;
    this.#places = places;
    this.#pointers = new Pointers(moved.run);
    this.#lostRules = (moved.run.tool.driver.rules?.length ?? 0) - (now.tool.driver.rules?.length ?? 0);
  }

  /** Whether the bytes of a result prove that all that it points to stands where it did. */
  isStill(facts: ResultFacts): boolean {
    // What is in doubt may point to anything, and name places of the log.
    if (!isSure(facts)) return false;
    if (this.#moved.positions.size === 0) return true;
    const { artifacts = [] } = this.#moved.run;
    for (let site = 0; site < facts.siteCount; site += 1) {
      const artifact = artifacts[facts.siteIndex(site)];
      if (artifact !== undefined && this.#moved.positions.has(artifact)) return false;
    }
    const { key, names } = facts;
    if (this.#names !== names) {
      this.#names = names;
      this.#keepsRule.length = 0;
    }
    this.#keepsRule[key] ??= !this.#moveRule(copyJson(names.results[key] as Result), 0);
    return this.#keepsRule[key];
  }

  /** A copy of a result that leads to where everything stands now; `undefined` for one that stays as it is. */
  moved({ result: given, text, addedRule }: ResultEvent): Result | undefined {
    const facts = text?.facts;
    if (facts !== undefined && this.isStill(facts)) return undefined;
    // Where nothing is in doubt, no URI has a scheme.
    const namesPlaces =
      (facts === undefined || !isSure(facts)) && (text === undefined || mentionsSarifUri(text.bytes, true));
    const { size } = this.#moved.positions;
    if (size === 0 && !namesPlaces) return undefined;
    const result = copyJson(given);
    const isElsewhere = namesPlaces && this.#places.moveIn('result', result);
    if (size === 0) return isElsewhere ? result : undefined;
    let isMoved = this.#moveRule(result, addedRule === undefined ? 0 : this.#lostRules);
    for (const pointer of this.#pointers.of('result', result)) if (this.#movePointer(pointer)) isMoved = true;
    return isMoved || isElsewhere ? result : undefined;
  }

  /** A descriptor that is added to the driver, with what it points to where that stands now. */
  descriptor(given: ReportingDescriptor): ReportingDescriptor {
    const rule = copyJson(given);
    const { driver } = this.#moved.run.tool;
    for (const pointer of this.#pointers.of('reportingDescriptor', rule, driver)) this.#movePointer(pointer);
    this.#places.moveIn('reportingDescriptor', rule);
    removeDuplicates('reportingDescriptor', rule);
    return rule;
  }

  /** Says whether it had to move. */
  #movePointer({ target, move }: Pointer): boolean {
    const position = target === undefined ? undefined : this.#moved.positions.get(target);
    if (position !== undefined) move(position);
    return position !== undefined;
  }

  /** Says whether anything had to move. */
  #moveRule(result: Mutable<Result>, lostRules: number): boolean {
    const { ruleIndex, rule } = result;
    const place = this.#rules.indexedComponent(rule);
    const list = place === undefined ? undefined : this.#rules.components.at(place)?.rules;
    let isMoved = false;
    const move = (index: number | undefined, write: (position: number) => void) => {
      if (index === undefined || index < 0) return;
      const target = list?.[index];
      const isAdded = target === undefined && place === 'driver';
      const position = target === undefined ? index - (isAdded ? lostRules : 0) : this.#moved.positions.get(target);
      if (position === undefined || position === index) return;
      write(position);
      isMoved = true;
    };
    move(ruleIndex, (position) => {
      result.ruleIndex = position;
    });
    if (rule === undefined) return isMoved;
    move(rule.index, (position) => {
      rule.index = position;
    });
    for (const pointer of this.#pointers.component(rule.toolComponent)) if (this.#movePointer(pointer)) isMoved = true;
    return isMoved;
  }
}
