import { countOf, listOf, memberOf, textOf } from '../answer-object.ts';
import type { ApiClient, Query } from '../api-client.ts';
import { PullError } from '../pull-error.ts';

/** A file or folder of a project. */
export interface ListedComponent {
  readonly key: string;
  readonly path: string | undefined;
}

const pageSize = 500;

/**
 * Everything below a project that findings can belong to: folders, files and test files.
 * @param query branch or pull request
 */
export async function listComponents(api: ApiClient, project: string, query: Query): Promise<ListedComponent[]> {
  const found = new Map<string, ListedComponent>();
  for (let page = 1; ; page += 1) {
    const answer = await treePage(page);
    if (answer === undefined) return [...found.values()];
    const components = listOf(answer, 'components');
    const before = found.size;
    for (const component of components) {
      const key = textOf(component, 'key');
      if (key !== undefined) found.set(key, { key, path: textOf(component, 'path') });
    }
    const total = countOf(memberOf(answer, 'paging'), 'total') ?? 0;
    if (found.size === before || page * pageSize >= total) return [...found.values()];
  }

  /** One page; `undefined` from where on the server gives out no more. What is not found without them is counted in the end. */
  async function treePage(page: number) {
    const paging = { qualifiers: 'DIR,FIL,UTS', s: 'path', ps: pageSize, p: page };
    try {
      return await api.object('/api/components/tree', { ...query, component: project, ...paging });
    } catch (error) {
      if (error instanceof PullError && error.httpStatus === 400) return undefined;
      throw error;
    }
  }
}
