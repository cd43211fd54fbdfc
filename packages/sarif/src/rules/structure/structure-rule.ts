import type { SchemaDefect } from '../../schema/defect.ts';
import type { RepairContext } from '../../schema/repair-context.ts';
import type { RuleDocument } from '../rule.ts';

/**
 * What a repair came to: `done` says what was changed, `drop` asks for the smallest enclosing unit to be dropped,
 * `keep` leaves the value as it is.
 */
export type RepairOutcome = { readonly done: string } | 'drop' | 'keep';

/** Changes the document so that the defect is gone, or says that it cannot. */
export type Repair = (defect: SchemaDefect, context: RepairContext) => RepairOutcome;

/** One rule about the structure of a log. Without `repair`, lenient mode drops the smallest enclosing unit. */
export interface StructureRule extends RuleDocument {
  readonly specSection: string;
  readonly repair?: Repair;
}

/** Each function makes one of the rule's messages. */
type Messages = Readonly<Record<string, (...details: never[]) => string>>;

/** Returns its argument; it exists so that the types of the messages flow. */
export function defineStructureRule<M extends Messages>(
  rule: StructureRule & { readonly messages: M },
): StructureRule & { readonly messages: M } {
  return rule;
}
