import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../digest/canonical-json.ts';
import type { Log, Result, Run } from '../model/model.ts';
import { RuleLookup } from '../run/rule-lookup.ts';
import { checkLogHeader, checkResult } from '../schema/check.ts';
import type { SchemaDefect } from '../schema/defect.ts';
import { PartTooSmallError } from '../split/split.ts';
import { type LogPlan, logPlans, makeLog as makeAnyLog } from '../split/test-support/arbitrary-log.ts';
import { contentsOf } from '../split/test-support/contents.ts';
import { bytesOf, eventsOf, parsed, partsOf, readLog } from '../split/test-support/events-of.ts';
import { type MergeSummary, mergeLogs } from './merge-logs.ts';

/** A log whose places are no places of the log: one that leads nowhere is not kept. Messages may lead there. */
function makeLog(plan: LogPlan): Log {
  return JSON.parse(JSON.stringify(makeAnyLog(plan)).replace(/"uri":"sarif:[^"]*"/g, '"uri":"src/l.js"')) as Log;
}

/** Events of a log that can be asked for again and again. */
function again(log: Log) {
  return { [Symbol.asyncIterator]: () => eventsOf(log)[Symbol.asyncIterator]() };
}

async function merged(logs: readonly Log[]): Promise<{ log: Log; summary: MergeSummary }> {
  let summary: MergeSummary | undefined;
  const events = mergeLogs(logs.map(again), { onSummary: (told) => (summary = told) });
  const log = parsed(await bytesOf(events));
  return { log, summary: summary as MergeSummary };
}

/**
 * Contents by mark. Contents say what positions lead to, so the numbers that are left lead nowhere, and a merge may take them away.
 * It also says of which invocation a result is, which rank that gives it, which of several rules with its id it means, and that it is not suppressed when others
 * are.
 */
function comparable(log: Log): Map<unknown, unknown> {
  return new Map(
    contentsOf(log).map(({ mark, content }) => {
      const { suppressions, occurrenceCount: _, rank: __, provenance, reference, ...rest } = content as Content;
      const { invocationIndex: ___, ...history } = provenance ?? {};
      const same = { ...rest, reference: reference.properties, provenance: history, suppressions: suppressions ?? [] };
      return [mark, withoutPositions(same)];
    }),
  );
}

type Content = Result & { readonly reference: { readonly properties: unknown } };

/** Members that say where something stands, and of which component it is. */
const positional = new Set(['index', 'of', 'toolComponent']);

/** Without what references say of components, which may become more. Of references that lead nowhere, and are equal now, a list holds one. */
function withoutPositions(value: unknown): unknown {
  if (Array.isArray(value)) {
    return [
      ...new Map(value.map((element) => withoutPositions(element)).map((each) => [canonicalJson(each), each])).values(),
    ];
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !positional.has(name));
  return Object.fromEntries(members.map(([name, member]) => [name, withoutPositions(member)]));
}

/** The parts of a log; `undefined` when what every part repeats is too long. */
async function parts(log: Log, share: number, ownCategories: boolean): Promise<Log[] | undefined> {
  const [whole] = await partsOf(eventsOf(log), { maxBytes: 1e9 });
  const maxBytes = Math.ceil(((whole?.bytes.length ?? 100) * share) / 100);
  let isWhole = true;
  try {
    const all = await partsOf(eventsOf(log), { maxBytes, ownCategories, report: () => (isWhole = false) });
    return isWhole ? all.map(({ bytes }) => parsed(bytes)) : undefined;
  } catch (error) {
    if (error instanceof PartTooSmallError) return undefined;
    throw error;
  }
}

test('merging the parts of a log gives its contents back', async () => {
  let several = 0;
  const property = fc.asyncProperty(
    logPlans,
    fc.integer({ min: 20, max: 100 }),
    fc.boolean(),
    async (plan, share, own) => {
      const log = withoutBaseline(makeLog(plan));
      const pieces = await parts(log, share, own);
      if (pieces === undefined) return;
      if (pieces.length > 1) several += 1;
      const { log: whole, summary } = await merged(pieces);
      expect(comparable(whole)).toEqual(comparable(log));
      expect(summary.results).toEqual({ before: contentsOf(log).length, after: contentsOf(log).length });
      expect(summary.runs.after).toBe((await merged([log])).summary.runs.after);
    },
  );
  await fc.assert(property, { numRuns: 120 });
  expect(several).toBeGreaterThan(15);
});

test('a log merged with itself says the same, each result for two', async () => {
  let equal = 0;
  const property = fc.asyncProperty(logPlans, fc.boolean(), async (plan, isPlain) => {
    const log = withDescribedRules(isPlain ? withoutCircles(makeLog(plan)) : makeLog(plan), 'alone');
    const { log: twice, summary } = await merged([log, log]);
    expect(comparable(twice)).toEqual(comparable(log));
    const expected = [...occurrences(log)].map(([mark, count]) => [mark, count * 2]);
    expect(occurrences(twice)).toEqual(new Map(expected as [unknown, number][]));
    expect(twice.runs?.length).toBe((await merged([log])).log.runs?.length);
    equal += summary.duplicates;
    // What names places of its log, or leads back to itself, is not compared.
    if (isPlain) expect(summary.results.after).toBe(contentsOf(log).length);
  });
  await fc.assert(property, { numRuns: 100 });
  expect(equal).toBeGreaterThan(100);
});

test('results of runs that become one say what they said in theirs, and the log is as the schema wants it', async () => {
  let together = 0;
  const property = fc.asyncProperty(logPlans, logPlans, async (one, other) => {
    const logs = [agreeing(makeLog(one), 'a'), agreeing(makeLog(other), 'b')];
    const { log, summary } = await merged(logs);
    together += summary.runs.before - summary.runs.after;
    const all = new Map(logs.flatMap((each) => [...comparable(each)]));
    expect(new Map([...comparable(log)].sort())).toEqual(new Map([...all].sort()));
    const defects: SchemaDefect[] = [];
    checkLogHeader(log, (defect) => defects.push(defect));
    for (const { results } of log.runs ?? []) {
      for (const result of results ?? []) checkResult(result, (defect) => defects.push(defect));
    }
    expect(defects).toEqual([]);
  });
  await fc.assert(property, { numRuns: 100 });
  expect(together).toBeGreaterThan(100);
});

test('what was read gives the same log as what was made, and the logs stay as they were', async () => {
  const property = fc.asyncProperty(logPlans, logPlans, async (one, other) => {
    const logs = [agreeing(makeLog(one), 'a'), agreeing(makeLog(other), 'b')];
    const before = JSON.stringify(logs);
    const fromBytes = parsed(await bytesOf(mergeLogs(logs.map((log) => readLog(log)))));
    expect(fromBytes).toEqual((await merged(logs)).log);
    expect(JSON.stringify(logs)).toBe(before);
  });
  await fc.assert(property, { numRuns: 40 });
});

/** For how many results those with each mark stand. */
function occurrences({ runs }: Log): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const { properties, occurrenceCount = 1 } of (runs ?? []).flatMap(({ results }) => results ?? [])) {
    const mark = properties?.['mark'];
    counts.set(mark, (counts.get(mark) ?? 0) + occurrenceCount);
  }
  return counts;
}

