import type { ReceivedFinding } from './finding.ts';
import { isObject, listAt, textAt, valueAt } from './json-value.ts';
import { readResult } from './read-result.ts';
import { type RulesById, readRules } from './read-rules.ts';

/** One violation of the SARIF schema, at a pointer relative to the checked value. */
export interface SchemaTrouble {
  readonly pointer: string;
  readonly trouble: string;
}

/** Checks against the SARIF 2.1.0 schema. Each gives the first violation, or undefined where there is none. */
export interface SchemaCheck {
  /** The log without the elements of `runs[].results`. */
  header(log: unknown): SchemaTrouble | undefined;
  result(result: unknown): SchemaTrouble | undefined;
}

/** What the Collector makes of a document. */
export type LogVerdict =
  | { readonly status: 'INVALID'; readonly message: string }
  | {
      readonly status: 'INGESTED' | 'PARTIALLY_VALID';
      readonly findings: readonly ReceivedFinding[];
      readonly skipped: number;
      readonly message: string;
    };

const troublesNamed = 5;

/**
 * Checks a whole document.
 *
 * INVALID: a member required at the top is missing, or there were results and none of them survives. PARTIALLY_VALID: some
 * results were skipped, or a finding lacks a level, a CWE tag or a description of its rule. A log without results is fine.
 */
export function checkLog(log: unknown, schema: SchemaCheck): LogVerdict {
  const troubles = createTroubles();
  const rulesOfRuns = checkHeader(log, schema, troubles.add);
  if (troubles.count > 0) return { status: 'INVALID', message: `The SARIF log is invalid. ${troubles.text()}` };

  const findings: ReceivedFinding[] = [];
  const runs = listAt(log, 'runs') ?? [];
  for (const [runIndex, run] of runs.entries()) {
    const tool = textAt(run, 'tool', 'driver', 'name') ?? '';
    const own = rulesOfRuns[runIndex] ?? new Map();
    const rulesOf = [own, ...rulesOfRuns.filter((rules) => rules !== own)];
    for (const [resultIndex, result] of (listAt(run, 'results') ?? []).entries()) {
      const pointer = `/runs/${runIndex}/results/${resultIndex}`;
      const read = readResult(result, tool, rulesOf);
      const violation = read.status === 'invalid' ? read : schema.result(result);
      if (violation !== undefined) troubles.add(`${pointer}${violation.pointer}`, violation.trouble);
      else if (read.status === 'finding') findings.push(read.finding);
    }
  }

  const skipped = troubles.count;
  if (skipped > 0 && findings.length === 0) {
    return { status: 'INVALID', message: `None of the ${skipped} results is valid. ${troubles.text()}` };
  }
  const taken = `${findings.length} findings will be ingested`;
  const remarks = remarksOn(findings);
  if (skipped > 0) remarks.push(`${skipped} results were skipped. ${troubles.text()}`);
  if (remarks.length === 0) return { status: 'INGESTED', findings, skipped, message: taken };
  return { status: 'PARTIALLY_VALID', findings, skipped, message: `${taken}; ${remarks.join('; ')}` };
}

/** Checks everything but the results, and gives the rules of each run. */
function checkHeader(
  log: unknown,
  schema: SchemaCheck,
  complain: (pointer: string, trouble: string) => void,
): RulesById[] {
  if (!isObject(log)) {
    complain('', 'is not an object: the body must be one SARIF log');
    return [];
  }
  if (valueAt(log, 'version') !== '2.1.0') complain('/version', 'must be "2.1.0"');
  const runs = listAt(log, 'runs');
  if (runs === undefined || runs.length === 0) {
    complain('/runs', 'is empty or missing: a log needs at least one run');
    return [];
  }

  const rulesOfRuns = runs.map((run, runIndex) => {
    const complainOfRun = (pointer: string, trouble: string) => complain(`/runs/${runIndex}${pointer}`, trouble);
    if (!isObject(run)) {
      complainOfRun('', 'is not an object');
      return new Map();
    }
    if ((textAt(run, 'tool', 'driver', 'name') ?? '') === '') complainOfRun('/tool/driver/name', 'is missing');
    if (listAt(run, 'results') === undefined) {
      complainOfRun('/results', 'is missing: write an empty array where the scan found nothing');
    }
    return readRules(run, complainOfRun);
  });

  const violation = schema.header(log);
  if (violation !== undefined) complain(violation.pointer, violation.trouble);
  return rulesOfRuns;
}

function remarksOn(findings: readonly ReceivedFinding[]): string[] {
  const lacking = [
    { what: 'a level', count: count(findings, ({ level }) => level === 'absent') },
    { what: 'a CWE tag on their rule', count: count(findings, ({ rule }) => rule.cwe.length === 0) },
    { what: 'a description of their rule', count: count(findings, ({ rule }) => rule.description === undefined) },
  ];
  return lacking.filter((lack) => lack.count > 0).map((lack) => `${lack.count} lack ${lack.what}`);
}

function count<T>(items: readonly T[], matches: (item: T) => boolean): number {
  let matching = 0;
  for (const item of items) if (matches(item)) matching += 1;
  return matching;
}

/** Counts all troubles and keeps the words of the first few. */
function createTroubles() {
  const named: string[] = [];
  let total = 0;
  return {
    add(pointer: string, trouble: string) {
      total += 1;
      if (named.length < troublesNamed) named.push(`${pointer === '' ? 'The document' : pointer} ${trouble}.`);
    },
    get count() {
      return total;
    },
    text: () => named.join(' ') + (total > named.length ? ` And ${total - named.length} more.` : ''),
  };
}
