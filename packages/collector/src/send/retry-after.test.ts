import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHttpDate, retryAfterMs } from './retry-after.ts';

const now = Date.UTC(2026, 10, 20, 12, 0, 0);
const read = (headers: Record<string, string>) =>
  retryAfterMs((name) => (Object.hasOwn(headers, name) ? headers[name] : undefined), now);

describe('retryAfterMs', () => {
  test.each<[string, Record<string, string>, number | undefined]>([
    ['seconds', { 'retry-after': '120' }, 120_000],
    ['a fraction', { 'retry-after': '0.5' }, 500],
    ['zero', { 'retry-after': '0' }, undefined],
    ['absurdly many', { 'retry-after': '1000000000000' }, 1e15],
    ['negative', { 'retry-after': '-5' }, undefined],
    ['words', { 'retry-after': 'soon' }, undefined],
    ['a date', { 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' }, 30_000],
    ['a date with a zone', { 'retry-after': 'Fri, 20 Nov 2026 14:00:30 +0200' }, 30_000],
    ['a date of RFC 850, two digits', { 'retry-after': 'Friday, 20-Nov-26 12:00:30 GMT' }, 30_000],
    ['a date of asctime, which is UTC', { 'retry-after': 'Fri Nov 20 12:00:30 2026' }, 30_000],
    ['a date that has passed', { 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' }, undefined],
    [
      'by the clock of the server',
      { 'retry-after': 'Fri, 20 Nov 2026 10:00:30 GMT', date: 'Fri, 20 Nov 2026 10:00:00 GMT' },
      30_000,
    ],
    ['a reset as delta', { 'x-ratelimit-reset': '30' }, 30_000],
    ['a reset in seconds since 1970', { 'x-ratelimit-reset': String(now / 1000 + 30) }, 30_000],
    ['a reset in milliseconds since 1970', { 'ratelimit-reset': String(now + 30_000) }, 30_000],
    ['nothing', {}, undefined],
  ])('%s', (_name, headers, expected) => {
    expect(read(headers)).toBe(expected);
  });

  test('whatever the header says, the wait is absent or a positive number', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, date) => {
        const ms = read({ 'retry-after': value, 'x-ratelimit-reset': date, date });
        expect(ms === undefined || (Number.isFinite(ms) && ms > 0)).toBe(true);
      }),
    );
  });

  test('reads every date that JavaScript writes as one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), (seconds) => {
        expect(parseHttpDate(new Date(seconds * 1000).toUTCString())).toBe(seconds * 1000);
      }),
    );
  });
});
