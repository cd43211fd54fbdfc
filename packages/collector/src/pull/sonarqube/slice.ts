import type { Query } from '../api-client.ts';
import type { SearchPage } from './search-page.ts';

/** A part of a search: what is added to its query. Slices of one division have no finding in common. */
export type Slice = Query;

/** A slice that has too many findings, and how more can be learnt about it. */
export interface Oversized {
  readonly slice: Slice;
  /** The answer to the slice, with the facets of all dimensions. */
  readonly page: SearchPage;
  /** How many findings it has. */
  readonly whole: number;
  /** Searches with fewer findings than this are given out as a whole. */
  readonly limit: number;
  /** Asks for one finding of the slice, with these parameters besides. */
  ask(more: Query): Promise<SearchPage>;
}

/** A way to divide a search into smaller ones. */
export interface Dimension {
  /** The facet to ask for before `divide`, where there is one. */
  readonly facet?: string;
  /** Whether its parts may be divided by it again. */
  readonly repeats?: true;
  /**
   * The parts of a slice: together they find everything that it finds. `undefined` when this dimension tells its findings not apart, or not all
   * of them.
   */
  divide(oversized: Oversized): Promise<readonly Slice[] | undefined>;
}

/** Most findings that a server gives out for one search, in pages of any size. */
export const searchLimit = 10_000;
