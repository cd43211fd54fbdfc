import type { DiagnosticLevel } from '../diagnostics/diagnostic.ts';
import type { RunStartEvent } from '../events/event.ts';
import type { PathSegment } from '../json/pointer.ts';
import type { Result } from '../model/model.ts';
import type { RunContext } from '../run/run-context.ts';

/** What there is to say about a rule, whoever checks it. Pages and explanations are made from this. */
export interface RuleDocument {
  /** Stable for ever, never reused. */
  readonly id: `SF-${string}`;
  /** In kebab-case; the file carries it, too. */
  readonly name: string;
  readonly level: DiagnosticLevel;
  /** Section of SARIF 2.1.0 with errata 01, where the standard has one for it. */
  readonly specSection?: string;
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
export type Profile = 'cortex';

/** Reports a defect of the node that is being checked; `path` leads from it to the offending value. */
export type RuleReport = (message: string, path: readonly PathSegment[]) => void;

interface Check {
  /** The rule is checked only for this destination. */
  readonly profile?: Profile;
}

export interface RunRule extends RuleDocument, Check {
  readonly visits: 'run';
  check(run: RunStartEvent, context: RunContext, report: RuleReport): void;
}

/** Called for results that satisfy the schema. */
export interface ResultRule extends RuleDocument, Check {
  readonly visits: 'result';
  check(result: Result, context: RunContext, report: RuleReport): void;
}

export type Rule = RunRule | ResultRule;

/** Returns its argument: it exists so that types flow. */
export function defineRule<const R extends Rule>(rule: R): R {
  return rule;
}