/** The same log without links to its places, parents and relationships. */
function withoutCircles(log: Log): Log {
  const text = JSON.stringify(log, (name, value) =>
    name === 'parentIndex' || name === 'relationships' ? undefined : value,
  );
  return JSON.parse(text.replaceAll('sarif:', 'other:')) as Log;
}

function withoutBaseline(log: Log): Log {
  return JSON.parse(JSON.stringify(log, (name, value) => (name === 'baselineState' ? undefined : value))) as Log;
}

/** The same log with runs that agree on all that runs have to agree on to become one. */
function agreeing(log: Log, name: string): Log {
  const { runs: given, ...rest } = log;
  const runs = (given ?? []).map((run, index) => onItsOwn(run, index, name));
  const apart = [
    'automationDetails',
    'language',
    'columnKind',
    'newlineSequences',
    'defaultEncoding',
    'defaultSourceLanguage',
    'baselineGuid',
    'conversion',
    'versionControlProvenance',
  ] as const;
  for (const run of runs) {
    for (const member of apart) delete run[member];
    const { rules, notifications, taxa } = run.tool.driver;
    run.tool.driver = JSON.parse(JSON.stringify({ name: 'T', rules, notifications, taxa }));
    run.originalUriBaseIds = { SRCROOT: { uri: 'file:///home/ci/shop/' } };
    for (const invocation of run.invocations ?? []) delete invocation.workingDirectory;
    for (const result of run.results ?? []) {
      delete result.baselineState;
      result.properties = { ...result.properties, mark: `${name}${result.properties?.['mark']}` };
    }
  }
  return withDescribedRules({ ...rest, runs }, `${name} alone`);
}

/** A run that names nothing of others: neither their places, nor components that it lacks and another may have. */
function onItsOwn(run: Run, index: number, name: string): Run {
  const text = JSON.stringify(run)
    .replace(/sarif:\/runs\/\d+/g, `sarif:/runs/${index}`)
    .replace(/(taxonomy|extension) (\d)/gi, `$1 ${name}${index} $2`);
  return JSON.parse(text) as Run;
}

/** What a run does not describe may be described by another: results that name such rules get an id of their own. */
function withDescribedRules(log: Log, ruleId: string): Log {
  const copy = JSON.parse(JSON.stringify(log)) as Log;
  for (const run of copy.runs ?? []) {
    const lookup = new RuleLookup(run);
    for (const result of run.results ?? []) {
      const { by } = lookup.find(result);
      if (by !== 'none' && by !== 'conflict') continue;
      result.ruleId = ruleId;
      delete result.rule;
      delete result.ruleIndex;
    }
  }
  return copy;
}
