import { converterRules } from '@sariflow/converters';
import { familyOf, type RuleDocument, type RuleSet, ruleDocuments, ruleFamilies } from '@sariflow/sarif';
import { exitExplanations } from './exit-explanations.ts';
import type { Explanation } from './explanation.ts';
import { inputExplanations } from './input-explanations.ts';
import { pullExplanations } from './pull-explanations.ts';

const flagOf = {
  cortex: '--profile cortex',
  github: '--profile github',
  authoring: '--authoring',
} as const satisfies Readonly<Record<RuleSet, string>>;

/** Everything that can be explained, family by family. */
export const explanations: readonly Explanation[] = [
  ...ruleFamilies.flatMap((family) =>
    ruleDocuments
      .filter((rule) => familyOf(rule) === family)
      .map(ruleExplanation)
      .sort(({ code: left }, { code: right }) => (left < right ? -1 : 1)),
  ),
  ...Object.entries(converterRules).map(([code, { level, title, explanation, remedy }]): Explanation => {
    return { code, family: 'Converters', level, summary: `${title}.`, reason: explanation, repair: remedy };
  }),
  ...inputExplanations,
  ...pullExplanations,
  ...exitExplanations,
];

function ruleExplanation(rule: RuleDocument): Explanation {
  const { id, name, level, specSection, like, summary, explanation } = rule;
  const { title, set } = familyOf(rule);
  return {
    code: id,
    family: title,
    name,
    level,
    ...(set === undefined ? {} : { flag: flagOf[set] }),
    summary,
    ...explanation,
    ...(specSection === undefined ? {} : { specSection }),
    ...(like === undefined || like.length === 0 ? {} : { like }),
  };
}
