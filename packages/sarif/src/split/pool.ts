import type { SizedText } from './json-frame.ts';

/** Elements of one array of a run that a part needs, in the order of their first use. */
export class Pool {
  /** JSON texts of the elements, at their new positions. */
  readonly texts: string[] = [];
  /** Length of those texts with a comma for each, in bytes. */
  bytes = 0;
  readonly #positions = new Map<number | string, number>();
  readonly #keys: (number | string)[] = [];
  readonly #sizes: number[] = [];

  /** The new position of an element, or `undefined` when the part does not have it yet. */
  positionOf(key: number | string): number | undefined {
    return this.#positions.get(key);
  }

  /** Reserves the next position. Its text follows with `setText`, once what it refers to has positions, too. */
  reserve(key: number | string): number {
    const position = this.#keys.length;
    this.#positions.set(key, position);
    this.#keys.push(key);
    this.texts.push('');
    this.#sizes.push(0);
    return position;
  }

  setText(position: number, { text, bytes }: SizedText): void {
    const size = bytes + 1;
    this.bytes += size;
    this.#sizes[position] = size;
    this.texts[position] = text;
  }

  get length(): number {
    return this.#keys.length;
  }

  /** Forgets the last element. */
  removeLast(): void {
    this.#positions.delete(this.#keys.pop() as number | string);
    this.texts.pop();
    this.bytes -= this.#sizes.pop() as number;
  }
}
