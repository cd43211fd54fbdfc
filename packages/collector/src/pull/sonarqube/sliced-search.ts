import { textOf } from '../answer-object.ts';
import type { ApiClient, Query } from '../api-client.ts';
import type { KeySet } from '../key-set.ts';
import { PullError } from '../pull-error.ts';
import { parseSearchPage, type SearchPage, wholeOf } from './search-page.ts';
import { type Dimension, type Slice, searchLimit } from './slice.ts';

/** A search, and how it can be divided. */
export interface SlicedSearchOptions {
  readonly api: ApiClient;
  readonly path: string;
  /** The member of the answer that holds the findings. */
  readonly name: 'issues' | 'hotspots';
  /** What every request says, without paging. */
  readonly query: Query;
  /** Ways to divide, in the order in which they are tried. */
  readonly dimensions: readonly Dimension[];
  /** Keys of findings that were handed on; shared by all that must not give a finding twice. */
  readonly seen: KeySet;
  /** Searches with fewer findings than this are given out as a whole; default 10,000. */
  readonly limit?: number | undefined;
  /** Looks at each page before its findings are handed on; may throw. */
  readonly onPage: (page: SearchPage) => void;
}

/** What a search came to, known once its findings are. */
export interface SearchTally {
  /** How many findings the server said that there are, before any was read; unknown until then. */
  announced: number | undefined;
  /** Findings that were handed on. */
  given: number;
  /** Findings of which the server says that there are, and which it did not give out. */
  missing: number;
  /** Findings came and went all the time, or pages held fewer than they said, so that some may have slipped through. */
  isUnsettled: boolean;
}

/** An empty tally. */
export function createSearchTally(): SearchTally {
  return { announced: undefined, given: 0, missing: 0, isUnsettled: false };
}

/** Findings on one page, at first. */
const largestPage = 500;
/** No page is asked to be smaller. */
const smallestPage = 20;
/** Fifty files, all findings in one of them, take six divisions until it is found. */
const mostIdleDivisions = 10;
/** A slice whose pages did not hold together is read so many times. */
const mostReadings = 3;

/**
 * Gives each finding of a search once, however many there are: a search that finds 10,000 or more is divided until each part finds fewer. Pages move while
 * findings change, so doubles are left out, and a part that gave fewer findings than it announced is read again.
 * @throws PullError
 */
