import { isObject } from '../values/json-object.ts';
import { countIn, type ReadPage } from './page-members.ts';

/** A page of `api/issues/search` or `api/hotspots/search`, of one project and branch. */
export const sonarqubePage: ReadPage = (document, { name, first }) => {
  if (name !== 'issues' && name !== 'hotspots') return undefined;
  const { paging } = document;
  const { pageIndex, pageSize, total } = isObject(paging)
    ? paging
    : { pageIndex: document['p'], pageSize: document['ps'], total: document['total'] };
  const [page, size, count] = [countIn(pageIndex), countIn(pageSize), countIn(total)];
  const { project, branch, pullRequest } = first;
  if (!page || !size || !count || count <= size || typeof project !== 'string') return undefined;
  const answer = JSON.stringify(['sonarqube', name, size, count, project, branch, pullRequest]);
  // The server gives out no more than so many, whatever it counts.
  return { answer, page, pages: Math.ceil(Math.min(count, mostGivenOut) / size) };
};

const mostGivenOut = 10_000;
