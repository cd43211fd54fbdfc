import { countOf, listOf, memberOf, textOf } from '../answer-object.ts';
import { PullError } from '../pull-error.ts';

/** A value of a facet, and how many findings of the search have it. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** What a search answers. */
export interface SearchPage {
  /** Issues or hotspots, as the server writes them. */
  readonly items: readonly unknown[];
  /** How many the search finds. SonarCloud never says more than 10,000. */
  readonly total: number;
  /** The facets that were asked for, by name. */
  readonly facets: ReadonlyMap<string, readonly FacetValue[]>;
  readonly components: readonly unknown[];
  readonly rules: readonly unknown[];
}

/**
 * Reads an answer of `api/issues/search` or `api/hotspots/search`.
 * @param name the member that holds the findings
 * @throws PullError `pull-answer` for an object that is no such answer
 */
export function parseSearchPage(answer: unknown, name: 'issues' | 'hotspots'): SearchPage {
  const items = memberOf(answer, name);
  // The count stands in `paging`; old servers have it at the top as well.
  const total = countOf(memberOf(answer, 'paging'), 'total') ?? countOf(answer, 'total');
  if (!Array.isArray(items) || total === undefined) {
    throw new PullError(
      'pull-answer',
      `The server's answer to a search has no "${name}" with their number, so it is no SonarQube that is known. Check the URL.`,
    );
  }
  return {
    items,
    total,
    facets: parseFacets(answer),
    components: listOf(answer, 'components'),
    rules: listOf(answer, 'rules'),
  };
}

function parseFacets(answer: unknown): Map<string, FacetValue[]> {
  const facets = new Map<string, FacetValue[]>();
  for (const facet of listOf(answer, 'facets')) {
    const property = textOf(facet, 'property');
    if (property === undefined) continue;
    const values = listOf(facet, 'values').flatMap((entry) => {
      const value = textOf(entry, 'val');
      const count = countOf(entry, 'count');
      return value === undefined || count === undefined || count === 0 ? [] : [{ value, count }];
    });
    facets.set(property, values);
  }
  return facets;
}

/** How many findings a search finds, where its facets know better than its count: each finding has one value of each of these. */
export function wholeOf({ total, facets }: SearchPage): number {
  const sums = Array.from(facets.values(), (values) => values.reduce((sum, { count }) => sum + count, 0));
  return Math.max(total, ...sums);
}
