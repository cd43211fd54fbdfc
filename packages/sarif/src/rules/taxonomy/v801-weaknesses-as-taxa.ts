import type { Result, RunHeader } from '../../model/model.ts';
import { numberOfId, numberOfTaxon, numbersInProperty, numbersInTags, weaknessesOfResult } from '../../run/cwe.ts';
import { cweKindOf } from '../../run/cwe-numbers.ts';
import { CweTaxonomy } from '../../run/cwe-taxonomy.ts';
import { DescriptorReferences } from '../../run/descriptor-references.ts';
import { eachToolRule } from '../../run/each-tool-rule.ts';
import type { RunContext } from '../../run/run-context.ts';
import { TaxonLookup } from '../../run/taxa.ts';
import { defineRule, type FindingReport } from '../rule.ts';

/** Said once for each rule; a result is asked only for what its rule does not say. */
export const weaknessesAsTaxa = defineRule({
  id: 'SF-V801',
  name: 'weaknesses-as-taxa',
  level: 'note',
  specSection: '3.8.2.1',
  summary: 'The weaknesses that a rule or a result is about are given as taxa.',
  explanation: {
    cause: 'The tool names them by tags such as external/cwe/cwe-079, by a property, or by the id of the rule alone.',
    reason:
      'Every tool spells its tags in its own way. Taxa are what the standard has for it, and every consumer can follow them.',
    repair:
      'A rule gets a relationship to each weakness that its tags and properties name, and the run a CWE taxonomy with those. What only a result or the id of a rule names stays as it is.',
    before: '{ "id": "shop/no-eval", "properties": { "tags": ["external/cwe/cwe-095"] } }',
    after:
      '{ "id": "shop/no-eval", "relationships": [{ "target": { "id": "95", "toolComponent": { "name": "CWE" } }, "kinds": ["superset"] }], "properties": { "tags": ["external/cwe/cwe-095"] } }',
  },
  visits: ['run', 'result'],
  check(object, { result, context }, report) {
    if (result === undefined) checkRules(object as RunHeader, report);
    else checkResult(result, context, report);
  },
});

function checkRules(run: RunHeader, report: FindingReport): void {
  const lookup = new TaxonLookup(run, new DescriptorReferences(run.tool, run.taxonomies));
  const taxonomy = new CweTaxonomy(run);
  // Taxonomies in other files are counted after those in this one: to add one would move them.
  const isExtensible = run.externalPropertyFileReferences?.taxonomies === undefined;
  for (const { rule, path } of eachToolRule(run)) {
    const taxa = new Set(lookup.taxaOfRule(rule).map(numberOfTaxon));
    const own = numberOfId(rule.id) ?? numberOfId(rule.name);
    const mentioned = [...numbersInProperty(rule.properties), ...numbersInTags(rule.properties)];
    const missing = distinct(own === undefined ? mentioned : [...mentioned, own]).filter((number) => !taxa.has(number));
    if (missing.length === 0) continue;
    // A descriptor that is no more than such an id may be one that was made for results without any.
    const added = isExtensible ? missing.filter((number) => number !== own) : [];
    report({
      message: `The rule '${rule.id}' is about ${namesOf(missing)}, but has no relationship that says so. Write a relationship to the taxon.`,
      at: path,
      ...(added.length === 0
        ? {}
        : {
            fix: {
              description: `A relationship to ${namesOf(added)} is added.`,
              apply() {
                const relationships = (rule.relationships ??= []);
                for (const number of added)
                  relationships.push({ target: taxonomy.reference(number), kinds: ['superset'] });
              },
            },
          }),
    });
  }
}

function checkResult(result: Result, context: RunContext, report: FindingReport): void {
  const { properties } = result;
  if (properties === undefined || (properties['cwe'] === undefined && properties.tags === undefined)) return;
  const mentioned = distinct([...numbersInProperty(properties), ...numbersInTags(properties)]);
  if (mentioned.length === 0) return;
  const rule = context.rules.find(result).descriptor;
  const { properties: _, ...others } = result;
  const said = new Set(weaknessesOfResult(others, rule, context.run).map(({ id }) => id));
  const missing = mentioned.filter((number) => !said.has(`CWE-${number}`));
  if (missing.length === 0) return;
  report({
    message: `The properties of the result name ${namesOf(missing)}, but its taxa do not. Write them as 'taxa'.`,
    at: ['properties'],
  });
}

/** Each number once. One that no weakness has is not worth a taxon. */
function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].filter((number) => cweKindOf(number) !== 'unknown');
}

function namesOf(numbers: readonly number[]): string {
  return numbers.map((number) => `CWE-${number}`).join(', ');
}
