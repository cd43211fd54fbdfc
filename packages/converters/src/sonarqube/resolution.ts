import type { Suppression } from '@sariflow/sarif';
import { textsOfHtml } from '../texts/html-texts.ts';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';

/** What people or the server decided about a finding. */
export interface Decision {
  /** Empty when the finding is open, absent when the report does not say. */
  readonly suppressions: readonly Suppression[] | undefined;
  /** Whether the server knows that the finding is no longer there. */
  readonly absent: boolean;
  /** Whether the last comment is part of the suppression. */
  readonly usesComment: boolean;
}

/** Words of `status`, `resolution` and `issueStatus`, which came and went with the versions; what each of them decides. */
const words: ReadonlyMap<string, 'open' | 'accepted' | 'acknowledged' | 'gone'> = new Map([
  ['OPEN', 'open'],
  ['CONFIRMED', 'open'],
  ['REOPENED', 'open'],
  ['RESOLVED', 'open'],
  ['TO_REVIEW', 'open'],
  ['IN_REVIEW', 'open'],
  ['REVIEWED', 'open'],
  ['EXCEPTION', 'open'],
  ['IN_SANDBOX', 'open'],
  ['FALSE-POSITIVE', 'accepted'],
  ['FALSE_POSITIVE', 'accepted'],
  ['WONTFIX', 'accepted'],
  ['ACCEPTED', 'accepted'],
  ['SAFE', 'accepted'],
  ['ACKNOWLEDGED', 'acknowledged'],
  ['CLOSED', 'gone'],
  ['FIXED', 'gone'],
  ['REMOVED', 'gone'],
]);

const open: readonly Suppression[] = [];
const members = ['status', 'issueStatus', 'resolution'];

/** Reads the three members and the comments. Words that are not known are doubted; all are kept by the caller. */
export function readDecision(fields: Fields): Decision {
  const written: string[] = [];
  const kinds = new Set<string>();
  for (const name of members) {
    const text = fields.text(name);
    if (text === undefined || text === '') continue;
    const word = text.toUpperCase();
    const kind = words.get(word);
    if (kind === undefined) {
      fields.doubt('SF-K105', name, `The ${name} ${JSON.stringify(text)} is none of ${[...words.keys()].join(', ')}.`);
      continue;
    }
    kinds.add(kind);
    if (kind === 'accepted' || kind === 'acknowledged') written.push(word === 'ACKNOWLEDGED' ? 'acknowledged' : text);
  }
  const absent = kinds.has('gone');
  if (written.length === 0) return { suppressions: kinds.size === 0 ? undefined : open, absent, usesComment: false };
  const comment = lastComment(fields);
  // The resolution comes last and says more than the newer status that repeats it.
  const reason = written.at(-1) as string;
  const justification = comment === undefined ? reason : `${reason}: ${comment}`;
  const suppression: Suppression = { kind: 'external', status: 'accepted', justification };
  return { suppressions: [suppression], absent, usesComment: comment !== undefined };
}

/** The text of the last comment: `comments` of issues, `comment` of hotspots. */
function lastComment(fields: Fields): string | undefined {
  for (const name of ['comments', 'comment']) {
    const list = fields.object[name];
    const last: unknown = Array.isArray(list) ? list.at(-1) : undefined;
    if (!isObject(last)) continue;
    const { markdown, htmlText } = last;
    if (typeof markdown === 'string' && markdown.trim() !== '') return markdown.trim();
    if (typeof htmlText === 'string' && htmlText.trim() !== '') return textsOfHtml(htmlText).text;
  }
  return undefined;
}