export async function* slicedSearch(
  options: SlicedSearchOptions,
  tally: SearchTally,
): AsyncGenerator<unknown, void, undefined> {
  const { api, path, name, query, seen, limit = searchLimit } = options;
  let pageSize = Math.min(largestPage, limit);

  async function ask(slice: Slice, more: Query): Promise<SearchPage> {
    return parseSearchPage(await api.object(path, { ...query, ...slice, ...more }), name);
  }

  const askOne = (slice: Slice, more: Query) => ask(slice, { p: 1, ps: 1, ...more });

  /** @param parent the slice that this one is a part of: what it has, and how often dividing has not made it smaller */
  async function* collect(
    slice: Slice,
    dimensions: readonly Dimension[],
    parent: { readonly whole: number; readonly idle: number },
  ): AsyncGenerator<unknown, void, undefined> {
    const first = await page(slice, 1, {});
    if (first.total < limit) {
      tally.announced ??= first.total;
      yield* readAll(slice, first, {});
      return;
    }
    const faceted = await withFacets(slice, dimensions);
    const whole = Math.max(first.total, wholeOf(faceted));
    tally.announced ??= whole;
    const idle = whole < parent.whole ? 0 : parent.idle + 1;
    if (idle > mostIdleDivisions) {
      throw new PullError(
        'pull-answer',
        `The server gives the same ${whole} findings whatever part of them it is asked for, and gives out only ${limit} at a time. Nothing was converted.`,
      );
    }
    for (const [index, dimension] of dimensions.entries()) {
      const parts = await dimension.divide({ slice, page: faceted, whole, limit, ask: (more) => askOne(slice, more) });
      if (parts === undefined) continue;
      const next = dimensions.slice(dimension.repeats === true ? index : index + 1);
      for (const part of parts) yield* collect(part, next, { whole, idle });
      return;
    }
    yield* readBothEnds(slice, whole);
  }

  /** The facets of all dimensions at once; of a server that does not know one of them, none. */
  async function withFacets(slice: Slice, dimensions: readonly Dimension[]): Promise<SearchPage> {
    const facets = dimensions.flatMap(({ facet }) => facet ?? []);
    try {
      return await askOne(slice, facets.length === 0 ? {} : { facets: facets.join(',') });
    } catch (error) {
      if (!(error instanceof PullError) || error.httpStatus !== 400) throw error;
      return askOne(slice, {});
    }
  }

  /** A page of a slice; smaller ones from then on when one alone is too long to be read. */
  async function page(slice: Slice, number: number, order: Query): Promise<SearchPage> {
    for (;;) {
      try {
        const found = await ask(slice, { ...order, p: number, ps: pageSize });
        options.onPage(found);
        return found;
      } catch (error) {
        const tooLarge = error instanceof PullError && error.code === 'pull-too-large';
        if (!tooLarge || pageSize <= smallestPage) throw error;
        pageSize = Math.max(smallestPage, Math.floor(pageSize / 5));
        // Page numbers mean something else now; only the first page begins where it did.
        if (number > 1) throw new SmallerPages();
      }
    }
  }

  /**
   * Every page of a slice, as far as the limit goes; again when findings came or went meanwhile, because then pages have moved and some may have slipped
   * through between two of them.
   */
  async function* readAll(slice: Slice, first: SearchPage, order: Query): AsyncGenerator<unknown, void, undefined> {
    let known: SearchPage | undefined = first;
    for (let reading = 1; reading <= mostReadings; ) {
      const inReading = new Set<string>();
      const totals = new Set<number>();
      try {
        for (let number = 1; ; number += 1) {
          const found: SearchPage = known ?? (await page(slice, number, order));
          known = undefined;
          totals.add(found.total);
          yield* fresh(found.items, inReading);
          const isLast = number * pageSize >= Math.min(found.total, limit) || found.items.length === 0;
          if (isLast) break;
        }
      } catch (error) {
        if (error instanceof SmallerPages) continue;
        throw error;
      }
      const [total = 0] = totals;
      if (totals.size === 1 && inReading.size >= Math.min(total, limit)) return;
      reading += 1;
    }
    tally.isUnsettled = true;
  }

  /**
   * Both ends of a slice that cannot be divided: all of it, up to twice the limit. The order by file, line and key is one that can be turned round; findings
   * of one second have none.
   */
  async function* readBothEnds(slice: Slice, whole: number): AsyncGenerator<unknown, void, undefined> {
    for (const asc of whole <= limit ? ['true'] : ['true', 'false']) {
      const order = name === 'issues' ? { s: 'FILE_LINE', asc } : {};
      yield* readAll(slice, await page(slice, 1, order), order);
      if (name === 'hotspots') return;
    }
  }

  function* fresh(items: readonly unknown[], inReading: Set<string>): Generator<unknown, void, undefined> {
    for (const item of items) {
      const key = textOf(item, 'key');
      // What has no key cannot be told from another; the converter says what it thinks of it.
      if (key !== undefined) {
        inReading.add(key);
        if (!seen.add(key)) continue;
      }
      tally.given += 1;
      yield item;
    }
  }

  yield* collect({}, options.dimensions, { whole: Number.POSITIVE_INFINITY, idle: 0 });
  const { announced = 0 } = tally;
  if (tally.given >= announced) return;
  // Findings may have gone since; only those that are still counted are missing.
  const after = wholeOf(await withFacets({}, options.dimensions));
  tally.missing = Math.max(0, Math.min(announced, after) - tally.given);
}

/** Thrown inside the search when pages have to be smaller than those that were read. */
class SmallerPages extends Error {}
