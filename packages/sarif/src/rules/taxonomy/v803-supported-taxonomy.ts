import { taxaIn } from '../../run/taxa.ts';
import { defineRule } from '../rule.ts';

/** Taxonomies in other files are not looked for. */
export const supportedTaxonomy = defineRule({
  id: 'SF-V803',
  name: 'supported-taxonomy',
  level: 'warning',
  specSection: '3.19.26',
  summary: 'A taxonomy that a tool component supports is one of the log.',
  explanation: {
    cause: 'The taxonomy was left out of the run, or its name, guid or position is another.',
    reason: 'Nobody can find out which taxonomy is meant, and in which version.',
    repair: 'None: the taxonomy is not in the log.',
    before: '{ "supportedTaxonomies": [{ "name": "OWASP" }] } with { "taxonomies": [{ "name": "CWE" }] }',
    after: '{ "supportedTaxonomies": [{ "name": "CWE", "index": 0 }] } with { "taxonomies": [{ "name": "CWE" }] }',
  },
  visits: 'toolComponent',
  check({ supportedTaxonomies }, { context }, report) {
    if (context.run.externalPropertyFileReferences?.taxonomies !== undefined) return;
    const lookup = taxaIn(context);
    for (const [index, reference] of (supportedTaxonomies ?? []).entries()) {
      if (lookup.componentOf(reference) !== undefined) continue;
      const what = reference.name === undefined ? 'The taxonomy' : `The taxonomy '${reference.name}'`;
      report({
        message: `${what} is not in the log. Add it to the taxonomies of the run, or leave the reference out.`,
        at: ['supportedTaxonomies', index],
      });
    }
  },
});
