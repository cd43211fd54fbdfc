import type { PathSegment, ResultsState } from '@sariflow/sarif';
import type { ConverterRuleId } from '../diagnostics/converter-rules.ts';
import type { JsonObject } from '../values/json-object.ts';
import type { Vendor } from './vendor.ts';

/** Says what was repaired: at which path of the run's header or of the result, and how, as a full sentence. */
export type SayRepair = (path: readonly PathSegment[], description: string) => void;

/** What a quirk knows of a run before its results. */
export interface QuirkyRun {
  /** As it was read, except for what earlier quirks repaired. Nothing in it has been checked. */
  readonly run: JsonObject;
  readonly results: ResultsState;
}

/** A repaired header, and how the results of the run are to be repaired. What is undefined stays as it is. */
export interface RunRepair {
  readonly run?: JsonObject | undefined;
  /** Gives the same object where there is nothing to repair. Called for each result, in order. */
  readonly result?: ((result: JsonObject, say: SayRepair) => JsonObject) | undefined;
}

/** Something that one vendor's SARIF has and no other's: what is wrong anywhere is repaired by normalizing. */
export interface VendorQuirk {
  readonly ruleId: ConverterRuleId;
  readonly vendor: Vendor;
  /** Looks at a run. Must not change what it is given. */
  start(run: QuirkyRun, say: SayRepair): RunRepair | undefined;
}
