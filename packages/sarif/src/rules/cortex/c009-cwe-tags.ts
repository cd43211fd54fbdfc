import { tagsOf, weaknessesOf } from '../../run/cwe.ts';
import { defineRule } from '../rule.ts';

/** The platform classifies a finding by the tags of its rule alone. */
export const cweTags = defineRule({
  id: 'SF-C009',
  name: 'cwe-tags',
  level: 'note',
  specSection: '3.8.2.1',
  set: 'cortex',
  summary: 'Weaknesses that a rule names in another way are among its tags as CWE-n.',
  explanation: {
    cause:
      'The rule names its weakness by a relationship to a taxonomy, by a property, or by a tag such as external/cwe/cwe-079.',
    reason: 'The Cortex Collector reads the classification from rules[].properties.tags only, in the spelling CWE-79.',
    repair: 'A tag CWE-n is added for each weakness.',
    before: '{ "id": "R1", "properties": { "tags": ["external/cwe/cwe-079"] } }',
    after: '{ "id": "R1", "properties": { "tags": ["external/cwe/cwe-079", "CWE-79"] } }',
  },
  visits: 'run',
  check(run, _visit, report) {
    const components = [
      { component: run.tool?.driver, path: ['tool', 'driver'] },
      ...(run.tool?.extensions ?? []).map((component, index) => ({ component, path: ['tool', 'extensions', index] })),
    ];
    for (const { component, path } of components) {
      for (const [index, rule] of (component?.rules ?? []).entries()) {
        const tags = tagsOf(rule.properties);
        const missing = weaknessesOf(rule, run).filter((weakness) => !tags.includes(weakness));
        if (missing.length === 0) continue;
        report({
          message: `The rule '${rule.id}' is about ${missing.join(', ')}, but its tags do not say so. Add it to properties.tags.`,
          at: [...path, 'rules', index],
        });
      }
    }
  },
});
