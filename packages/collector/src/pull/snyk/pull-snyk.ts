import { textOf } from '../answer-object.ts';
import type { ApiClient, Query } from '../api-client.ts';
import { jsonArray } from '../json-text.ts';
import { createKeySet } from '../key-set.ts';
import { PullError } from '../pull-error.ts';
import type { PulledReport, PullProgress } from '../pulled-report.ts';
import { relatedTo, snykPages } from './snyk-pages.ts';

/** Which findings of Snyk are wanted. */
export interface SnykScope {
  /** The organisation's id, a UUID. */
  readonly org: string;
  /** Only those of one project, by its id. */
  readonly project?: string | undefined;
  /** Also what is resolved. */
  readonly includeClosed: boolean;
}

/** What a pull works with. */
export interface SnykPullOptions {
  readonly api: ApiClient;
  readonly scope: SnykScope;
  readonly onProgress?: ((progress: PullProgress) => void) | undefined;
}

/**
 * The issues of an organisation as one JSON:API document: the `data` of all pages, and under `included` the projects that they were found in, which an
 * issue knows only by id. Nothing is asked for before the text is read.
 */
export function pullSnyk({ api, scope, onProgress }: SnykPullOptions): PulledReport {
  const notices: string[] = [];
  const seen = createKeySet();
  const projects = new Set<string>();
  const organisation = `/orgs/${encodeURIComponent(scope.org)}`;
  let given = 0;

  async function* issues(): AsyncGenerator<unknown, void, undefined> {
    const query: Query = {
      ...(scope.includeClosed ? {} : { status: 'open' }),
      ...(scope.project === undefined ? {} : { 'scan_item.id': scope.project, 'scan_item.type': 'project' }),
    };
    for await (const page of snykPages(api, `${organisation}/issues`, query)) {
      for (const issue of page) {
        const id = textOf(issue, 'id');
        // Pages move while issues come and go. What has no id cannot be told from another; the converter says what it thinks of it.
        if (id !== undefined && !seen.add(id)) continue;
        const item = relatedTo(issue, 'scan_item');
        if (item?.type === 'project') projects.add(item.id);
        given += 1;
        yield issue;
      }
      onProgress?.({ unit: 'issues', done: given, total: undefined });
    }
  }

  async function* included(): AsyncGenerator<unknown, void, undefined> {
    const missing = new Set(projects);
    try {
      for (const ids of chunksOf([...projects])) {
        for await (const page of snykPages(api, `${organisation}/projects`, { ids: ids.join(',') })) {
          for (const project of page) if (missing.delete(textOf(project, 'id') ?? '')) yield project;
        }
      }
    } catch (error) {
      const isRefused = error instanceof PullError && (error.code === 'pull-refused' || error.httpStatus === 403);
      if (!isRefused) throw error;
      notices.push(
        `The projects of the issues cannot be had, so their names and manifests are missing. ${error.message}`,
      );
      return;
    }
    if (missing.size > 0) notices.push(`Snyk knows nothing more of ${missing.size} of the issues' projects.`);
  }

  async function* text(): AsyncGenerator<string, void, undefined> {
    yield '{"jsonapi":{"version":"1.0"},\n"data":';
    yield* jsonArray(issues());
    yield ',\n"included":';
    yield* jsonArray(included());
    // Where the pages came from, as the first of them would say it.
    const question = scope.project === undefined ? '' : `?scan_item.id=${encodeURIComponent(scope.project)}`;
    yield `,\n"links":${JSON.stringify({ self: `${organisation}/issues${question}` })}}\n`;
  }

  return { text, summary: () => ({ findings: given, missing: 0, notices, remarks: [] }) };
}

/** Ids in one request. */
const mostIds = 50;

function chunksOf(ids: readonly string[]): string[][] {
  const chunks: string[][] = [];
  for (let from = 0; from < ids.length; from += mostIds) chunks.push(ids.slice(from, from + mostIds));
  return chunks;
}
