import { planDeepLog } from './deep-plan.ts';
import { defects } from './defects.ts';
import { planFlatLog } from './flat-plan.ts';
import { type JsonObject, jsonText, type Layout } from './json-text.ts';
import { createRandom, type Random } from './random.ts';
import { createTemplate, fillTemplate, type Template } from './template.ts';

export type LogShape = 'flat' | 'deep';

export interface LogOptions {
  /** Length of the log. The log is never longer, and shorter by less than one result. */
  readonly bytes: number;
  /** `flat`: results of about 1 KB as linters write them; `deep`: about 6 KB, with code flows. */
  readonly shape: LogShape;
  /** `true`: `tool` before `results`. `false`: all members in alphabetical order, so `results` comes first. */
  readonly toolFirst: boolean;
  /** Indented by two spaces. Default: no white space. */
  readonly pretty?: boolean;
  /** Whole number; the same options and seed give the same bytes. */
  readonly seed: number;
  /** Share of results with one defect each, from 0 to 1. Default 0: the log is valid. */
  readonly defectRatio?: number;
}

const chunkBytes = 2 ** 20;
const schemaUri = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * An invented SARIF 2.1.0 log as bytes, in chunks of about 1 MB that stay unchanged.
 *
 * @throws RangeError when `bytes` is too small for the run's header and one result.
 */
export async function* generateLog(options: LogOptions): AsyncGenerator<Uint8Array> {
  yield* logChunks(options);
}

/** The same as {@link generateLog} for synchronous callers. */
export function* logChunks(options: LogOptions): Generator<Uint8Array> {
  const random = createRandom(options.seed);
  const layout: Layout = { pretty: options.pretty ?? false, sorted: !options.toolFirst };
  const plan = options.shape === 'flat' ? planFlatLog(random) : planDeepLog(random);
  const { head, tail } = frameOf(plan.run, layout);
  const separator = Buffer.from(layout.pretty ? ',\n        ' : ',');
  const clean = plan.results.map((result) => templateOf(result, layout));
  const broken = plan.results.map((result, index) => {
    const defect = defects[index % defects.length];
    return templateOf(defect === undefined ? result : defect(result), layout);
  });
  const defectRatio = options.defectRatio ?? 0;
  const next = (): Template => random.pick(defectRatio > 0 && random.chance(defectRatio) ? broken : clean);

  const first = next();
  let left = options.bytes - head.length - tail.length - first.bytes.length;
  if (left < 0) {
    throw new RangeError(
      `A ${options.shape} log has at least ${options.bytes - left} bytes; ${options.bytes} were asked for. Ask for more.`,
    );
  }

  let chunk = Buffer.allocUnsafeSlow(chunkBytes);
  let used = 0;
  const room = (length: number): Uint8Array | undefined => {
    if (used + length <= chunk.length) return undefined;
    const full = chunk.subarray(0, used);
    chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, length));
    used = 0;
    return full;
  };
  const place = (template: Template, values: Random): void => {
    fillTemplate(template, chunk, used, values);
    used += template.bytes.length;
  };

  yield head;
  place(first, random);
  for (;;) {
    const template = next();
    const length = separator.length + template.bytes.length;
    if (length > left) break;
    left -= length;
    const full = room(length);
    if (full !== undefined) yield full;
    chunk.set(separator, used);
    used += separator.length;
    place(template, random);
  }
  yield chunk.subarray(0, used);
  yield tail;
}

function templateOf(result: JsonObject, layout: Layout): Template {
  return createTemplate(jsonText(result, layout, 4));
}

/** The text before the first result and after the last one. */
function frameOf(run: JsonObject, layout: Layout): { head: Buffer; tail: Buffer } {
  const mark = '@@results@@';
  const log = { $schema: schemaUri, version: '2.1.0', runs: [{ ...run, results: [mark] }] };
  const text = jsonText(log, layout);
  const quoted = JSON.stringify(mark);
  const at = text.indexOf(quoted);
  return { head: Buffer.from(text.slice(0, at)), tail: Buffer.from(text.slice(at + quoted.length)) };
}
