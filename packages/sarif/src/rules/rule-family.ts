import type { RuleDocument, RuleSet } from './rule.ts';

/** Rules about one subject; their ids begin alike. */
export interface RuleFamily {
  /** What the ids begin with, such as `SF-V4`. */
  readonly prefix: `SF-${string}`;
  readonly title: string;
  /** The set that has to be asked for; absent where the rules are always checked. */
  readonly set?: RuleSet;
}

/** Every family, in the order of the catalogue. */
export const ruleFamilies: readonly RuleFamily[] = [
  { prefix: 'SF-P', title: 'Bytes and JSON' },
  { prefix: 'SF-S', title: 'Structure' },
  { prefix: 'SF-V0', title: 'Log and run' },
  { prefix: 'SF-V1', title: 'References to rules and taxa' },
  { prefix: 'SF-V2', title: 'Kind, level, suppression and baseline' },
  { prefix: 'SF-V3', title: 'Messages' },
  { prefix: 'SF-V4', title: 'URIs and artifacts' },
  { prefix: 'SF-V5', title: 'Regions and locations' },
  { prefix: 'SF-V6', title: 'Graphs, flows and fixes' },
  { prefix: 'SF-V7', title: 'Identity and fingerprints' },
  { prefix: 'SF-V8', title: 'Taxonomies' },
  { prefix: 'SF-V9', title: 'External property files' },
  { prefix: 'SF-G', title: 'GitHub code scanning', set: 'github' },
  { prefix: 'SF-C', title: 'Cortex Collector', set: 'cortex' },
  { prefix: 'SF-A', title: 'Advice to authors of tools', set: 'authoring' },
];

/** The family of a rule. */
export function familyOf({ id }: Pick<RuleDocument, 'id'>): RuleFamily {
  const family = ruleFamilies.find(({ prefix }) => id.startsWith(prefix));
  if (family === undefined) throw new Error(`The rule ${id} belongs to no family.`);
  return family;
}
