import type { Engine } from './engine.ts';
import { INPUT } from './portable/layout.ts';

/** Whose bytes are in each engine's memory. */
const holders = new WeakMap<Engine, object>();

/** Puts bytes where the engine looks. They are there until somebody else puts others. */
export function putInput(engine: Engine, holder: object, chunk: Uint8Array): void {
  engine.bytes.set(chunk, INPUT);
  engine.bytes.fill(0, INPUT + chunk.length, INPUT + chunk.length + 64);
  holders.set(engine, holder);
}

export function holdsInput(engine: Engine, holder: object): boolean {
  return holders.get(engine) === holder;
}
