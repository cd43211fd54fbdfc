import type { DistrustedFingerprints } from '../fingerprint/distrusted-fingerprints.ts';
import { computedName, identityBasis, type ResultIdentity, resultIdentity } from '../fingerprint/result-identity.ts';
import type { BaselineState, Kind, Level, PropertyBag, Result } from '../model/model.ts';
import { baselineStateOf } from '../run/baseline.ts';
import { QualifiedNames } from '../run/cached-objects.ts';
import { canonicalPath } from '../run/canonical-path.ts';
import { tagsOf, weaknessesOfResult } from '../run/cwe.ts';
import { DigestTable } from '../run/digest-table.ts';
import { effectiveLevel } from '../run/effective-level.ts';
import { effectiveRank } from '../run/effective-rank.ts';
import { hasKindLevelConflict } from '../run/kind-level-conflict.ts';
import { resultText } from '../run/message-text.ts';
import { lineSpanOf } from '../run/region.ts';
import type { FoundRule } from '../run/rule-lookup.ts';
import type { RunContext } from '../run/run-context.ts';
import { runIdentityOf } from '../run/run-identity.ts';
import { type SeverityBand, securitySeverity } from '../run/security-severity.ts';
import { suppressionState } from '../run/suppression-state.ts';
import { TaxonLookup } from '../run/taxa.ts';
import { valueDigest } from '../schema/value-digest.ts';

/**
 * One result with all that its run says of it, in one flat object. Every member is always there, `null` where nothing is known, so that
 * tables can be made of it. Members are added at the end and never change their meaning.
 */
export interface FlatFinding {
  /** Name of the driver. */
  readonly tool: string;
  /** The driver's semantic version, else its version. */
  readonly toolVersion: string | null;
  /** Which analysis it was: everything of the run's id up to its last slash (section 3.17.3). */
  readonly category: string | null;
  /** What follows that slash: this run alone. */
  readonly runId: string | null;
  readonly runGuid: string | null;
  /** Of the first repository that the run names. */
  readonly repositoryUri: string | null;
  readonly revisionId: string | null;
  readonly branch: string | null;
  /** Position of the run in its log, and of the result in its run. */
  readonly runIndex: number;
  readonly resultIndex: number;

  /** The rule's id without the part that tells its results apart. */
  readonly ruleId: string | null;
  /** That part: `b` of `a/b`, when the log describes the rule `a`. */
  readonly subId: string | null;
  readonly ruleName: string | null;
  readonly helpUri: string | null;
  readonly kind: Kind;
  /** The effective level: its own, else what its run or its rule give it. */
  readonly level: Level;
  /** The kind says that severity does not apply, and the level says how severe it is. Both are kept. */
  readonly kindLevelConflict: boolean;
  /** From 0 to 100. */
  readonly rank: number | null;
  /** The security severity. */
  readonly severity: SeverityBand;
  /** From 0.0 to 10.0. */
  readonly severityScore: number | null;
  /** Whether the log gives a score, or a word, or nothing but the level. */
  readonly severityFrom: 'score' | 'word' | 'level';
  /** Plain text, with everything filled in. */
  readonly message: string;
  /** Weaknesses such as `CWE-79`, the surest first. */
  readonly cwe: readonly string[];
  /** Of the result, then of its rule. */
  readonly tags: readonly string[];

  /** The first location's file, from the root of the repository, percent-decoded. */
  readonly path: string | null;
  /** `repository`, `absolute`, `remote`, `nested`, or `unresolved:` and the base id that nobody declares. */
  readonly pathScope: string | null;
  /** Lines and columns count from 1; `endColumn` is exclusive, and `null` for the end of the line. */
  readonly startLine: number | null;
  readonly startColumn: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** What columns count; `null` where the log does not say. */
  readonly columnKind: string | null;
  readonly snippet: string | null;
  /** Fully qualified name of the first logical location. */
  readonly logicalLocation: string | null;
  /** How many locations the result has. */
  readonly locations: number;

  /** Equal for results that are the same finding in another run of the tool, and how that is known. */
  readonly identity: string;
  readonly identityBy: ResultIdentity['by'];
  readonly guid: string | null;
  readonly correlationGuid: string | null;
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly partialFingerprints: Readonly<Record<string, string>>;

  /** Whether its suppressions are in force. */
  readonly suppressed: boolean;
  /** Why, in the words of those who suppressed it. */
  readonly justifications: readonly string[];
  readonly baselineState: BaselineState | null;
  readonly occurrenceCount: number;
  readonly properties: PropertyBag | null;
}

export interface FlatOptions {
  /** When to judge whether suppressions have expired. Without it, none has. */
  readonly now?: Date | undefined;
  /** Names of fingerprints by which no result can be told from another. */
  readonly distrusted?: DistrustedFingerprints | undefined;
}

/** Makes flat findings of the results of one run, in order. */
export class FlatFindings {
  readonly #context: RunContext;
  readonly #options: FlatOptions;
  readonly #names: QualifiedNames;
  readonly #taxa: TaxonLookup;
  /** How many results had the same to say for themselves, where nothing else tells them apart. */
  readonly #ordinals = new DigestTable();

