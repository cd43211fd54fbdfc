import type { DiagnosticLevel, Place } from '../diagnostics/diagnostic.ts';
import type { PathSegment } from '../json/pointer.ts';
import type { Result, RunHeader } from '../model/model.ts';
import type { RunContext } from '../run/run-context.ts';
import type { ObjectKind, ObjectKinds } from '../run/walk.ts';

/** What there is to say about a rule, whoever checks it. Pages and explanations are made from this. */
export interface RuleDocument {
  /** Stable for ever, never reused. */
  readonly id: `SF-${string}`;
  /** In kebab-case; the file carries it, too. */
  readonly name: string;
  readonly level: DiagnosticLevel;
  /** Section of SARIF 2.1.0 with errata 01, where the standard has one for it. */
  readonly specSection?: string;
  /** Identifiers under which users of other checkers may know the rule, such as `SARIF1009` or `GitHub`. */
  readonly like?: readonly string[];
  /** One sentence. */
  readonly summary: string;
  readonly explanation: {
    readonly cause: string;
    readonly reason: string;
    readonly repair: string;
    readonly before: string;
    readonly after: string;
  };
}

/** Destinations with rules of their own. */
export type Profile = 'cortex' | 'github';

/** Rules that are checked only on request: those of a destination, and advice to authors of tools. */
export type RuleSet = Profile | 'authoring';

/** What lenient mode does about a defect. */
export interface Fix {
  /** What was done, as a sentence: `'endLine' is removed.` */
  readonly description: string;
  /**
   * Makes the defect go away. Called at most once, with a copy that may be changed: the visited object, or the result that a watch
   * was shown. To take the object itself away, change what holds it: ask `visit.owner` during `check`.
   */
  apply(target: object): void;
}

/** A defect that a rule found. */
export interface Finding {
  /** Full sentences that say what is wrong and what to do. */
  readonly message: string;
  /** From the visited object to the offending value; the object itself when absent. A member that is missing is not named. */
  readonly at?: readonly PathSegment[];
  /** Where it is not the rule's own. */
  readonly level?: DiagnosticLevel;
  /** The offending value. */
  readonly value?: unknown;
  /** Where the value stands, when the finding comes later than the result it is about. */
  readonly place?: Place | undefined;
  /** Absent when nothing can be done, or nothing is to be done. */
  readonly fix?: Fix;
}

export type FindingReport = (finding: Finding) => void;

/** Where a visited object stands. One object serves all visits: read it during `check`, do not keep it. */
export interface Visit {
  readonly context: RunContext;
  /** From the result, or from the run, to the object. Changes after `check`: copy what you keep. */
  readonly path: readonly PathSegment[];
  /** The result that the object belongs to; absent in the run's header. */
  readonly result: Result | undefined;
  /** Position of that result in its run; -1 in the run's header. */
  readonly resultIndex: number;
  /** The object or array that holds the visited object, and the member name or index under which it does. Absent at the top. */
  readonly owner: { readonly holder: object; readonly member: PathSegment } | undefined;
  /** Kind of the nearest object that holds the visited one, such as `result`; empty at the top. */
  readonly ownerKind: ObjectKind | '';
}

interface Check {
  /** The rule is checked only when this set is asked for. */
  readonly set?: RuleSet;
  /** The rule is not checked when this set is asked for, because the two contradict each other. */
  readonly unless?: RuleSet;
  /** The rule compares what it is shown with what it was shown before, in the run's `seen`. */
  readonly remembers?: true;
}

/**
 * Looks at each object of one kind, in the run's header and in its results. `result` and `run` are kinds like any others; the
 * run is its header. Called only with what the schema accepts: a member whose value is wrong is not there.
 */
export interface ObjectRule<K extends ObjectKind = ObjectKind> extends RuleDocument, Check {
  readonly visits: K;
  check(object: ObjectKinds[K], visit: Visit, report: FindingReport): void;
}

/** The same for what objects of several kinds have in common. */
export interface ObjectsRule<K extends ObjectKind = ObjectKind> extends RuleDocument, Check {
  readonly visits: readonly K[];
  check(object: ObjectKinds[K], visit: Visit, report: FindingReport): void;
}

export type PlaceInResult = (path: readonly PathSegment[]) => Place | undefined;

/** What a rule remembers of one run. Memory must not grow with the number of results without a bound. */
export interface RunWatch {
  /**
   * Reports with paths that start at the result.
   *
   * @param placeOf where the value at a path inside the result stands, for findings that are reported at the end
   */
  result?(result: Result, resultIndex: number, report: FindingReport, placeOf: PlaceInResult): void;
  /**
   * Takes a way of naming a rule, before results that name theirs so are proven without being shown. It has nothing but the members that name the
   * rule, and some that mean nothing.
   */
  named?(result: Result): void;
  /**
   * After the last result. Reports with paths that start at the run, such as `['results', 4, 'guid']`.
   *
   * @param results how many the run has: a result of which nothing is to be said may not have been shown
   */
  end?(report: FindingReport, results: number): void;
}

/** Needs more than one result of a run: counts, compares, waits for the end. */
export interface WatchRule extends RuleDocument, Check {
  readonly watches: 'results';
  watch(context: RunContext): RunWatch;
}

/** What a rule remembers of a log. Reports with paths that start at the log. */
export interface LogWatch {
  /** The log's own members, as they were read: `runs` is there with headers alone where the log came from bytes. */
  log?(log: Readonly<Record<string, unknown>>, report: FindingReport): void;
  run?(run: RunHeader, runIndex: number, context: RunContext, report: FindingReport): void;
  /** A result of the run that came last. Reports with paths that start at the result. */
  result?(result: Result, resultIndex: number, context: RunContext, report: FindingReport): void;
  end?(report: FindingReport): void;
}

/** Looks at the log as a whole, or compares its runs. */
export interface LogRule extends RuleDocument, Check {
  readonly watches: 'log';
  watch(): LogWatch;
}

/** An object rule of any kind: what `check` takes depends on `visits`. */
export type AnyObjectRule = { [K in ObjectKind]: ObjectRule<K> }[ObjectKind] | ObjectsRule;

export type Rule = AnyObjectRule | WatchRule | LogRule;

/** Returns its argument: it exists so that types flow. */
export function defineRule<K extends ObjectKind>(rule: ObjectRule<K>): ObjectRule<K>;
export function defineRule<K extends ObjectKind>(rule: ObjectsRule<K>): ObjectsRule<K>;
export function defineRule(rule: WatchRule): WatchRule;
export function defineRule(rule: LogRule): LogRule;
export function defineRule(rule: Rule): Rule {
  return rule;
}
