import type { PropertyBag, RunHeader } from '../../model/model.ts';
import { eachToolComponent } from '../../run/each-tool-component.ts';
import { defineRule } from '../rule.ts';

const candidateNames = ['severity', 'security-severity', 'impact', 'priority'];

/** A run without levels says that all its results matter equally. */
export const levelUsed = defineRule({
  id: 'SF-V213',
  name: 'level-used',
  level: 'note',
  specSection: '3.27.10',
  summary: 'A run states the level of some result, or the default level of some rule.',
  explanation: {
    cause: 'The tool writes its severities into properties of its own.',
    reason: "Every result is a 'warning' by default: the most important finding looks like the least.",
    repair: 'None: what the severities of the tool mean as levels is not known.',
    before: '{ "ruleId": "R1", "properties": { "severity": "HIGH" } }',
    after: '{ "ruleId": "R1", "level": "error", "properties": { "severity": "HIGH" } }',
  },
  watches: 'results',
  watch({ run }) {
    if (hasLevels(run)) return {};
    const candidates = new Set<string>();
    for (const { component } of eachToolComponent(run)) {
      for (const { properties } of component.rules ?? []) addCandidates(candidates, properties);
    }
    let isUsed = false;
    let isLooked = false;
    return {
      result(result) {
        isUsed ||= result.level !== undefined;
        if (isUsed || isLooked || (result.kind !== undefined && result.kind !== 'fail')) return;
        // Results of one tool have the same properties: the first tells.
        isLooked = true;
        addCandidates(candidates, result.properties);
      },
      end(report) {
        if (isUsed || !isLooked) return;
        const names = candidateNames.filter((name) => candidates.has(name)).map((name) => `'${name}'`);
        const advice =
          names.length === 0
            ? 'Write the level of each result.'
            : `The severity probably stands in ${names.length === 1 ? 'the property' : 'the properties'} ${names.join(', ')}: write it as the level of each result.`;
        report({ message: `No result and no rule of the run has a level, so every result is a 'warning'. ${advice}` });
      },
    };
  },
});

function hasLevels(run: RunHeader): boolean {
  for (const { component } of eachToolComponent(run)) {
    if (component.rules?.some(({ defaultConfiguration }) => defaultConfiguration?.level !== undefined)) return true;
  }
  return (run.invocations ?? []).some(({ ruleConfigurationOverrides = [] }) =>
    ruleConfigurationOverrides.some(({ configuration }) => configuration.level !== undefined),
  );
}

function addCandidates(candidates: Set<string>, properties: PropertyBag | undefined): void {
  if (properties === undefined || candidates.size === candidateNames.length) return;
  for (const name of Object.keys(properties)) {
    const folded = name.toLowerCase().replace('_', '-');
    if (candidateNames.includes(folded)) candidates.add(folded);
  }
}
