import { isObject } from '../values/json-object.ts';
import { addressOf, type ReadPage } from './page-members.ts';

const cursors = ['starting_after', 'ending_before'];

/** A page of the REST API's issues, told by its own address. */
export const snykPage: ReadPage = (document, { name }) => {
  const { jsonapi, links } = document;
  if (name !== 'data' || !isObject(jsonapi) || !isObject(links)) return undefined;
  const self = addressOf(links['self'], cursors);
  const isAlone = links['next'] === undefined && links['prev'] === undefined && self?.from.trim() === '';
  return self === undefined || isAlone ? undefined : { answer: `snyk ${self.asked}`, page: self.from };
};
