import { canonicalJson } from '../digest/canonical-json.ts';
import type { ResultEvent } from '../events/event.ts';
import { sha256Hex } from '../fingerprint/sha256.ts';
import type { Result } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import { mentionsSarifUri } from '../positions/sarif-uris.ts';
import { effectiveLevel } from '../run/effective-level.ts';
import { effectiveRank } from '../run/effective-rank.ts';
import { pointAtAddedRule, pointAtFoundRule, pointAtRule } from '../run/point-at-rule.ts';
import type { RuleLookup } from '../run/rule-lookup.ts';
import type { RunContext } from '../run/run-context.ts';
import { forEachArtifactLocation } from '../run/walk.ts';
import { jsonCopy } from '../split/json-copy.ts';
import { namesPlaces } from './names-places.ts';
import { type SharedBases, writePath } from './shared-bases.ts';
import type { UnitedPositions } from './united-positions.ts';

/** The run that a result goes to. */
export interface NewRun {
  readonly rules: RuleLookup;
  readonly invocations: number;
}

/** A result as it stands in the united run. */
export interface MovedResult {
  readonly result: Mutable<Result>;
  /** Whether it names places of its log, which it does as before. */
  readonly namesPlaces: boolean;
}

/** Brings results of one run into the run that it has become a piece of: what depended on the run is written into the result. */
export class ResultMover {
  readonly #context: RunContext;
  readonly #positions: UnitedPositions;
  readonly #target: NewRun;
  readonly #bases: SharedBases;
  readonly #addedRules: ReadonlyMap<string, number>;

  /**
   * @param context the run that the results come from, the rules included that results brought along
   * @param options.bases what paths start at in the new run
   */
  constructor(
    context: RunContext,
    positions: UnitedPositions,
    target: NewRun,
    { bases, addedRules }: { readonly bases: SharedBases; readonly addedRules: ReadonlyMap<string, number> },
  ) {
    this.#context = context;
    this.#positions = positions;
    this.#target = target;
    this.#bases = bases;
    this.#addedRules = addedRules;
  }

  move(event: ResultEvent): MovedResult {
    const result: Mutable<Result> = jsonCopy(event.result);
    if (event.addedRule !== undefined) {
      pointAtAddedRule(result, event.addedRule.id, this.#addedRules.get(event.addedRule.id));
    }
    const own = jsonCopyOfRule(result);
    this.#writeConfiguration(result);
    if (!this.#bases.isSame) this.#writePaths(result);
    this.#positions.move('result', result);
    this.#pointAtRule(result, own);
    this.#pointAtInvocation(result);
    return { result, namesPlaces: mayNamePlaces(event) && namesPlaces('result', result) };
  }

  /** Level and rank, which rules and invocations of the new run may not give it (section 3.27.10). */
  #writeConfiguration(result: Mutable<Result>): void {
    const { rules, run } = this.#context;
    const found = rules.find(result);
    const isFailure = result.kind === undefined || result.kind === 'fail';
    if (result.level === undefined && isFailure) result.level = effectiveLevel(result, found, run, rules);
    if (result.rank !== undefined) return;
    const rank = effectiveRank(result, found, run, rules);
    if (rank >= 0 && rank !== found.descriptor?.defaultConfiguration?.rank) result.rank = rank;
  }

  #writePaths(result: Result): void {
    const { run, paths } = this.#context;
    forEachArtifactLocation(result, (location) => {
      const { parentIndex = -1 } = run.artifacts?.[location.index ?? -1] ?? {};
      if (parentIndex < 0) writePath(location, paths, this.#bases);
    });
  }

  /** @param own as much of the result as names its rule in the run that it comes from */
  #pointAtRule(result: Mutable<Result>, own: Result): void {
    const { rules } = this.#context;
    const found = rules.find(own);
    const component = this.#positions.component(found.component);
    const index = this.#positions.descriptor(found.component, 'rules', found.index);
    const isCounted = found.component === rules.indexedComponent(own.rule);
    pointAtRule(result, found.ruleId, isCounted ? index : undefined);
    const reference = result.rule?.toolComponent;
    if (reference !== undefined) this.#positions.moveComponent(reference);
    if (component === undefined || index === undefined) return;
    const now = this.#target.rules.find(result);
    if (now.component === component && now.index === index) return;
    // By its id alone it would be another rule.
    if (component === 'driver') result.ruleIndex = index;
    pointAtFoundRule(result, { component, index, descriptor: found.descriptor });
  }

  #pointAtInvocation(result: Mutable<Result>): void {
    const { invocations = [] } = this.#context.run;
    const stated = result.provenance?.invocationIndex ?? -1;
    const isImplied = stated < 0 && invocations.length === 1 && this.#target.invocations > 1;
    if (stated < 0 && !isImplied) return;
    const position = this.#positions.invocations[isImplied ? 0 : stated];
    const { invocationIndex: _, ...provenance } = result.provenance ?? {};
    if (position !== undefined) result.provenance = { ...provenance, invocationIndex: position };
    else if (Object.keys(provenance).length > 0) result.provenance = provenance;
    else delete result.provenance;
  }
}

/** Whether the bytes of a result, where it has any, leave it open that it names a place of its log. */
function mayNamePlaces({ text }: ResultEvent): boolean {
  return text === undefined || mentionsSarifUri(text.bytes, true);
}

/** What the lookup of a rule looks at, in objects of its own. */
function jsonCopyOfRule({ ruleId, ruleIndex, rule }: Result): Result {
  return jsonCopy({ message: {}, ruleId, ruleIndex, rule } as Result);
}

/** Equal for results that say the same, however often and under which invocation. */
export function contentDigest(result: Result): string {
  const { occurrenceCount: _, provenance = {}, suppressions, ...content } = result;
  const { invocationIndex: __, ...history } = provenance;
  // No suppressions, and none that anyone knows of: neither is suppressed.
  const isSuppressed = suppressions != null && suppressions.length > 0;
  return sha256Hex(canonicalJson({ ...content, provenance: history, suppressions: isSuppressed ? suppressions : [] }));
}
