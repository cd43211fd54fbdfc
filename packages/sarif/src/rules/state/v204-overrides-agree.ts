import type { Level, ReportingDescriptor, ReportingDescriptorReference } from '../../model/model.ts';
import { descriptorReferences } from '../../run/descriptor-references.ts';
import { defineRule, type Visit } from '../rule.ts';

/** A rule has one level in one invocation. */
export const overridesAgree = defineRule({
  id: 'SF-V204',
  name: 'overrides-agree',
  level: 'warning',
  specSection: '3.51',
  summary: 'An invocation gives each rule one level.',
  explanation: {
    cause: 'Configurations of several sources were written one after the other, instead of what came out of them.',
    reason: 'The standard does not say which override wins, so results have different levels in different readers.',
    repair: 'None: the first level counts.',
    before:
      '[{ "descriptor": { "index": 0 }, "configuration": { "level": "error" } }, { "descriptor": { "index": 0 }, "configuration": { "level": "note" } }]',
    after: '[{ "descriptor": { "index": 0 }, "configuration": { "level": "error" } }]',
  },
  visits: 'invocation',
  check({ ruleConfigurationOverrides = [] }, visit, report) {
    const levels = new Map<ReportingDescriptor | string, Level>();
    for (const [index, { descriptor, configuration }] of ruleConfigurationOverrides.entries()) {
      const { level } = configuration;
      const target = targetOf(descriptor, visit);
      if (level === undefined || target === undefined) continue;
      const before = levels.get(target);
      if (before === undefined) levels.set(target, level);
      else if (before !== level) {
        const id = typeof target === 'string' ? target : target.id;
        report({
          message: `The level of '${id}' becomes '${level}' here, and '${before}' in an override before. Write one of them.`,
          at: ['ruleConfigurationOverrides', index, 'configuration', 'level'],
          value: level,
        });
      }
    }
  },
});

/** The descriptor, or the id of one that the run does not have. */
function targetOf(
  reference: ReportingDescriptorReference,
  { context: { run, rules }, path }: Visit,
): ReportingDescriptor | string | undefined {
  const descriptor =
    path[0] === 'conversion'
      ? descriptorReferences(run, path).resolve(reference, 'rules')
      : rules.find({ message: {}, rule: reference }).descriptor;
  return descriptor ?? reference.id;
}
