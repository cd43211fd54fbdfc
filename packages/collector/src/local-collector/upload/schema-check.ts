import { checkLogHeader, checkResult, pointerOf } from '@sariflow/sarif';
import type { SchemaCheck, SchemaTrouble } from './check-log.ts';
import { isObject, listAt } from './json-value.ts';

type ReportDefect = Parameters<typeof checkResult>[1];
type SchemaDefect = Parameters<ReportDefect>[0];

/** The SARIF 2.1.0 schema as the package compiles it. Only errors count: a warning makes no log unreadable. */
export const schemaCheck: SchemaCheck = {
  header: (log) => firstError((report) => checkLogHeader(withoutResults(log), report)),
  result: (result) => firstError((report) => checkResult(result, report)),
};

/** The runs with their results emptied, as the header check wants them. Spreading copies `__proto__` as a plain member. */
function withoutResults(log: unknown): unknown {
  const runs = listAt(log, 'runs');
  if (!isObject(log) || runs === undefined) return log;
  return { ...log, runs: runs.map((run) => (isObject(run) ? { ...run, results: [] } : run)) };
}

function firstError(check: (report: ReportDefect) => void): SchemaTrouble | undefined {
  let first: SchemaDefect | undefined;
  check((defect) => {
    if (first === undefined && defect.rule.level === 'error') first = defect;
  });
  if (first === undefined) return undefined;
  return {
    pointer: pointerOf(first.path),
    trouble: `breaks the schema (${first.rule.id}): ${first.message.replace(/\.$/, '')}`,
  };
}
