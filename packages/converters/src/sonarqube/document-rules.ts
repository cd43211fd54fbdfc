import type { Doubt } from '../diagnostics/doubt.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import type { SonarDocument } from './documents.ts';
import type { RuleDetails } from './rule-details.ts';

/** Everything in a document that describes rules. */
export function addRules(rules: RuleDetails, { path, members }: SonarDocument, doubt: Doubt): void {
  const { rule, rules: list } = members;
  if (Array.isArray(list)) {
    for (const [index, entry] of (list as unknown[]).entries()) {
      // A map that was written as its entries.
      if (Array.isArray(entry)) rules.add(entry[1], [...path, 'rules', index, 1], doubt, keyOf(entry[0]));
      else rules.add(entry, [...path, 'rules', index], doubt);
    }
  } else if (isObject(list)) {
    for (const key of Object.keys(list)) rules.add(list[key], [...path, 'rules', key], doubt, key);
  }
  if (isObject(rule)) rules.add(rule, [...path, 'rule'], doubt);
  if (isRule(members)) rules.add(members, path, doubt);
}

/** Whether a document is a rule itself. */
export function isRule({ key, issues, hotspots, paging }: JsonObject): boolean {
  return typeof key === 'string' && issues === undefined && hotspots === undefined && paging === undefined;
}

function keyOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
