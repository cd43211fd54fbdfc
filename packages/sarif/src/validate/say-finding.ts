import { resultDiagnostic } from '../diagnostics/diagnostic-of.ts';
import type { Reporter } from '../diagnostics/reporter.ts';
import type { ResultEvent } from '../events/event.ts';
import type { PathSegment } from '../json/pointer.ts';
import type { Finding, Rule } from '../rules/rule.ts';

/** Says what a rule found in a result. `path` starts at the result. */
export function sayFinding(
  reporter: Reporter,
  event: ResultEvent,
  rule: Rule,
  finding: Finding,
  path: readonly PathSegment[],
): void {
  reporter.add(rule.id, finding.level ?? rule.level, () =>
    resultDiagnostic(rule, finding.message, event, path, { ...finding, fix: finding.fix?.description }),
  );
}
