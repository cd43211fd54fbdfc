import type { Suppression } from '@sariflow/sarif';

/** What people decided about a finding on the platform. */
export interface Triage {
  readonly states: readonly (string | undefined)[];
  readonly reason: string | undefined;
  readonly comment: string | undefined;
}

const accepted = new Set(['ignored', 'dismissed']);
const underReview = new Set(['provisionally_ignored']);
const gone = new Set(['fixed', 'removed']);

/** Empty when the finding was not ignored; absent when there is no state at all. */
export function suppressionsOf({ states, reason, comment }: Triage): readonly Suppression[] | undefined {
  const words = lowerCase(states);
  if (words.length === 0) return undefined;
  const status = words.some((word) => accepted.has(word))
    ? 'accepted'
    : words.some((word) => underReview.has(word))
      ? 'underReview'
      : undefined;
  if (status === undefined) return [];
  const justification = [reason, comment].filter((text) => text !== undefined && text !== '').join(': ');
  return [{ kind: 'external', status, ...(justification !== '' && { justification }) }];
}

/** Whether the platform knows that the finding is no longer there. */
export function isGone({ states }: Pick<Triage, 'states'>): boolean {
  return lowerCase(states).some((word) => gone.has(word));
}

function lowerCase(states: readonly (string | undefined)[]): string[] {
  return states.filter((state) => state !== undefined && state !== '').map((state) => (state as string).toLowerCase());
}
