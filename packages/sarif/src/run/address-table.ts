import type { Address } from '../model/model.ts';

/** What an address is by its parents; a member is absent when they do not tell. */
export interface ComputedAddress {
  readonly absolute?: number | undefined;
  readonly relative?: number | undefined;
}

const nothing: ComputedAddress = {};

/**
 * Adds up the offsets of addresses and their parents (sections 3.32.3 and 3.32.4), each once. The topmost parent that states an
 * address is the one that counts: those in between are measured against it themselves. A circle of parents says nothing.
 */
export class AddressTable {
  readonly #addresses: readonly Address[];
  /** What each address of the run is for those below it. */
  readonly #known: (ComputedAddress | undefined)[] = [];

  constructor(addresses: readonly Address[]) {
    this.#addresses = addresses;
    for (const index of addresses.keys()) if (this.#known[index] === undefined) this.#follow(index);
  }

  of({ parentIndex = -1, offsetFromParent }: Address): ComputedAddress {
    const parent = this.#known[parentIndex];
    if (parent === undefined || offsetFromParent == null) return nothing;
    const { absolute, relative } = parent;
    return {
      absolute: absolute === undefined ? undefined : absolute + offsetFromParent,
      relative: relative === undefined ? undefined : relative + offsetFromParent,
    };
  }

  /** Goes up to a parent that is known, or has none, and back down again. */
  #follow(start: number): void {
    const chain: number[] = [];
    const positions = new Map<number, number>();
    let index = start;
    while (this.#addresses[index] !== undefined && this.#known[index] === undefined && !positions.has(index)) {
      positions.set(index, chain.length);
      chain.push(index);
      index = this.#addresses[index]?.parentIndex ?? -1;
    }
    for (const circular of chain.splice(positions.get(index) ?? chain.length)) this.#known[circular] = nothing;
    for (let at = chain.pop(); at !== undefined; at = chain.pop()) {
      this.#known[at] = this.#standing(this.#addresses[at] as Address);
    }
  }

  /** What its parents say of an address, else what it says itself. One without a parent is where relative addresses start. */
  #standing(address: Address): ComputedAddress {
    const { absolute, relative } = this.of(address);
    const { absoluteAddress = -1, relativeAddress, parentIndex = -1 } = address;
    return {
      absolute: absolute ?? (absoluteAddress >= 0 ? absoluteAddress : undefined),
      relative: relative ?? relativeAddress ?? (parentIndex < 0 ? 0 : undefined),
    };
  }
}
