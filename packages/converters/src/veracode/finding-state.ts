import type { Suppression, SuppressionStatus } from '@sariflow/sarif';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';

/** What is known of a finding beyond this scan. */
export interface FindingState {
  /** Empty when nobody asked for the finding to be accepted; absent when the report does not say. */
  readonly suppressions: readonly Suppression[] | undefined;
  /** Whether the finding is no longer there. */
  readonly isGone: boolean;
  /** Whether this is the first scan that found it; undefined when the report does not say. */
  readonly isNew: boolean | undefined;
}

/** What somebody did or said about a finding. */
export interface Comment {
  readonly action: string | undefined;
  readonly text: string | undefined;
  readonly user: string | undefined;
  readonly date: string | undefined;
}

/** A suppression with what was said about it, in the report's order. */
export function suppression(status: SuppressionStatus, comments: readonly Comment[]): Suppression {
  const justification = comments
    .map(inWords)
    .filter((line) => line !== '')
    .join('\n');
  return { kind: 'external', status, ...(justification !== '' && { justification }) };
}

/** One line: `Mitigated by Design (ann, 2020-06-01 10:02:01 UTC): Behind a firewall.` */
function inWords({ action = '', text = '', user = '', date = '' }: Comment): string {
  const who = [user, date].filter((part) => part !== '').join(', ');
  const head = [action, who === '' ? '' : `(${who})`].filter((part) => part !== '').join(' ');
  return [head, text.trim()].filter((part) => part !== '').join(': ');
}

/** The entries of `annotations` in answers of the findings API. */
export function readAnnotations(fields: Fields): Comment[] {
  const comments: Comment[] = [];
  for (const [index, entry] of (fields.list('annotations') ?? []).entries()) {
    if (!isObject(entry)) {
      fields.doubtValue(['annotations', index], entry, 'an object');
      continue;
    }
    const annotation = fields.at(entry, ['annotations', index]);
    annotation.keepUnknown(annotationMembers);
    comments.push({
      action: annotation.text('action'),
      text: annotation.text('comment'),
      user: annotation.text('user_name'),
      date: annotation.text('created'),
    });
  }
  return comments;
}

const annotationMembers = new Set(['action', 'comment', 'user_name', 'created']);

const reviewed: ReadonlyMap<string, SuppressionStatus> = new Map([
  ['APPROVED', 'accepted'],
  ['ACCEPTED', 'accepted'],
  ['PROPOSED', 'underReview'],
  ['REJECTED', 'rejected'],
]);
const accepted = new Set(['MITIGATED', 'POTENTIAL_FALSE_POSITIVE', 'ACCEPT_RISK', 'ACCEPTED_RISK']);
const resolutions = new Set([...accepted, 'UNRESOLVED', 'FIXED', 'NONE', 'REJECTED', '']);
const statusMembers = new Set([
  'status',
  'resolution',
  'resolution_status',
  'mitigation_review_status',
  'new',
  'first_found_date',
  'last_seen_date',
]);

/** `finding_status` of the findings API. Both of its own words stay in the properties. */
export function readFindingStatus(fields: Fields | undefined, comments: readonly Comment[]): FindingState {
  if (fields === undefined) return { suppressions: undefined, isGone: false, isNew: undefined };
  fields.keepUnknown(statusMembers);
  const status = known(fields, 'status', openOrClosed);
  const resolution = known(fields, 'resolution', resolutions);
  known(fields, 'mitigation_review_status', reviewWords);
  const review = known(fields, 'resolution_status', reviewWords);
  const state = accepted.has(resolution ?? '') ? reviewed.get(review ?? '') : undefined;
  return {
    suppressions: resolution === undefined ? undefined : state === undefined ? [] : [suppression(state, comments)],
    // What was closed because somebody accepted it is still in the code.
    isGone: resolution === 'FIXED' || (status === 'CLOSED' && state !== 'accepted'),
    isNew: fields.flag('new'),
  };
}

const openOrClosed = new Set(['OPEN', 'CLOSED']);
const reviewWords = new Set([...reviewed.keys(), 'NONE', '']);

/** A word in upper case. Words that are not known are doubted; those that say something are kept. */
function known(fields: Fields, name: string, words: ReadonlySet<string>): string | undefined {
  const word = fields.text(name)?.toUpperCase();
  if (word === undefined) return undefined;
  if (word !== '' && word !== 'NONE' && word !== 'UNRESOLVED' && word !== 'OPEN') fields.keep(name);
  if (!words.has(word)) {
    const list = [...words].filter((each) => each !== '').join(', ');
    fields.doubt('SF-K105', name, `The ${name.replaceAll('_', ' ')} ${JSON.stringify(word)} is none of ${list}.`);
  }
  return word;
}
