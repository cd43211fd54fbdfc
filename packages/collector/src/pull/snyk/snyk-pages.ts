import { memberOf, textOf } from '../answer-object.ts';
import type { ApiClient, Query } from '../api-client.ts';
import { PullError } from '../pull-error.ts';

/** The version of the REST API that is spoken. */
const snykApiVersion = '2024-10-15';

/** Most resources on a page. */
const largestPage = 100;

/**
 * The pages of a list of the REST API. Of `links.next` only the cursor is taken: it is this client that says where requests go.
 * @throws PullError `pull-answer` for pages without data, without a cursor, or that go in a circle
 */
export async function* snykPages(
  api: ApiClient,
  path: string,
  query: Query,
): AsyncGenerator<readonly unknown[], void, undefined> {
  let limit = largestPage;
  let cursor: string | undefined;
  for (;;) {
    const answer = await page();
    const data = memberOf(answer, 'data');
    if (!Array.isArray(data)) {
      throw new PullError(
        'pull-answer',
        `The answer of Snyk for ${path} has no "data", so it is no list. Check the URL.`,
      );
    }
    const next = cursorOf(memberOf(answer, 'links'));
    if (next !== undefined && next === cursor) {
      throw new PullError(
        'pull-answer',
        `The pages of Snyk for ${path} go in a circle: a page names itself as the next.`,
      );
    }
    yield data;
    if (next === undefined) return;
    cursor = next;
  }

  async function page() {
    for (;;) {
      const paging = { version: snykApiVersion, limit, ...(cursor === undefined ? {} : { starting_after: cursor }) };
      try {
        return await api.object(path, { ...query, ...paging });
      } catch (error) {
        if (!(error instanceof PullError) || error.code !== 'pull-too-large' || limit <= 10) throw error;
        limit = 10;
      }
    }
  }
}

/** The cursor of the next page; `undefined` on the last one. The link is a text, or an object with `href`. */
function cursorOf(links: unknown): string | undefined {
  const next = textOf(links, 'next') ?? textOf(memberOf(links, 'next'), 'href');
  if (next === undefined) return undefined;
  const cursor = URL.parse(next, 'https://api.invalid')?.searchParams.get('starting_after');
  if (cursor !== null && cursor !== undefined && cursor !== '') return cursor;
  throw new PullError('pull-answer', 'Snyk says that there is another page, and its link has no "starting_after".');
}

/** The id that a relationship of a resource leads to, with its type. */
export function relatedTo(resource: unknown, name: string): { readonly type: string; readonly id: string } | undefined {
  const data = memberOf(memberOf(memberOf(resource, 'relationships'), name), 'data');
  const type = textOf(data, 'type');
  const id = textOf(data, 'id');
  return type === undefined || id === undefined ? undefined : { type, id };
}
