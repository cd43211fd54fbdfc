import type { ReportFormatId } from '../detection/format-id.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';

/** A document that is a page of an answer which is longer than one document. */
export interface AnswerPage {
  /** Whose answer. */
  readonly format: ReportFormatId;
  /** The same for the pages of one answer, and no other: what was asked for, and how much of it is on a page. */
  readonly answer: string;
  /** Which page this is: its number, or where it starts. */
  readonly page: number | string;
  /** How many pages the answer has, where it says so. */
  readonly pages?: number | undefined;
  /** How many findings are on this page. */
  readonly findings: number;
}

/** The list of findings of a page. */
export interface PageList {
  readonly name: string;
  /** The first finding. */
  readonly first: JsonObject;
}

/** What a format's page says of itself. */
export type ReadPage = (document: JsonObject, list: PageList) => Omit<AnswerPage, 'format' | 'findings'> | undefined;

/** A number of pages or findings; undefined for anything else. */
export function countIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The address of a page, apart: what was asked for, and from where on. Undefined when it is none. */
export function addressOf(link: unknown, cursors: readonly string[]): { asked: string; from: string } | undefined {
  const text = isObject(link) ? link['href'] : link;
  if (typeof text !== 'string') return undefined;
  const url = URL.parse(text, 'https://server.invalid');
  if (url === null) return undefined;
  const from = cursors.map((name) => url.searchParams.get(name) ?? '').join(' ');
  for (const name of cursors) url.searchParams.delete(name);
  url.searchParams.sort();
  return { asked: url.href, from };
}
