import type { Diagnostic, DiagnosticLevel } from '@sariflow/sarif';

/** One defect, with how often it occurs. */
export interface DiagnosticGroup {
  /** The first occurrence, in the order of the input. */
  readonly first: Diagnostic;
  readonly count: number;
}

/** Diagnostics of one input, the same defect in many results counted instead of listed. */
export interface DiagnosticGroups {
  add(diagnostic: Diagnostic): void;
  /** In the order of their first occurrence. */
  list(): readonly DiagnosticGroup[];
  readonly counts: Readonly<Record<DiagnosticLevel, number>>;
}

/** Kinds kept per input. Beyond them only the rule tells defects apart, so that hostile member names cannot fill the memory. */
const maxGroups = 1000;

/** Collects diagnostics. Memory depends on the number of different defects, not on how often they occur. */
export function createDiagnosticGroups(): DiagnosticGroups {
  const groups = new Map<string, { first: Diagnostic; count: number }>();
  const counts: Record<DiagnosticLevel, number> = { error: 0, warning: 0, note: 0 };

  /** Of a rule that speaks too often, only the number of further occurrences comes: they go to its most frequent kind. */
  function addToRule(diagnostic: Diagnostic): void {
    const { ruleId, count = 1 } = diagnostic;
    const kinds = Array.from(groups.values()).filter(({ first }) => first.ruleId === ruleId);
    const [largest] = kinds.sort((left, right) => right.count - left.count);
    if (largest === undefined) groups.set(ruleId, { first: diagnostic, count });
    else largest.count += count;
  }

  return {
    add(diagnostic) {
      counts[diagnostic.level] += diagnostic.count ?? 1;
      if (diagnostic.count !== undefined) {
        addToRule(diagnostic);
        return;
      }
      const kind = `${diagnostic.ruleId} ${withoutPositions(diagnostic.pointer)}`;
      const key = groups.has(kind) || groups.size < maxGroups ? kind : diagnostic.ruleId;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { first: diagnostic, count: 1 });
      else group.count += 1;
    },
    list: () => Array.from(groups.values()),
    counts,
  };
}

/** `/runs/0/results/12/level` and `/runs/0/results/13/level` are one kind of place. */
function withoutPositions(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}
