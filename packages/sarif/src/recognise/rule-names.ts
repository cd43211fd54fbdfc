import type { Result } from '../model/model.ts';
import type { Engine } from './engine.ts';
import { KEY_NUMBERS, KEYS, NEW_URIS, STRINGS } from './portable/layout.ts';

/** A file as a result names it. */
export interface NamedFile {
  readonly uri: string;
  readonly uriBaseId: string | undefined;
}

/**
 * The URIs that were noted as new, in the order of the bytes, from one of them on.
 *
 * @param isWanted takes the numbers that the engine has for the strings of the URI and of its base, -1 for none
 */
export function newUris(
  engine: Engine,
  from = 0,
  isWanted: (uri: number, base: number) => boolean = always,
): NamedFile[] {
  const files: NamedFile[] = [];
  const count = engine.countOfNewUris();
  for (let noted = from; noted < count; noted += 1) {
    const at = (NEW_URIS >> 2) + noted * 2;
    const base = engine.words[at + 1] as number;
    if (!isWanted(engine.words[at] as number, base)) continue;
    files.push({
      uri: stringOf(engine, engine.words[at] as number),
      uriBaseId: base < 0 ? undefined : stringOf(engine, base),
    });
  }
  return files;
}

function always(): boolean {
  return true;
}

/**
 * The ways in which the results of a run name their rules, each with a number: results by the thousand share a few. Whoever works
 * out something about a rule can keep it by this number, as long as the table stays the same object.
 */
export class RuleNames {
  /** As much of a result as the lookup of its rule looks at, by number. */
  readonly results: Result[] = [];
  /** The base ids whose use is noted, by bit. */
  readonly baseIds: readonly string[];
  /** The JSON text that the engine has a number for; `undefined` once the engine is at work for somebody else. */
  readonly textOf: (text: number) => string | undefined;

  constructor(baseIds: readonly string[], textOf: (text: number) => string | undefined) {
    this.baseIds = baseIds;
    this.textOf = textOf;
  }

  /** Takes over what the engine has numbered since. */
  update(engine: Engine): void {
    const count = engine.countOfKeys();
    for (let key = this.results.length; key < count; key += 1) this.results.push(resultOf(engine, key));
  }
}

/** A string that the engine has numbered, without the escapes that strings of results with facts do not have. */
export function stringOf({ words, bytes }: Engine, id: number): string {
  const entry = (STRINGS >> 2) + id * 3;
  const start = words[entry] as number;
  return decoder.decode(bytes.subarray(start, start + (words[entry + 1] as number)));
}

function resultOf(engine: Engine, key: number): Result {
  const { words } = engine;
  const at = (KEYS >> 2) + key * KEY_NUMBERS;
  const text = (id: number) => stringOf(engine, id);
  const [ruleId = -1, ruleIndex = -1, id = -1, index = -1, component = -1, name = -1, hasReference = 0] =
    words.subarray(at, at + KEY_NUMBERS);
  const toolComponent = { ...(component >= 0 && { index: component }), ...(name >= 0 && { name: text(name) }) };
  const rule = {
    ...(id >= 0 && { id: text(id) }),
    ...(index >= 0 && { index }),
    ...((component >= 0 || name >= 0) && { toolComponent }),
  };
  return {
    message: {},
    ...(ruleId >= 0 && { ruleId: text(ruleId) }),
    ...(ruleIndex >= 0 && { ruleIndex }),
    ...(hasReference !== 0 && { rule }),
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
