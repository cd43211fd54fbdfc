import type { PropertyBag, Suppression } from '@sariflow/sarif';
import { utcTime } from '../texts/utc-time.ts';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * `attributes.suppression`, and the ignore that `relationships.policy` has of it. One that had expired when the test was made is
 * none; it is kept.
 */
export function readSuppression(
  attributes: Fields,
  relationships: Fields | undefined,
  createdAt: string | undefined,
): Suppression[] {
  if (relationships?.object['policy'] !== undefined) relationships.keep('policy');
  const suppression = attributes.nested('suppression');
  if (suppression === undefined) return [];
  const status = suppression.text('status') ?? suppression.text('kind');
  const expiresAt = suppression.text('expires_at');
  if (isBefore(expiresAt, createdAt)) {
    attributes.keep('suppression');
    return [];
  }
  const justification = suppression.text('justification');
  const policy = suppression.object['policy'];
  const id = isObject(policy) ? policy['id'] : undefined;
  const properties: PropertyBag = {};
  for (const [name, value] of Object.entries(suppression.object)) {
    if (name !== 'justification' && value !== null) properties[`snyk/${name}`] = value;
  }
  return [
    {
      kind: 'external',
      status: statusOf(status),
      ...(typeof id === 'string' && guid.test(id) && { guid: id }),
      ...(justification !== undefined && justification !== '' && { justification }),
      properties,
    },
  ];
}

function statusOf(status: string | undefined): 'accepted' | 'underReview' | 'rejected' {
  if (status === 'ignored') return 'accepted';
  return status === 'pending_ignore_approval' ? 'underReview' : 'rejected';
}

function isBefore(time: string | undefined, other: string | undefined): boolean {
  const [one, two] = [time, other].map((text) => (text === undefined ? undefined : utcTime(text)));
  return one !== undefined && two !== undefined && Date.parse(one) < Date.parse(two);
}
