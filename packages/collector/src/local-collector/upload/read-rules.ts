import type { ReceivedRule } from './finding.ts';
import { isObject, listAt, textAt } from './json-value.ts';
import type { ReceivedLevel } from './severity.ts';

/** The rules of one run, by id. Driver before extensions; of two with one id the first counts. */
export type RulesById = ReadonlyMap<string, ReceivedRule>;

/**
 * Reads the rule definitions of a run.
 *
 * @param complain is told the pointer (below the run) and the trouble of each defect that makes the log invalid
 */
export function readRules(run: unknown, complain: (pointer: string, trouble: string) => void): RulesById {
  const rules = new Map<string, ReceivedRule>();
  const extensions = listAt(run, 'tool', 'extensions') ?? [];
  const sources = [
    { pointer: '/tool/driver/rules', list: listAt(run, 'tool', 'driver', 'rules') ?? [] },
    ...extensions.map((extension, index) => ({
      pointer: `/tool/extensions/${index}/rules`,
      list: listAt(extension, 'rules') ?? [],
    })),
  ];

  for (const { pointer, list } of sources) {
    for (const [index, definition] of list.entries()) {
      const id = textAt(definition, 'id');
      if (!isObject(definition) || id === undefined || id === '') {
        complain(`${pointer}/${index}/id`, 'is missing: every rule needs an id');
      } else if (!rules.has(id)) {
        rules.set(id, readRule(id, definition));
      }
    }
  }
  if (rules.size === 0) complain('/tool/driver/rules', 'is empty or missing: a run needs at least one rule');
  return rules;
}

function readRule(id: string, definition: unknown): ReceivedRule {
  const tags = listAt(definition, 'properties', 'tags') ?? [];
  return {
    id,
    description: textAt(definition, 'shortDescription', 'text'),
    help: textAt(definition, 'help', 'text'),
    // Only this spelling is documented, so `external/cwe/cwe-079` and the like are not recognised.
    cwe: tags.filter((tag): tag is string => typeof tag === 'string' && /^CWE-\d{1,9}$/.test(tag)),
    defaultLevel: knownLevel(textAt(definition, 'defaultConfiguration', 'level')) ?? 'absent',
  };
}

/** The text as a level, or undefined where SARIF knows no such level. */
export function knownLevel(text: string | undefined): ReceivedLevel | undefined {
  return text === 'error' || text === 'warning' || text === 'note' || text === 'none' ? text : undefined;
}
