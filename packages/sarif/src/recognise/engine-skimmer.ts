import type { Skimmer } from '../json/skimmer.ts';
import type { Engine } from './engine.ts';
import { holdsInput, putInput } from './input-memory.ts';
import { INPUT, MAX_INPUT } from './portable/layout.ts';

/** Passes over bytes in the engine's memory. */
export class EngineSkimmer implements Skimmer {
  readonly maxBytes = MAX_INPUT;
  readonly #engine: Engine;
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  load(chunk: Uint8Array): void {
    this.#chunk = chunk;
    putInput(this.#engine, this, chunk);
  }

  start(depth: number, inString: boolean, escaped: boolean, deepest: number): void {
    this.#engine.startSkim(depth, inString ? (escaped ? 2 : 1) : 0, deepest);
  }

  skim(from: number, to: number, floor: number): number {
    this.#hold();
    return this.#engine.skim(from, to, floor);
  }

  get depth(): number {
    return this.#engine.skimState(0);
  }

  get inString(): boolean {
    return this.#engine.skimState(1) !== 0;
  }

  get escaped(): boolean {
    return this.#engine.skimState(1) === 2;
  }

  get stringStart(): number {
    return this.#engine.skimState(2);
  }

  countOf(byte: number, from: number, to: number): number {
    this.#hold();
    return this.#engine.countOf(byte, INPUT + from, INPUT + to);
  }

  utf16Length(from: number, to: number): number {
    this.#hold();
    return this.#engine.utf16Length(INPUT + from, INPUT + to);
  }

  /** Another stream may have put its bytes in. */
  #hold(): void {
    if (!holdsInput(this.#engine, this)) putInput(this.#engine, this, this.#chunk);
  }
}
