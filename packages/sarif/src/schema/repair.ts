import type { PathSegment } from '../json/pointer.ts';
import type { Log, Result, RunHeader } from '../model/model.ts';
import type { RepairOutcome, StructureRule } from '../rules/structure/structure-rule.ts';
import { check, type RootName } from './check.ts';
import type { SchemaDefect } from './defect.ts';
import { createEditableDocument, type EditableDocument } from './editable-document.ts';
import { ruleIdText } from './filled-member.ts';
import type { RepairContext } from './repair-context.ts';

/** Each pass removes what it can; what becomes wrong by that is the work of the next. Real logs need three. */
const maxPasses = 100;

/** One change, with the path of the changed value in the value as it came. */
export interface StructureRepair {
  readonly rule: StructureRule;
  readonly path: readonly PathSegment[];
  /** What was wrong. */
  readonly message: string;
  /** What was done. */
  readonly description: string;
}

export interface RepairOptions {
  /** The text of a result that has none. By default its rule id, or `(no message)`. */
  readonly fallbackText?: (result: unknown) => string;
}

export interface RepairedResult {
  /** Passes `checkResult`. Undefined when the result itself had to be dropped. */
  readonly result: Result | undefined;
  readonly repairs: readonly StructureRepair[];
}

export interface RepairedLogHeader {
  /** Free of errors. Undefined when nothing of the log could be kept. */
  readonly header: Log | undefined;
  /** Positions of the runs that had to be dropped with all their results; a stand-in keeps each place. */
  readonly droppedRuns: readonly number[];
  readonly repairs: readonly StructureRepair[];
}

export interface RepairedRunHeader {
  /** Free of errors. Undefined when the run had to be dropped with all its results. */
  readonly run: RunHeader | undefined;
  /** The rule that the run breaks beyond repair; only where it had to be dropped. */
  readonly droppedBy: StructureRule | undefined;
  readonly repairs: readonly StructureRepair[];
  /** Defects that nothing was done about. */
  readonly left: readonly SchemaDefect[];
}

/**
 * Repairs a result by each rule's repair, or drops the smallest unit around a defect, until nothing is left to repair.
 * `defects` are those that `checkResult` reported for it. The result that comes in is not changed.
 */
export function repairResult(
  result: unknown,
  defects: readonly SchemaDefect[],
  options: RepairOptions = {},
): RepairedResult {
  const { document, repairs } = repair('result', result, defects, options);
  return { result: document.root as Result | undefined, repairs };
}

/**
 * The same for a log without its results. Elements that indices point at keep their positions: what cannot be kept of
 * them is replaced by a stand-in, and duplicates stay: what points to them is not all here. Missing success of an invocation becomes `false`.
 */
export function repairLogHeader(header: unknown, options: RepairOptions = {}): RepairedLogHeader {
  const { document, repairs } = repair('log', header, defectsOf('log', header), options);
  return { header: document.root as Log | undefined, droppedRuns: [...document.droppedRuns], repairs };
}

/** The same for one run without its results. */
export function repairRunHeader(run: unknown, options: RepairOptions = {}): RepairedRunHeader {
  const { document, droppedBy, repairs, left } = repair('run', run, defectsOf('run', run), options);
  return { run: document.root as RunHeader | undefined, droppedBy, repairs, left };
}

interface Repaired {
  readonly document: EditableDocument;
  /** Whose defect ended in dropping the whole value. */
  readonly droppedBy: StructureRule | undefined;
  readonly repairs: readonly StructureRepair[];
  readonly left: readonly SchemaDefect[];
}

function repair(
  root: RootName,
  value: unknown,
  defects: readonly SchemaDefect[],
  { fallbackText = ruleIdText }: RepairOptions,
): Repaired {
  const document = createEditableDocument(root, value);
  const repairs: StructureRepair[] = [];
  let pending = defects;
  for (let pass = 1; pending.length > 0; pass += 1) {
    const done = pass <= maxPasses ? applyAll(pending, { document, fallbackText }) : dropAll(pending, document);
    for (const repair of done) repairs.push(repair);
    // Repairs go from the last defect to the first and end with the one that drops the root: it is the first of them.
    if (document.root === undefined) return { document, droppedBy: done[0]?.rule, repairs, left: [] };
    if (done.length === 0) break;
    pending = defectsOf(root, document.root);
  }
  return { document, droppedBy: undefined, repairs, left: pending };
}

/** From the last defect to the first, so that removing an element moves no path that is still to come. */
function applyAll(defects: readonly SchemaDefect[], context: RepairContext): StructureRepair[] {
  const { document } = context;
  const targets = defects.map((defect) => ({ defect, ...targetOf(document, defect.path) }));
  const done: StructureRepair[] = [];
  for (const { defect, parent, value } of targets.reverse()) {
    const now = targetOf(document, defect.path);
    // An earlier repair took the value away or changed it; the next pass looks at what is there then.
    if (document.root === undefined || now.parent !== parent || !Object.is(now.value, value)) continue;
    const path = document.originalPath(defect.path);
    const outcome = outcomeOf(defect, context);
    if (outcome !== 'keep') done.push({ rule: defect.rule, path, message: defect.message, description: outcome.done });
  }
  return done.reverse();
}

function outcomeOf(defect: SchemaDefect, context: RepairContext): Exclude<RepairOutcome, 'drop'> {
  const outcome = defect.rule.repair?.(defect, context) ?? 'drop';
  return outcome === 'drop' ? context.document.drop(defect.path) : outcome;
}

function targetOf(document: EditableDocument, path: readonly PathSegment[]): { parent: unknown; value: unknown } {
  return { parent: path.length === 0 ? undefined : document.valueAt(path.slice(0, -1)), value: document.valueAt(path) };
}

/** The end of a document that no number of repairs makes clean. */
function dropAll(defects: readonly SchemaDefect[], document: EditableDocument): StructureRepair[] {
  const [first] = defects;
  return first === undefined
    ? []
    : [{ rule: first.rule, path: first.path, message: first.message, description: document.drop([]).done }];
}

function defectsOf(root: RootName, value: unknown): SchemaDefect[] {
  const defects: SchemaDefect[] = [];
  check(root, value, (defect) => defects.push(defect));
  return defects;
}
