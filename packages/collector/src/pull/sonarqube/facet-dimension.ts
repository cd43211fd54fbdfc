import type { FacetValue } from './search-page.ts';
import type { Dimension, Slice } from './slice.ts';

/**
 * Divides by the values of a facet: several values that fit together into one search, and each that does not alone. Only where the values add up to the
 * whole: a facet leaves out findings without a value, and all but the hundred most frequent values.
 *
 * @param name of the facet, and of the parameter that takes its values, separated by commas
 */
export function facetDimension(name: string): Dimension {
  return {
    facet: name,
    async divide({ slice, page, whole, limit }) {
      const values = page.facets.get(name);
      if (values === undefined) return undefined;
      const sum = values.reduce((total, { count }) => total + count, 0);
      // A comma cannot be told from the one between two values.
      if (sum < whole || values.some(({ value }) => value.includes(','))) return undefined;
      const groups = packed(values, limit);
      if (groups.length < 2) return undefined;
      return groups.map((group): Slice => ({ ...slice, [name]: group.map(({ value }) => value).join(',') }));
    },
  };
}

/** Groups of values below the limit, as few as first-fit finds; a value above it stands alone. */
function packed(values: readonly FacetValue[], limit: number): FacetValue[][] {
  const groups: { readonly values: FacetValue[]; sum: number }[] = [];
  for (const value of [...values].sort((left, right) => right.count - left.count)) {
    const group = groups.find(({ sum, values }) => sum + value.count < limit && values.length < mostValues);
    if (group === undefined) groups.push({ values: [value], sum: value.count });
    else {
      group.values.push(value);
      group.sum += value.count;
    }
  }
  return groups.map(({ values }) => values);
}

/** Values in one parameter: an address has to stay short enough for the servers in between. */
const mostValues = 50;
