import { isObject } from '../values/json-object.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember, withProperties } from './with-member.ts';

const trailingTime = /\/(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)$/;

/**
 * Snyk ends `automationDetails.id` with the time of the scan, so that no two scans have the same: nothing that compares
 * scans by it finds the one before. The time is kept in the properties.
 */
export const snykCategoryTime: VendorQuirk = {
  ruleId: 'SF-K302',
  vendor: 'snyk',
  start({ run }, say) {
    const details = run['automationDetails'];
    if (!isObject(details) || typeof details['id'] !== 'string') return undefined;
    const time = trailingTime.exec(details['id'])?.[1];
    if (time === undefined) return undefined;
    say(['automationDetails', 'id'], `The time ${time} is taken out of the id and kept in the properties.`);
    const id = details['id'].slice(0, -time.length);
    const repaired = withProperties(withMember(details, 'id', id), { 'snyk/time': time });
    return { run: withMember(run, 'automationDetails', repaired) };
  },
};
