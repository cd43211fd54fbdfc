import { type AnswerObject, isObject, memberOf } from '../answer-object.ts';
import type { ApiClient, Query } from '../api-client.ts';
import { PullError } from '../pull-error.ts';
import type { SideTable } from './side-table.ts';

/** Where rules are asked for. */
export interface RuleDetailsOptions {
  readonly api: ApiClient;
  /** What every request says: the organisation, on SonarCloud. */
  readonly query: Query;
  readonly onRule?: (done: number, total: number) => void;
}

/**
 * Asks for the description and the security standards of every rule of a table, and puts them there.
 * @returns how many rules the server does not tell more about: rules of other tools, and rules that it has no longer
 */
export async function addRuleDetails(rules: SideTable, { api, query, onRule }: RuleDetailsOptions): Promise<number> {
  const keys = [...rules.keys()];
  let untold = 0;
  for (const [index, key] of keys.entries()) {
    const shown = await showRule(api, { ...query, key });
    if (shown === undefined) untold += 1;
    else rules.set(key, { ...rules.get(key), ...shown });
    onRule?.(index + 1, keys.length);
  }
  return untold;
}

async function showRule(api: ApiClient, query: Query): Promise<AnswerObject | undefined> {
  try {
    const rule = memberOf(await api.object('/api/rules/show', query), 'rule');
    return isObject(rule) ? rule : undefined;
  } catch (error) {
    // Texts are worth asking for; that one is missing is no reason to go without the findings.
    const isRefused = error instanceof PullError && (error.code === 'pull-refused' || error.httpStatus === 403);
    if (isRefused) return undefined;
    throw error;
  }
}
