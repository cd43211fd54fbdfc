import { isExpired } from '../../run/suppression-state.ts';
import { defineRule } from '../rule.ts';

/** A suppression that has expired suppresses nothing. */
export const suppressionInForce = defineRule({
  id: 'SF-V210',
  name: 'suppression-in-force',
  level: 'note',
  specSection: '3.35',
  summary: 'The expiryUtc of a suppression has not passed.',
  explanation: {
    cause: 'The finding was accepted for some time, and that time is over.',
    reason:
      'The result counts again, unless somebody renews the suppression; readers that do not know expiryUtc still hide it.',
    repair: 'None: whether to renew the suppression or to mend the code, somebody has to decide.',
    before: '{ "kind": "external", "properties": { "expiryUtc": "2021-01-01T00:00:00Z" } }',
    after: '{ "kind": "external", "properties": { "expiryUtc": "2035-01-01T00:00:00Z" } }',
  },
  visits: 'suppression',
  check(suppression, { context: { now } }, report) {
    if (!isExpired(suppression, now)) return;
    const expiry: unknown = suppression.properties?.['expiryUtc'];
    report({
      message: `The suppression expired on ${expiry}. Renew it, or mend what it is about.`,
      at: ['properties', 'expiryUtc'],
      value: expiry,
    });
  },
});
