import type { Suppression } from '../model/model.ts';

/**
 * What the suppressions of a result come to: `unknown` when nobody looked, which counts as not suppressed; `none` when somebody looked
 * and there is none in force (sections 3.27.23, 3.35).
 */
export type SuppressionState = 'unknown' | 'none' | 'suppressed';

/**
 * A result is suppressed when none of its suppressions is under review or rejected, and at least one has not expired. One without
 * a status is accepted.
 *
 * @param now when to judge; without it, nothing expires
 */
export function suppressionState(
  suppressions: readonly Suppression[] | null | undefined,
  now?: Date,
): SuppressionState {
  if (suppressions == null) return 'unknown';
  const isContested = suppressions.some(({ status }) => status === 'underReview' || status === 'rejected');
  if (isContested) return 'none';
  return suppressions.some((suppression) => !isExpired(suppression, now)) ? 'suppressed' : 'none';
}

/** Whether the moment in a suppression's `properties.expiryUtc` has passed. What is no moment expires never. */
export function isExpired({ properties }: Suppression, now: Date | undefined): boolean {
  const expiry: unknown = properties?.['expiryUtc'];
  if (now === undefined || typeof expiry !== 'string') return false;
  return Date.parse(expiry) <= now.getTime();
}
