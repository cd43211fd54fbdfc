import type { Result } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { pointAtFoundRule } from '../../run/point-at-rule.ts';
import { defineRule } from '../rule.ts';

/** A rule id alone is looked up in the driver. */
export const extensionNamed = defineRule({
  id: 'SF-V111',
  name: 'extension-named',
  level: 'warning',
  specSection: '3.27.7',
  summary: 'A result whose rule an extension describes says so in rule.toolComponent.',
  explanation: {
    cause: 'The tool describes its rules in extensions, and its results have nothing but ruleId.',
    reason: 'Strictly such a result has no descriptor: readers that look in the driver find neither text nor level.',
    repair: 'rule is added, with the index of the descriptor and of its extension.',
    before: '{ "ruleId": "R1" }, where tool.extensions[0].rules[3].id is "R1"',
    after: '{ "ruleId": "R1", "rule": { "index": 3, "toolComponent": { "index": 0 } } }',
  },
  visits: 'result',
  check(result, { context: { rules } }, report) {
    const found = rules.find(result);
    if (found.component === 'driver' || found.descriptor === undefined) return;
    if (rules.components.find(result.rule?.toolComponent).isNamed) return;
    report({
      message: `The rule '${found.descriptor.id}' is described by the extension '${rules.components.at(found.component)?.name}', which the result does not name. Add rule with index and toolComponent.`,
      at: result.rule === undefined ? [] : ['rule'],
      fix: {
        description: `'rule' now points to the extension, at index ${found.component}.`,
        apply: (target) => pointAtFoundRule(target as Mutable<Result>, found),
      },
    });
  },
});
