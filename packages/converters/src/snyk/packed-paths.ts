/** The steps of many paths, each kept once: packages that come again and again. */
export class Steps {
  readonly #numbers = new Map<string | false, number>();
  readonly #steps: (string | false)[] = [];

  numberOf(step: string | false): number {
    const known = this.#numbers.get(step);
    if (known !== undefined) return known;
    const number = this.#steps.length;
    this.#numbers.set(step, number);
    this.#steps.push(step);
    return number;
  }

  at(number: number): string | false {
    const step = this.#steps[number];
    if (step === undefined) throw new Error(`There is no step ${number}.`);
    return step;
  }
}

/** Paths in little memory: 4 bytes for each step, and 4 for each path. */
export class PackedPaths<Step extends string | false> {
  readonly #steps: Steps;
  #numbers = new Uint32Array(16);
  #length = 0;

  constructor(steps: Steps) {
    this.#steps = steps;
  }

  add(path: readonly Step[]): void {
    const length = this.#length + path.length + 1;
    if (length > this.#numbers.length) {
      const larger = new Uint32Array(Math.max(length, this.#numbers.length * 2));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length] = path.length;
    for (const [index, step] of path.entries()) {
      this.#numbers[this.#length + 1 + index] = this.#steps.numberOf(step);
    }
    this.#length = length;
  }

  /** The paths in the order in which they came. */
  unpack(): Step[][] {
    const paths: Step[][] = [];
    for (let at = 0; at < this.#length; ) {
      const end = at + 1 + (this.#numbers[at] as number);
      const path: Step[] = [];
      for (at += 1; at < end; at += 1) path.push(this.#steps.at(this.#numbers[at] as number) as Step);
      paths.push(path);
    }
    return paths;
  }
}
