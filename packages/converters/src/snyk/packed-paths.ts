import { ByteBlocks, ByteSequence } from './byte-blocks.ts';

/** How a part of a step is written: as a text of one or two bytes a character, or as the number of a part that is known. */
const ONE_BYTE = 0;
const TWO_BYTES = 1;
const firstKnown = 2;
/** As many names and versions of packages as large projects have. */
const mostKnown = 16_384;

/** What the paths of many dependencies share: memory, and the names and versions that come again and again, each kept once. */
export class PathMemory {
  readonly blocks = new ByteBlocks();
  readonly #numbers = new Map<string, number>();
  readonly #parts: string[] = [];
  readonly #maxBytes: number;

  /** Default: no more than 16 MB. */
  constructor(maxBytes = 16 * 1024 * 1024) {
    this.#maxBytes = maxBytes;
  }

  /** Whether the paths take as much memory as they may. */
  get isFull(): boolean {
    return this.blocks.bytesInUse >= this.#maxBytes;
  }

  /** The number of a name or version; undefined for one that is new when there are enough of them. */
  numberOf(part: string): number | undefined {
    const known = this.#numbers.get(part);
    if (known !== undefined || this.#parts.length === mostKnown) return known;
    const number = this.#parts.length;
    this.#numbers.set(part, number);
    this.#parts.push(part);
    return number;
  }

  partAt(number: number): string {
    const part = this.#parts[number];
    if (part === undefined) throw new Error(`There is no part ${number}.`);
    return part;
  }
}

/** The way to a dependency, and how to upgrade along it: `false` where a step cannot be upgraded. */
export interface DependencyPath {
  readonly path: readonly string[];
  readonly upgradePath: readonly (string | false)[];
}

/** Paths to one dependency in little memory, outside of the heap: some five bytes for each `name@version`. */
export class PackedPaths {
  readonly #memory: PathMemory;
  readonly #bytes: ByteSequence;

  constructor(memory: PathMemory) {
    this.#memory = memory;
    this.#bytes = new ByteSequence(memory.blocks);
  }

  add({ path, upgradePath }: DependencyPath): void {
    for (const steps of [path, upgradePath]) {
      this.#writeNumber(steps.length);
      for (const step of steps) this.#writeStep(step);
    }
  }

  /** The paths in the order in which they came. They are not kept any longer. */
  unpack(): DependencyPath[] {
    const paths: DependencyPath[] = [];
    while (this.#bytes.left > 0) {
      const path = this.#readSteps() as string[];
      paths.push({ path, upgradePath: this.#readSteps() });
    }
    return paths;
  }

  /** 0 for `false`; else one more than twice the first part, or than that and 1 where a second one stands behind an `@`. */
  #writeStep(step: string | false): void {
    if (step === false) {
      this.#writeNumber(0);
      return;
    }
    const at = step.lastIndexOf('@');
    if (at === -1) this.#writePart(step, (kind) => 1 + kind * 2);
    else {
      this.#writePart(step.slice(0, at), (kind) => 2 + kind * 2);
      this.#writePart(step.slice(at + 1), (kind) => kind);
    }
  }

  #readSteps(): (string | false)[] {
    const steps: (string | false)[] = [];
    for (let left = this.#readNumber(); left > 0; left -= 1) steps.push(this.#readStep());
    return steps;
  }

  #readStep(): string | false {
    const number = this.#readNumber();
    if (number === 0) return false;
    const first = this.#readPart((number - 1) >> 1);
    return number % 2 === 1 ? first : `${first}@${this.#readPart(this.#readNumber())}`;
  }

  #writePart(part: string, numberOf: (kind: number) => number): void {
    const known = this.#memory.numberOf(part);
    if (known !== undefined) {
      this.#writeNumber(numberOf(known + firstKnown));
      return;
    }
    const kind = isOneByte(part) ? ONE_BYTE : TWO_BYTES;
    this.#writeNumber(numberOf(kind));
    this.#writeNumber(part.length);
    for (let index = 0; index < part.length; index += 1) {
      const unit = part.charCodeAt(index);
      this.#bytes.write(unit & 0xff);
      if (kind === TWO_BYTES) this.#bytes.write(unit >> 8);
    }
  }

  #readPart(kind: number): string {
    if (kind >= firstKnown) return this.#memory.partAt(kind - firstKnown);
    let text = '';
    for (let left = this.#readNumber(); left > 0; left -= 1) {
      const low = this.#bytes.read();
      text += String.fromCharCode(kind === TWO_BYTES ? low | (this.#bytes.read() << 8) : low);
    }
    return text;
  }

  /** Seven bits a byte, the lowest first. */
  #writeNumber(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.#bytes.write((rest & 0x7f) | 0x80);
    this.#bytes.write(rest);
  }

  #readNumber(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes.read();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
}

function isOneByte(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0xff) return false;
  return true;
}
