import { Dice } from '../../packages/sarif/src/json/test-support/dice.ts';
import { mutateBytes, mutateValue } from '../../packages/sarif/src/recognise/test-support/mutate.ts';
import type { NamedDocument } from './corpus-logs.ts';
import { mutateBySchema } from './mutate-by-schema.ts';
import { parsed } from './parsed.ts';
import { publishedSchemaErrors } from './published-schema.ts';

const encoder = new TextEncoder();

/** Longer logs are cut to their first results and rules before they are changed: ten thousand of them have to be read. */
const maxBytes = 12_000;

/**
 * The same numbered changes of the same documents in every run: half follow the schema, the others hit any value or any byte.
 */
export class Mutations {
  readonly #pool: readonly NamedDocument[];
  readonly #seed: number;

  constructor(documents: readonly NamedDocument[], seed: number) {
    this.#pool = documents.map(shortened).filter(({ bytes }) => bytes.length > 0 && bytes.length <= maxBytes);
    this.#seed = seed;
    if (this.#pool.length === 0) throw new Error('There is no document that is short enough to be changed.');
  }

  /** The documents that are changed, as they are. */
  get originals(): readonly NamedDocument[] {
    return this.#pool;
  }

  /** The change with this number. */
  get(index: number): NamedDocument {
    const dice = new Dice(Math.imul(this.#seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
    const document = dice.pick(this.#pool);
    const name = `${document.name} changed by seed ${this.#seed}, number ${index}`;
    const value = dice.chance(70) ? parsed(document.bytes) : undefined;
    if (typeof value !== 'object' || value === null) return { name, bytes: mutateBytes(document.bytes, dice) };
    const change = dice.chance(75) ? mutateBySchema : mutateValue;
    for (let times = dice.chance(70) ? 1 : 2; times > 0; times -= 1) change(value, dice);
    return { name, bytes: encoder.encode(JSON.stringify(value)) };
  }
}

interface LooseLog {
  readonly runs?: readonly {
    results?: unknown;
    artifacts?: unknown;
    tool?: { driver?: { rules?: unknown } };
  }[];
}

function shortened({ name, bytes }: NamedDocument): NamedDocument {
  if (bytes.length <= maxBytes) return { name, bytes };
  const log = parsed(bytes) as LooseLog | undefined;
  if (!Array.isArray(log?.runs)) return { name, bytes };
  for (const run of log.runs) {
    run.results = firstOf(run.results, 2);
    run.artifacts = firstOf(run.artifacts, 2);
    if (run.tool?.driver !== undefined) run.tool.driver.rules = firstOf(run.tool.driver.rules, 2);
  }
  return { name, bytes: encoder.encode(JSON.stringify(log)) };
}

function firstOf(elements: unknown, count: number): unknown {
  return Array.isArray(elements) ? elements.slice(0, count) : elements;
}

/**
 * Documents from the whole corpus, and as many changes of it, that sarif-multitool looks at whole: those that fit the published
 * schema, because it stops at most others, and is slow. Some of the changes are others all the same.
 */
export function documentsForMultitool(mutations: Mutations, count: number): NamedDocument[] {
  const whole = mutations.originals.filter(fitsSchema);
  const step = Math.max(1, Math.floor(whole.length / (count / 2)));
  const chosen = whole.filter((_, index) => index % step === 0).slice(0, Math.floor(count / 2));
  for (let index = 0; chosen.length < count; index += 1) {
    const document = mutations.get(index);
    if (fitsSchema(document) || index % 20 === 19) chosen.push(document);
  }
  return chosen;
}

function fitsSchema({ bytes }: NamedDocument): boolean {
  const value = parsed(bytes);
  return value !== undefined && publishedSchemaErrors(value).every(({ keyword }) => keyword === 'format');
}
