import { isObject } from '../values/json-object.ts';
import { addressOf, countIn, type ReadPage } from './page-members.ts';

/** A page of the findings API, told by its own address. */
export const veracodePage: ReadPage = (document, { name }) => {
  const { page, _links } = document;
  if (!name.endsWith('findings') || !isObject(page) || !isObject(_links)) return undefined;
  const self = addressOf(_links['self'], ['page', 'size']);
  const [number, size, total] = [page['number'], page['size'], page['total_elements']].map(countIn);
  const pages = countIn(page['total_pages']);
  if (self === undefined || number === undefined || pages === undefined || pages < 2) return undefined;
  return { answer: JSON.stringify(['veracode', self.asked, size, total]), page: number, pages };
};
