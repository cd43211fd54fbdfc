import { eachToolComponent } from '../../run/each-tool-component.ts';
import { defineRule } from '../rule.ts';

/** A list whose elements only repeat what results say themselves. */
export const informativeArrays = defineRule({
  id: 'SF-A01',
  name: 'informative-arrays',
  level: 'note',
  specSection: '3.14.15',
  like: ['SARIF2004'],
  set: 'authoring',
  summary: "'rules' says more than ids, and 'artifacts' more than locations.",
  explanation: {
    cause: 'The tool lists its rules by their ids alone, or every file by its location alone.',
    reason:
      'Results name their rules and files themselves, so such a list makes the log larger and tells nobody anything.',
    repair: 'None: describe the rules and artifacts, or leave the array out together with the indices into it.',
    before: '{ "driver": { "name": "X", "rules": [{ "id": "R1" }] } }',
    after: '{ "driver": { "name": "X", "rules": [{ "id": "R1", "shortDescription": { "text": "No eval." } }] } }',
  },
  visits: 'run',
  check(run, _visit, report) {
    for (const { component, path } of eachToolComponent(run)) {
      const { rules = [] } = component;
      if (!haveOnly(rules, 'id')) continue;
      report({
        message:
          "The rules have nothing but ids, which results say themselves. Describe the rules, or leave 'rules' out.",
        at: [...path, 'rules'],
      });
    }
    const { artifacts = [] } = run;
    if (haveOnly(artifacts, 'location')) {
      report({
        message:
          "The artifacts have nothing but locations, which results say themselves. Describe the artifacts, or leave 'artifacts' out.",
        at: ['artifacts'],
      });
    }
  },
});

/** Whether some of the elements have this member, and none has another. */
function haveOnly(elements: readonly object[], member: string): boolean {
  const members = elements.flatMap(Object.keys);
  return members.length > 0 && members.every((name) => name === member);
}
