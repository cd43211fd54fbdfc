import {
  type Diagnostic,
  EventStream,
  type PathSegment,
  type Place,
  pointerOf,
  type Report,
  type Result,
  type ResultEvent,
  type RunHeader,
  type RunStartEvent,
  type SarifEvent,
} from '@sariflow/sarif';
import { converterRules } from '../diagnostics/converter-rules.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { quirks } from './quirks.ts';
import { vendorOf } from './vendor.ts';
import type { QuirkyRun, RunRepair, SayRepair, VendorQuirk } from './vendor-quirk.ts';

/**
 * SARIF as some vendors write it, without what is peculiar to it: fixes that would destroy a file, a rule for each finding,
 * place-holders for fingerprints. What may be wrong in anybody's SARIF is left to `normalize`, which this goes before. Runs
 * of other tools pass through untouched, as fast as they come.
 *
 * @param events of a log as it was read; unchecked, so nothing in it is taken for granted
 * @param report takes a diagnostic with `fix` for each repair
 */
export function repairVendorSarif(events: AsyncIterable<SarifEvent>, report?: Report): EventStream {
  return new EventStream(async function* () {
    let repairs: readonly ActiveRepair[] = [];
    for await (const batch of EventStream.of(events).blocks()) {
      const out: (typeof batch)[number][] = [];
      for (const piece of batch) {
        if (piece.type === 'run-start') {
          const started = startRun(piece, report);
          repairs = started.repairs;
          out.push(started.event);
        } else if (piece.type === 'result') out.push(repairResult(piece, repairs, report));
        else if (piece.type === 'results' && repairs.length > 0) {
          for (const event of piece.events()) out.push(repairResult(event, repairs, report));
        } else out.push(piece);
      }
      yield out;
    }
  });
}

/** The header of a run as `repairVendorSarif` writes it. */
export function repairVendorHeader(run: Pick<RunStartEvent, 'run' | 'results'>): RunHeader {
  return startRun({ type: 'run-start', runIndex: 0, ...run }, undefined).event.run;
}

interface ActiveRepair {
  readonly quirk: VendorQuirk;
  readonly result: NonNullable<RunRepair['result']>;
}

function startRun(
  event: RunStartEvent,
  report: Report | undefined,
): { readonly event: RunStartEvent; readonly repairs: readonly ActiveRepair[] } {
  const { runIndex, placeOf } = event;
  const given: unknown = event.run;
  if (!isObject(given)) return { event, repairs: [] };
  const vendor = vendorOf(driverNameOf(given));
  const repairs: ActiveRepair[] = [];
  let run: JsonObject = given;
  for (const quirk of quirks) {
    if (quirk.vendor !== vendor) continue;
    const say = sayer(quirk, report, ['runs', runIndex], (path) => placeOf?.(pointerOf(['runs', runIndex, ...path])));
    const state: QuirkyRun = { run, results: event.results };
    const repair = quirk.start(state, say);
    run = repair?.run ?? run;
    if (repair?.result !== undefined) repairs.push({ quirk, result: repair.result });
  }
  return { event: run === given ? event : { ...event, run: run as unknown as RunHeader }, repairs };
}

function repairResult(event: ResultEvent, repairs: readonly ActiveRepair[], report: Report | undefined): ResultEvent {
  if (repairs.length === 0) return event;
  const { type, runIndex, resultIndex } = event;
  const given: unknown = event.result;
  if (!isObject(given)) return event;
  const base = ['runs', runIndex, 'results', resultIndex];
  let result: JsonObject = given;
  for (const { quirk, result: repair } of repairs) {
    const say = sayer(quirk, report, base, (path) => event.text?.placeOf?.(path), { runIndex, resultIndex });
    result = repair(result, say);
  }
  // Without its bytes, which say something else now.
  return result === given ? event : { type, runIndex, resultIndex, result: result as unknown as Result };
}

function sayer(
  { ruleId }: VendorQuirk,
  report: Report | undefined,
  base: readonly PathSegment[],
  placeOf: (path: readonly PathSegment[]) => Place | undefined,
  at: Pick<Diagnostic, 'runIndex' | 'resultIndex'> = {},
): SayRepair {
  const { level, title } = converterRules[ruleId];
  return (path, description) => {
    if (report === undefined) return;
    const place = placeOf(path);
    report({
      ruleId,
      level,
      message: `${title}.`,
      pointer: pointerOf([...base, ...path]),
      ...(place !== undefined && { place }),
      fix: { description },
      ...at,
    });
  };
}

/** The name of the driver of a run, whatever it is. */
export function driverNameOf(run: unknown): unknown {
  const tool = isObject(run) ? run['tool'] : undefined;
  const driver = isObject(tool) ? tool['driver'] : undefined;
  return isObject(driver) ? driver['name'] : undefined;
}
