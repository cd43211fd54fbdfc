import { indexJson, type JsonArray, jsonElements, ReadError, type Source } from '@sariflow/sarif';
import type { ReportFormatId } from '../detection/format-id.ts';
import { shapeOfHead } from '../detection/shape.ts';
import type { Rereadable } from '../reading/bytes-from.ts';
import { readHead } from '../reading/head.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import type { AnswerPage, ReadPage } from './page-members.ts';
import { snykPage } from './snyk-page.ts';
import { sonarqubePage } from './sonarqube-page.ts';
import { veracodePage } from './veracode-page.ts';

const formats: readonly { readonly format: ReportFormatId; readonly read: ReadPage }[] = [
  { format: 'sonarqube', read: sonarqubePage },
  { format: 'snyk', read: snykPage },
  { format: 'veracode', read: veracodePage },
];

const listPaths: ReadonlySet<string> = new Set(['issues', 'hotspots', 'data', 'findings', '_embedded/findings']);
/** Of pages at least one of these stands at the beginning, whatever the order. */
const usualMembers: readonly string[] = [
  ...['components', 'issues', 'hotspots', 'paging', 'total'],
  ...['data', 'jsonapi', 'links'],
  ...['_embedded', '_links', 'findings', 'page'],
];
const headBytes = 64 * 1024;

/**
 * Whether a document is one of several pages, as its own members say; undefined for whatever is a whole report, has no finding, or is
 * damaged. Pages of one answer can be converted together: see `pagesOf`. Reads what may be one once, without its lists.
 */
export async function answerPageOf(source: Rereadable): Promise<AnswerPage | undefined> {
  const { shape } = shapeOfHead(new TextDecoder().decode(await readHead(source, headBytes)));
  if (shape?.kind !== 'object' || !usualMembers.some((name) => shape.members.has(name))) return undefined;
  try {
    const index = await indexJson(source as Source, {
      arrays: (path) => path.length <= 2,
      counted: (path) => listPaths.has(path.join('/')),
    });
    const lists = index.arrays.filter(({ path }) => listPaths.has(path.join('/')));
    const [list] = lists;
    if (!isObject(index.root) || list === undefined || lists.length > 1) return undefined;
    const first = await firstOf(source, list);
    if (first === undefined) return undefined;
    for (const { format, read } of formats) {
      const page = read(index.root, { name: list.path.join('/'), first });
      if (page !== undefined) return { format, ...page, findings: list.count };
    }
    return undefined;
  } catch (error) {
    // Who converts it says what is wrong with it.
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}

async function firstOf(source: Rereadable, list: JsonArray): Promise<JsonObject | undefined> {
  for await (const { value } of jsonElements(source as Source, list)) return isObject(value) ? value : undefined;
  return undefined;
}
