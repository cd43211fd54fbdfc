import type { PathSegment } from '../../json/pointer.ts';
import type { Result } from '../../model/model.ts';
import { eachToolComponent } from '../../run/each-tool-component.ts';
import { idAndParents } from '../../run/rule-lookup.ts';
import { defineRule } from '../rule.ts';

/** What is below a rule is told apart by the ids of results, and described by the rule. */
export const subRuleDescribed = defineRule({
  id: 'SF-V112',
  name: 'sub-rule-described',
  level: 'note',
  specSection: '3.49.3',
  like: ['SARIF2009'],
  summary: 'A descriptor below another descriptor of its component is that of some result.',
  explanation: {
    cause: 'The tool describes the variants of a rule one by one, whether or not they have results.',
    reason:
      'Variants have no metadata of their own: their ids appear in results, and readers take what the rule above says of them.',
    repair: 'None: a reader may know the descriptor by its id.',
    before: '{ "rules": [{ "id": "eval" }, { "id": "eval/timer" }] }, and no result for eval/timer',
    after: '{ "rules": [{ "id": "eval" }] }',
  },
  watches: 'results',
  watch({ run, rules }) {
    const unused = new Map<string, PathSegment[][]>();
    for (const { component, path } of eachToolComponent(run)) {
      const ids = new Set(component.rules?.map(({ id }) => id));
      for (const [index, { id }] of component.rules?.entries() ?? []) {
        if (!hasParent(id, ids)) continue;
        const place = [...path, 'rules', index, 'id'];
        const known = unused.get(id);
        if (known === undefined) unused.set(id, [place]);
        else known.push(place);
      }
    }
    if (unused.size === 0) return {};
    const lengths = new Set([...unused.keys()].map((id) => id.length));
    const use = (result: Result) => {
      const { ruleId } = rules.find(result);
      if (ruleId === undefined || unused.size === 0) return;
      for (const id of idAndParents(ruleId)) if (lengths.has(id.length)) unused.delete(id);
    };
    return {
      result: use,
      named: use,
      end(report) {
        for (const [id, places] of unused) {
          for (const at of places) {
            report({
              message: `'${id}' is described, but no result is about it, and a rule above it is described as well. Leave the descriptor out: the one above stands for it.`,
              at,
              value: id,
            });
          }
        }
      },
    };
  },
});

function hasParent(id: string, ids: ReadonlySet<string>): boolean {
  for (let end = id.lastIndexOf('/'); end > 0; end = id.lastIndexOf('/', end - 1)) {
    if (ids.has(id.slice(0, end))) return true;
  }
  return false;
}
