import { levelNames, type ResultBlock } from '../events/result-block.ts';
import type { Level } from '../model/model.ts';
import type { Engine } from '../recognise/engine.ts';
import {
  ARTIFACT_POSITIONS,
  LEVEL_COUNTS,
  MAX_ARTIFACTS,
  OUTPUT,
  RULE_POSITIONS,
} from '../recognise/portable/layout.ts';
import type { RuleNames } from '../recognise/rule-names.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import type { RunSection } from './run-section.ts';

/** Whose positions are in each engine's memory. */
const owners = new WeakMap<Engine, { readonly positions: object; readonly names: RuleNames }>();

/** How many bytes and results there is room for, and whether a comma comes first. */
export interface Room {
  readonly bytes: number;
  readonly results: number;
  readonly needsComma: boolean;
}

/**
 * Copies results of a block, from one of them on, into a part as long as all they refer to is in the part already. Returns how many.
 * `learnPositions` makes the next one known.
 */
export function copyBlock(
  block: ResultBlock,
  from: number,
  section: RunSection,
  room: Room,
  out: ByteBuffer,
  levels: Record<Level, number>,
): number {
  const { notes } = block;
  const { engine } = notes;
  if (engine === undefined) return 0;
  take(engine, section, notes.names);
  const most = Math.min(block.count - from, room.results);
  const count = engine.copyResults(
    block.firstNote + from,
    most,
    room.needsComma ? 1 : 0,
    Math.min(room.bytes, 2 ** 30),
  );
  if (count === 0) return 0;
  out.append(engine.bytes.subarray(OUTPUT, OUTPUT + engine.copiedBytes()));
  const counts = engine.words.subarray(LEVEL_COUNTS >> 2, (LEVEL_COUNTS >> 2) + levelNames.length);
  for (const [number, level] of levelNames.entries()) levels[level ?? 'warning'] += counts[number] as number;
  return count;
}

/** Takes note of where in the part that stands which a result refers to, once it was written. */
export function learnPositions(block: ResultBlock, at: number, section: RunSection): void {
  const { engine, names } = block.notes;
  if (engine === undefined) return;
  take(engine, section, names);
  const facts = block.factsAt(at);
  const rule = section.positionOfNoted(facts);
  if (rule !== undefined) engine.words[(RULE_POSITIONS >> 2) + facts.key] = rule + 1;
  for (let site = 0; site < facts.siteCount; site += 1) {
    const index = facts.siteIndex(site);
    const position = index < MAX_ARTIFACTS ? section.positionOfArtifact(index) : undefined;
    if (position !== undefined) engine.words[(ARTIFACT_POSITIONS >> 2) + index] = position + 1;
  }
}

function take(engine: Engine, { positions }: RunSection, names: RuleNames): void {
  const owner = owners.get(engine);
  if (owner?.positions === positions && owner.names === names) return;
  engine.startPart();
  owners.set(engine, { positions, names });
}
