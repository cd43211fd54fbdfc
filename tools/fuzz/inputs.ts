import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dice } from '../../packages/sarif/src/json/test-support/dice.ts';
import { compact, jsonText, type Style } from '../../packages/sarif/src/json/test-support/json-text.ts';
import { generatedLog } from '../../packages/sarif/src/recognise/test-support/generated-log.ts';
import { mutateBytes, mutateValue } from '../../packages/sarif/src/recognise/test-support/mutate.ts';
import type { NamedDocument } from '../oracles/corpus-logs.ts';
import { mutateBySchema } from '../oracles/mutate-by-schema.ts';
import { Mutations } from '../oracles/mutations.ts';
import { parsed } from '../oracles/parsed.ts';
import { projectRoot } from '../process/project-root.ts';
import { disguise } from './disguise.ts';
import { hostileLogs } from './hostile-logs.ts';
import { exchange, renumber, rewordText } from './reword.ts';

/** No document is longer: linear work on it has to end within the time that one document gets. */
const maxBytes = 300_000;

const encoder = new TextEncoder();
const samplesFolder = join(projectRoot, 'test-data', 'sarif', 'rules');

/** The samples of the rules: small, and each with a defect of its own. */
export function ruleSamples(): NamedDocument[] {
  const files = readdirSync(samplesFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => path.endsWith('.sarif'));
  return paths.sort().map((path) => ({
    name: path.slice(samplesFolder.length + 1),
    bytes: new Uint8Array(readFileSync(path)),
  }));
}

/** The same numbered documents for a seed: hostile, generated, and changed ones. */
export class Inputs {
  readonly #seed: number;
  readonly #mutations: Mutations;

  /** @param documents what changes are made to */
  constructor(seed: number, documents: readonly NamedDocument[]) {
    this.#seed = seed;
    this.#mutations = new Mutations(documents, seed);
  }

  get(number: number): NamedDocument {
    const dice = new Dice(Math.imul(this.#seed, 0x85ebca6b) ^ Math.imul(number + 1, 0x9e3779b1));
    for (;;) {
      const document = this.#made(number, dice);
      if (document.bytes.length <= maxBytes) return document;
    }
  }

  #made(number: number, dice: Dice): NamedDocument {
    const document = this.#undisguised(number, dice);
    if (dice.chance(96)) return document;
    return { name: `${document.name}, disguised`, bytes: disguise(document.bytes, dice) };
  }

  #undisguised(number: number, dice: Dice): NamedDocument {
    const kind = dice.below(100);
    if (kind < 20) return this.#mutations.get(number);
    if (kind < 35) return reworded(this.#mutations.get(number), dice);
    if (kind < 65) return generated(dice);
    const [name, make] = dice.pick(Object.entries(hostileLogs));
    const bytes = encoder.encode(make(dice));
    return dice.chance(85) ? { name, bytes } : { name: `${name}, bytes changed`, bytes: mutateBytes(bytes, dice) };
  }
}

/** A changed log with more changes, which leave its types as they are. */
function reworded({ name, bytes }: NamedDocument, dice: Dice): NamedDocument {
  const log = parsed(bytes);
  if (typeof log !== 'object' || log === null) return { name, bytes };
  for (let change = dice.pick([1, 2, 5, 20]); change > 0; change -= 1) dice.pick(rewordings)(log, dice);
  return { name: `${name}, reworded`, bytes: encoder.encode(JSON.stringify(log)) };
}

const rewordings = [rewordText, rewordText, renumber, exchange];

const fancy = (dice: Dice): Style => ({
  seed: dice.below(1e6),
  space: dice.pick([0, 30]),
  escapes: dice.pick([0, 20]),
  repeats: dice.pick([0, 20]),
  fractions: dice.pick([0, 30]),
});

/** A log with any members of any objects, whole or broken. */
function generated(dice: Dice): NamedDocument {
  const log = generatedLog(dice.below(2 ** 31), dice.pick([0, 25]));
  const changes = dice.pick([0, 1, 1, 2, 5]);
  for (let change = 0; change < changes; change += 1) dice.pick([mutateValue, mutateBySchema])(log, dice);
  for (let change = dice.pick([0, 1, 5, 20]); change > 0; change -= 1) dice.pick(rewordings)(log, dice);
  const bytes = encoder.encode(jsonText(log, dice.chance(50) ? compact : fancy(dice)));
  return dice.chance(15)
    ? { name: 'generated, bytes changed', bytes: mutateBytes(bytes, dice) }
    : { name: 'generated', bytes };
}
