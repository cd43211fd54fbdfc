import type { Message } from '@sariflow/sarif';
import { codeSpan, escapeMarkdown } from '../texts/markdown.ts';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';

/** A stretch of a message that is code. Offsets count UTF-16 units from 0; the end is exclusive. */
export interface Formatting {
  readonly start: number;
  readonly end: number;
}

/** The formattings of a message, in order. What does not fit into the message is doubted and kept. */
export function readFormattings(fields: Fields, name: string, text: string | undefined): readonly Formatting[] {
  const list = fields.list(name);
  if (list === undefined || list.length === 0) return none;
  const formattings: Formatting[] = [];
  for (const [index, value] of list.entries()) {
    const formatting = isObject(value) ? { start: value['start'], end: value['end'] } : {};
    if (isWithin(formatting, text ?? '')) formattings.push(formatting);
    else fields.doubtValue([name, index], value, 'a stretch of the message');
  }
  formattings.sort((a, b) => a.start - b.start);
  return formattings.some(({ start }, at) => at > 0 && start < (formattings[at - 1] as Formatting).end)
    ? overlapping(fields, name, list)
    : formattings;
}

/** The message, with code marked where formattings say so. */
export function messageOf(text: string, formattings: readonly Formatting[]): Message {
  if (formattings.length === 0) return { text };
  let markdown = '';
  let at = 0;
  for (const { start, end } of formattings) {
    markdown += escapeMarkdown(text.slice(at, start)) + codeSpan(text.slice(start, end));
    at = end;
  }
  return { text, markdown: markdown + escapeMarkdown(text.slice(at)) };
}

const none: readonly Formatting[] = [];

function overlapping(fields: Fields, name: string, list: readonly unknown[]): readonly Formatting[] {
  fields.doubt('SF-K106', name, 'The formattings of the message overlap; the message is written without them.');
  fields.keep(name, list);
  return none;
}

function isWithin(formatting: { start?: unknown; end?: unknown }, text: string): formatting is Formatting {
  const { start, end } = formatting;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) return false;
  return (start as number) >= 0 && (start as number) < (end as number) && (end as number) <= text.length;
}
