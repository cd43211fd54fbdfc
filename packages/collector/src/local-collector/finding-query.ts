import type { QueryParameters } from './query-parameters.ts';
import { parseQuery } from './query-parameters.ts';
import type { FindingQuery } from './storage/finding-store.ts';

const levels = ['error', 'warning', 'note', 'none', 'absent'] as const;
const severities = ['HIGH', 'MEDIUM', 'LOW'] as const;
const sorts = ['oldest', 'newest', 'place', 'severity'] as const;

/** Largest page handed out over HTTP. */
const largestLimit = 1000;

/** Reads the filters of `/ui/api/findings` and `/admin/findings`. @throws TypeError naming the parameter that does not fit */
export function parseFindingQuery(rawQuery: string): FindingQuery {
  const query = parseParameters(rawQuery);
  return {
    repositoryId: query('repository'),
    branch: query('branch'),
    tool: query('tool'),
    ruleId: query('rule'),
    cwe: query('cwe'),
    text: query('text'),
    level: choice('level', query('level'), levels),
    severity: choice('severity', query('severity'), severities),
    sort: choice('sort', query('sort'), sorts),
    uploadId: wholeNumber('upload', query('upload')),
    ...pageOf(query),
  };
}

/** Reads `offset` (default 0) and `limit` (default 100, at most 1,000). @throws TypeError where one is no whole number */
export function parsePage(rawQuery: string): { offset: number; limit: number } {
  return pageOf(parseParameters(rawQuery));
}

type Get = (name: string) => string | undefined;

function parseParameters(rawQuery: string): Get {
  const query: QueryParameters = parseQuery(rawQuery);
  if (query.status === 'refused') throw new TypeError(query.reason);
  return query.get;
}

function pageOf(query: Get): { offset: number; limit: number } {
  const limit = wholeNumber('limit', query('limit')) ?? 100;
  return { offset: wholeNumber('offset', query('offset')) ?? 0, limit: Math.min(limit, largestLimit) };
}

function choice<T extends string>(name: string, value: string | undefined, known: readonly T[]): T | undefined {
  const found = known.find((word) => word === value);
  if (value !== undefined && found === undefined) throw new TypeError(`${name} must be one of ${known.join(', ')}.`);
  return found;
}

function wholeNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,12}$/.test(value)) throw new TypeError(`${name} must be a whole number, 0 or more.`);
  return Number(value);
}
