import type { PropertyBag } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import type { FindingList, SonarDocument } from './documents.ts';

/**
 * Says so when the documents of a run hold fewer findings than the server has. Both kinds of findings are paged apart, and a
 * document with both counts its issues.
 */
export function checkPaging(
  documents: readonly { readonly document: SonarDocument; readonly lists: readonly FindingList[] }[],
  doubt: Doubt,
): PropertyBag {
  const kinds = new Map<FindingList['name'], { total: number; count: number; document: SonarDocument }>();
  for (const { document, lists } of documents) {
    const total = totalOf(document.members);
    for (const [at, { name, count }] of lists.entries()) {
      const known = kinds.get(name);
      if (known === undefined) kinds.set(name, { total: 0, count, document });
      else known.count += count;
      const kind = kinds.get(name);
      if (at === 0 && kind !== undefined && total !== undefined) kind.total = Math.max(kind.total, total);
    }
  }
  let isTruncated = false;
  for (const [name, { total, count, document }] of kinds) {
    if (count >= total) continue;
    isTruncated = true;
    const at = isObject(document.members['paging']) ? 'paging' : 'total';
    doubt(
      'SF-K201',
      [...document.path, at],
      `The server has ${total} ${name}, and the report holds ${count} of them: pages are missing.`,
    );
  }
  return isTruncated ? { 'sonar/truncated': true } : {};
}

/** The older members beside `paging` may say more. */
function totalOf({ total, paging }: JsonObject): number | undefined {
  const totals = [total, isObject(paging) ? paging['total'] : undefined];
  const numbers = totals.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}
