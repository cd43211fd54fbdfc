import type { RawFinding } from '../shell/drafts.ts';

/**
 * Findings of a report in their order, one by one for whoever iterates, and in batches for the shell: an `await` for each
 * finding costs more than most of what is done with it. What is built from others with `flatMap` and `concat` stays in batches.
 */
export class Findings implements AsyncIterable<RawFinding> {
  readonly #open: () => AsyncIterable<readonly RawFinding[]>;

  /** `open` is called each time they are read. The place of a finding is only known until the next batch is asked for. */
  constructor(open: () => AsyncIterable<readonly RawFinding[]>) {
    this.#open = open;
  }

  /** Those of several lists, one after the other. The lists are asked for when the findings are read. */
  static concat(lists: () => Iterable<Findings> | AsyncIterable<Findings>): Findings {
    return new Findings(async function* () {
      for await (const list of lists()) yield* list.batches();
    });
  }

  batches(): AsyncIterable<readonly RawFinding[]> {
    return this.#open();
  }

  /** Any number of findings in place of each. */
  flatMap(map: (raw: RawFinding) => Iterable<RawFinding>): Findings {
    const open = this.#open;
    return new Findings(async function* () {
      for await (const batch of open()) {
        const mapped: RawFinding[] = [];
        for (const raw of batch) for (const each of map(raw)) mapped.push(each);
        yield mapped;
      }
    });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<RawFinding> {
    for await (const batch of this.#open()) yield* batch;
  }
}

/** The batches of any sequence of findings. */
export async function* findingBatches(findings: AsyncIterable<RawFinding>): AsyncGenerator<readonly RawFinding[]> {
  if (findings instanceof Findings) {
    yield* findings.batches();
    return;
  }
  for await (const raw of findings) yield [raw];
}
