import type { ResultEvent, RunEndEvent, RunStartEvent } from '../events/event.ts';
import { type MoveUri, moveSarifUris } from '../positions/sarif-uris.ts';
import { RuleLookup } from '../run/rule-lookup.ts';
import { createRunContext } from '../run/run-context.ts';
import { DuplicateCounts } from './duplicate-counts.ts';
import type { MovedRun } from './moved-uris.ts';
import { contentDigest, ResultMover } from './result-mover.ts';
import { ResultPositions } from './result-positions.ts';
import { sharedBases, withSharedBases } from './shared-bases.ts';
import type { SourceResults, SourceRun } from './source-run.ts';
import type { UnitedPositions } from './united-positions.ts';
import { UnitedRun } from './united-run.ts';
import { wholeRuns } from './whole-runs.ts';

/** What the runs of the merged log are given to work with. */
export interface MergeContext {
  readonly resultsOf: (source: SourceRun) => SourceResults;
  /** Gives places of a run's log their new names; absent where they all have the names that they had. */
  readonly moveUriOf: (source: SourceRun) => MoveUri | undefined;
}

/** One of the runs that become one. */
interface Member {
  readonly source: SourceRun;
  readonly positions: UnitedPositions;
  readonly mover: ResultMover;
  /** Where its results stand; absent when they stand where they did. */
  results: ResultPositions | undefined;
}

/** One run made of several that agree. Results are gone through twice: first counted, then handed on. */
export class MergedRun {
  readonly sources: readonly SourceRun[];
  readonly #runIndex: number;
  readonly #united = new UnitedRun();
  readonly #members: ReadonlyMap<SourceRun, Member>;
  readonly #counts: DuplicateCounts;
  #suppressions = { some: false, none: false };
  #count = 0;

  constructor(
    sources: readonly SourceRun[],
    runIndex: number,
    {
      checkoutRoot,
      maxCompared,
    }: { readonly checkoutRoot?: string | undefined; readonly maxCompared?: number | undefined },
  ) {
    this.sources = sources;
    this.#runIndex = runIndex;
    this.#counts = new DuplicateCounts(maxCompared);
    const bases = sharedBases(sources.map(({ run }) => run));
    const added = sources.map((source) => {
      const context = createRunContext(source.start, source.run, checkoutRoot);
      const header = bases.isSame ? source.run : withSharedBases(source.run, context.paths, bases);
      return { source, context, positions: this.#united.add(header) };
    });
    const target = { rules: new RuleLookup(this.#united.header()), invocations: this.#united.invocations };
    const members = added.map(({ source, context, positions }): [SourceRun, Member] => {
      const own = source.start.run.tool.driver.rules?.length ?? 0;
      const addedRules = new Map(source.end.addedRules?.map(({ id }, index) => [id, own + index]));
      const mover = new ResultMover(context, positions, target, { bases, addedRules });
      return [source, { source, positions, mover, results: undefined }];
    });
    this.#members = new Map(members);
  }

  /** Results that are counted in an equal one of another run. */
  get duplicates(): number {
    return this.#counts.duplicates;
  }

  /** Results that were not compared. */
  get unchecked(): number {
    return this.#counts.unchecked;
  }

  /** Where URIs find one of the runs. */
  placeOf(source: SourceRun): MovedRun {
    const { positions, results } = this.#members.get(source) as Member;
    return {
      runIndex: this.#runIndex,
      positions,
      resultAt: (resultIndex) => (results === undefined ? resultIndex : results.of(resultIndex)),
    };
  }

  /** Compares the results, when more than one of the runs has any. */
  async count({ resultsOf }: MergeContext): Promise<void> {
    if (this.sources.filter(({ count }) => count > 0).length < 2) return;
    let first = 0;
    for (const member of this.#eachRun()) {
      const results = new ResultPositions(first);
      member.results = results;
      for await (const batch of resultsOf(member.source).of(member.source.runIndex)) {
        for (const event of batch) results.add(event.resultIndex, this.#countResult(event, member));
      }
      first = results.nextPlace;
    }
  }

  /** @returns where the result is to stand */
  #countResult(event: ResultEvent, { mover, results }: Member): number {
    const place = (results as ResultPositions).placeOf(event.resultIndex);
    const { result, namesPlaces } = mover.move(event);
    this.#suppressions[result.suppressions == null ? 'none' : 'some'] = true;
    return namesPlaces ? place : this.#counts.count(contentDigest(result), result.occurrenceCount ?? 1, place);
  }

  /** The runs one after the other. Parts of one run are one as far as equal results are concerned: what a run has twice stays twice. */
  *#eachRun(): Generator<Member> {
    for (const parts of wholeRuns(this.sources)) {
      this.#counts.startRun();
      for (const source of parts) yield this.#members.get(source) as Member;
    }
  }

  start({ moveUriOf }: MergeContext): RunStartEvent {
    const sourceOf = new Map([...this.#members.values()].map(({ positions, source }) => [positions, source]));
    this.#united.finish((positions) => moveUriOf(sourceOf.get(positions) as SourceRun));
    return { type: 'run-start', runIndex: this.#runIndex, run: this.#united.header(), results: 'array' };
  }

  /** The results in batches, equal ones once. */
  async *results({ resultsOf, moveUriOf }: MergeContext): AsyncGenerator<readonly ResultEvent[]> {
    for (const member of this.#eachRun()) {
      const moveUri = moveUriOf(member.source);
      for await (const batch of resultsOf(member.source).of(member.source.runIndex)) {
        yield batch.flatMap((event) => this.#moved(event, member, moveUri));
      }
    }
  }

  end(): RunEndEvent {
    return { type: 'run-end', runIndex: this.#runIndex, results: this.#count };
  }

  #moved(event: ResultEvent, { mover }: Member, moveUri: MoveUri | undefined): ResultEvent[] {
    const { result, namesPlaces } = mover.move(event);
    if (this.#counts.duplicates > 0 && !namesPlaces) {
      const occurrences = this.#counts.take(contentDigest(result), result.occurrenceCount ?? 1);
      if (occurrences === 0) return [];
      if (occurrences > 1) result.occurrenceCount = occurrences;
    }
    if (namesPlaces && moveUri !== undefined) moveSarifUris('result', result, moveUri);
    // Either all results say whether they are suppressed, or none does (section 3.27.23).
    if (this.#suppressions.some && this.#suppressions.none) result.suppressions ??= [];
    const resultIndex = this.#count;
    this.#count += 1;
    return [{ type: 'result', runIndex: this.#runIndex, resultIndex, result }];
  }
}
