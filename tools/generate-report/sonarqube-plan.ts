import { advice, identifiers, topics } from '../generate-log/vocabulary.ts';
import { pathOf, timeOf } from './places.ts';
import type { ReportPlan } from './report-plan.ts';

const severities = ['BLOCKER', 'CRITICAL', 'MAJOR', 'MINOR', 'INFO'] as const;
const impacts = ['BLOCKER', 'HIGH', 'MEDIUM', 'LOW', 'INFO'] as const;
const rules = Array.from({ length: 300 }, (_, rule) => ({
  key: `javascript:S${1000 + rule}`,
  name: `Do not rely on ${topics[rule % topics.length]}`,
  lang: 'js',
  langName: 'JavaScript',
}));

/** An answer of `api/issues/search` with both severity models: a tenth of the issues with secondary locations. */
export const sonarqubePlan: ReportPlan = {
  ending: '.json',
  head: '{"paging":{"pageIndex":1,"pageSize":500,"total":0},"issues":[',
  tail: `],"components":[{"key":"shop","qualifier":"TRK","name":"shop"}],"rules":${JSON.stringify(rules)}}`,
  separator: ',',
  findingsAt: ['issues'],
  finding(random, index) {
    const rule = random.below(rules.length);
    const severity = rule % severities.length;
    const component = `shop:${pathOf(random)}`;
    const line = 1 + random.below(3_000);
    const textRange = {
      startLine: line,
      endLine: line,
      startOffset: random.below(40),
      endOffset: 41 + random.below(40),
    };
    const step = (text: string) => ({ component, textRange, msg: text });
    return JSON.stringify({
      key: `AX${random.hex(18)}${index}`,
      rule: rules[rule]?.key,
      severity: severities[severity],
      component,
      project: 'shop',
      line,
      hash: random.hex(32),
      textRange,
      flows: random.chance(0.1) ? [{ locations: [step('first')] }, { locations: [step('second')] }] : [],
      status: 'OPEN',
      issueStatus: 'OPEN',
      message: `Rename "${random.pick(identifiers)}". ${random.pick(advice)}`,
      effort: `${1 + random.below(50)}min`,
      debt: `${1 + random.below(50)}min`,
      author: '',
      tags: ['bad-practice', 'suspicious'],
      creationDate: `${timeOf(random)}+0000`,
      updateDate: `${timeOf(random)}+0000`,
      type: rule % 4 === 0 ? 'VULNERABILITY' : 'CODE_SMELL',
      scope: 'MAIN',
      quickFixAvailable: false,
      messageFormattings: [],
      cleanCodeAttribute: 'CONVENTIONAL',
      cleanCodeAttributeCategory: 'CONSISTENT',
      impacts: [{ softwareQuality: rule % 4 === 0 ? 'SECURITY' : 'MAINTAINABILITY', severity: impacts[severity] }],
    });
  },
};
