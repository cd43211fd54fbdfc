import { type IndexOptions, indexJson as indexWith, type JsonArray, type JsonIndex } from '../json/index-json.ts';
import {
  jsonElementBatches as batchesWith,
  type ElementOptions,
  jsonElements as elementsWith,
  type JsonElement,
} from '../json/json-elements.ts';
import type { Source } from '../json/source.ts';
import { loadEngine } from '../recognise/engine.ts';
import { EngineSkimmer } from '../recognise/engine-skimmer.ts';

/*
 * The reader of JSON for documents of any kind, with the fastest engine that works here.
 */

/**
 * Reads a whole JSON text once and keeps everything but the elements of the chosen arrays. Memory: what is kept.
 * @throws {ReadError} when the bytes are not one JSON document within the limits
 */
export async function indexJson(source: Source, options: IndexOptions): Promise<JsonIndex> {
  return indexWith(source, options, await newSkimmer());
}

/**
 * The elements of an array that `indexJson` left out, in order, each with a value of its own. Memory: one chunk and one batch.
 * @throws {ReadError} at an element that is not JSON, unless such are kept; between elements in any case
 */
export async function* jsonElements(
  source: Source,
  array: JsonArray,
  options: ElementOptions = {},
): AsyncGenerator<JsonElement> {
  yield* elementsWith(source, array, options, await newSkimmer());
}

/**
 * The same in batches of neighbours, for who has nothing to wait for between two of them: an `await` for each costs more than
 * a small element. What an element says of its bytes is valid until the next batch is asked for.
 */
export async function* jsonElementBatches(
  source: Source,
  array: JsonArray,
  options: ElementOptions = {},
): AsyncGenerator<readonly JsonElement[]> {
  yield* batchesWith(source, array, options, await newSkimmer());
}

async function newSkimmer(): Promise<EngineSkimmer> {
  return new EngineSkimmer(await loadEngine());
}
