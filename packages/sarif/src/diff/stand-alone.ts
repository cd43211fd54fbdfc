import type { ReportingDescriptor, Result } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import { moveSarifUris } from '../positions/sarif-uris.ts';
import { cachedArrays, QualifiedNames, withCached } from '../run/cached-objects.ts';
import { effectiveLevel } from '../run/effective-level.ts';
import { effectiveRank } from '../run/effective-rank.ts';
import type { FoundRule } from '../run/rule-lookup.ts';
import type { RunContext } from '../run/run-context.ts';
import { TaxonLookup } from '../run/taxa.ts';
import { walkTo } from '../run/walk.ts';
import { placedMessage, placedResultMessage, writeInFull } from '../run/write-message.ts';
import { jsonCopy } from '../split/json-copy.ts';

const walk = walkTo([
  'address',
  'artifactLocation',
  'logicalLocation',
  'message',
  'threadFlowLocation',
  'webRequest',
  'webResponse',
]);

/** Makes results of one run such that they can stand in another: nothing of them refers to the run that they come from. */
export class StandAloneResults {
  readonly #context: RunContext;
  readonly #names: QualifiedNames;
  readonly #taxa: TaxonLookup;

  constructor(context: RunContext) {
    this.#context = context;
    this.#names = new QualifiedNames(context.run);
    this.#taxa = new TaxonLookup(context.run);
  }

  /** A copy that names its rule by its id and says for itself what it left to rule, invocation and shared objects. */
  result(given: Result): Mutable<Result> {
    const { run, rules } = this.#context;
    const found = rules.find(given);
    const result: Mutable<Result> = jsonCopy(given);
    result.level = effectiveLevel(given, found, run, rules);
    const rank = effectiveRank(given, found, run, rules);
    if (rank >= 0) result.rank = rank;
    writeInFull(placedResultMessage(result, run, rules), run);
    this.#writeShared(result);
    if (found.ruleId !== undefined) result.ruleId = found.ruleId;
    delete result.ruleIndex;
    delete result.rule;
    if (result.taxa !== undefined) result.taxa = this.#namedTaxa(result.taxa);
    // Graphs of the run stay with the run.
    result.graphTraversals = result.graphTraversals?.filter(({ runGraphIndex }) => runGraphIndex === undefined) ?? [];
    if (result.graphTraversals.length === 0) delete result.graphTraversals;
    if (result.provenance !== undefined) delete result.provenance.invocationIndex;
    moveSarifUris('result', result, () => undefined);
    return result;
  }

  /** The descriptor of a result's rule, which names what it relates to; `undefined` when the run has none. */
  rule({ ruleId, descriptor }: FoundRule): ReportingDescriptor | undefined {
    if (descriptor === undefined || ruleId === undefined) return undefined;
    const { relationships, ...rest } = jsonCopy(descriptor);
    if (relationships === undefined) return { ...rest, id: ruleId };
    const named = relationships.flatMap((relationship) =>
      this.#namedTaxa([relationship.target]).map((target) => ({ ...relationship, target })),
    );
    return { ...rest, id: ruleId, relationships: named };
  }

  #writeShared(result: Result): void {
    const { run, paths } = this.#context;
    walk('result', result, (kind, holder) => {
      if (Object.hasOwn(cachedArrays, kind)) {
        const { index: _, ...whole } = jsonCopy(withCached(kind as keyof typeof cachedArrays, holder as never, run));
        Object.assign(holder, whole);
      }
      switch (kind) {
        case 'artifactLocation': {
          const path = paths.of(holder);
          if (path !== undefined && path.scope !== 'unresolved') {
            holder.uri = path.path;
            delete holder.uriBaseId;
          }
          break;
        }
        case 'logicalLocation': {
          const name = this.#names.of(holder);
          if (name !== undefined) holder.fullyQualifiedName = name;
          delete holder.parentIndex;
          break;
        }
        case 'address':
          // Without its parent an offset says nothing.
          if (holder.parentIndex !== undefined) delete holder.offsetFromParent;
          delete holder.parentIndex;
          break;
        case 'threadFlowLocation':
          if (holder.taxa !== undefined) holder.taxa = this.#namedTaxa(holder.taxa);
          break;
        case 'message':
          if (holder.text === undefined) writeInFull(placedMessage(holder, run), run);
          break;
      }
      if (kind !== 'message') delete holder.index;
    });
  }

  /** References that name their taxa. Those that nobody can name are left out. */
  #namedTaxa(references: NonNullable<Result['taxa']>): NonNullable<Result['taxa']> {
    return references.flatMap((reference) => {
      const { taxonomy, id } = this.#taxa.find(reference);
      const { index: _, toolComponent, ...rest } = reference;
      const named = id === undefined ? rest : { ...rest, id };
      if (named.id === undefined && named.guid === undefined) return [];
      const isOfTaxonomy = toolComponent !== undefined && taxonomy !== undefined;
      return [isOfTaxonomy ? { ...named, toolComponent: { name: taxonomy } } : named];
    });
  }
}