  constructor(context: RunContext, options: FlatOptions = {}) {
    this.#context = context;
    this.#options = options;
    this.#names = new QualifiedNames(context.run);
    this.#taxa = new TaxonLookup(context.run);
  }

  of(result: Result, resultIndex: number): FlatFinding {
    const found = this.#context.rules.find(result);
    return {
      ...this.#run(resultIndex),
      ...this.#finding(result, found),
      ...this.#place(result),
      ...this.#identity(result),
      ...this.#state(result),
      properties: result.properties ?? null,
    };
  }

  #run(resultIndex: number) {
    const { run, runIndex } = this.#context;
    const { driver } = run.tool;
    const { category, runId = null, guid = null } = runIdentityOf(run);
    const [repository] = run.versionControlProvenance ?? [];
    return {
      tool: driver.name,
      toolVersion: driver.semanticVersion ?? driver.version ?? null,
      category: category === '' ? null : category,
      runId,
      runGuid: guid,
      repositoryUri: repository?.repositoryUri ?? null,
      revisionId: repository?.revisionId ?? null,
      branch: repository?.branch ?? null,
      runIndex,
      resultIndex,
    };
  }

  #finding(result: Result, found: FoundRule) {
    const { run, rules } = this.#context;
    const { descriptor } = found;
    const { ruleId, subId } = splitId(found);
    const level = effectiveLevel(result, found, run, rules);
    const rank = effectiveRank(result, found, run, rules);
    const { band, score, derived } = securitySeverity(result, descriptor, level);
    return {
      ruleId,
      subId,
      ruleName: descriptor?.name ?? null,
      helpUri: descriptor?.helpUri ?? null,
      kind: result.kind ?? 'fail',
      level,
      kindLevelConflict: hasKindLevelConflict(result),
      rank: rank < 0 ? null : rank,
      severity: band,
      severityScore: score ?? null,
      severityFrom: derived ?? ('score' as const),
      message: resultText(result, found, run),
      cwe: weaknessesOfResult(result, descriptor, run, this.#taxa).map(({ id }) => id),
      tags: [...new Set([...tagsOf(result.properties), ...tagsOf(descriptor?.properties)])],
    };
  }

  #place({ locations = [] }: Result) {
    const { physicalLocation, logicalLocations } = locations[0] ?? {};
    const { artifactLocation, region } = physicalLocation ?? {};
    const file = artifactLocation === undefined ? undefined : canonicalPath(artifactLocation, this.#context);
    const span = region === undefined ? undefined : lineSpanOf(region);
    const logical = logicalLocations?.[0];
    return {
      path: file?.path ?? null,
      pathScope: file?.scope ?? null,
      startLine: span?.startLine ?? null,
      startColumn: span?.startColumn ?? null,
      endLine: span?.endLine ?? null,
      endColumn: span?.endColumn ?? null,
      columnKind: this.#context.run.columnKind ?? null,
      snippet: region?.snippet?.text ?? null,
      logicalLocation: (logical === undefined ? undefined : this.#names.of(logical)) ?? null,
      locations: locations.length,
    };
  }

  #identity(result: Result) {
    const { distrusted } = this.#options;
    const known = distrusted === undefined ? {} : { distrusted };
    let identity = resultIdentity(result, this.#context, known);
    if (identity.by === 'computed' && identity.key !== result.partialFingerprints?.[computedName]) {
      identity = resultIdentity(result, this.#context, { ...known, ordinal: this.#ordinalOf(result) });
    }
    return {
      identity: identity.key,
      identityBy: identity.by,
      guid: result.guid ?? null,
      correlationGuid: result.correlationGuid ?? null,
      fingerprints: result.fingerprints ?? {},
      partialFingerprints: result.partialFingerprints ?? {},
    };
  }

  #ordinalOf(result: Result): number {
    const digest = valueDigest(identityBasis(result, this.#context));
    const at = this.#ordinals.find(digest);
    const ordinal = at === -1 ? 0 : this.#ordinals.valueAt(at);
    this.#ordinals.set(digest, ordinal + 1);
    return ordinal;
  }

  #state(result: Result) {
    const suppressions = result.suppressions ?? [];
    return {
      suppressed: suppressionState(result.suppressions, this.#options.now) === 'suppressed',
      justifications: suppressions.flatMap(({ justification }) => justification ?? []),
      baselineState: baselineStateOf(result) ?? null,
      occurrenceCount: result.occurrenceCount ?? 1,
    };
  }
}

/** An id of several levels, where the rule that it belongs to is known. */
function splitId({ ruleId, descriptor }: FoundRule) {
  const parent = descriptor?.id;
  const isBelow = parent !== undefined && ruleId?.startsWith(`${parent}/`) === true;
  return isBelow ? { ruleId: parent, subId: ruleId.slice(parent.length + 1) } : { ruleId: ruleId ?? null, subId: null };
}
