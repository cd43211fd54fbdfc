import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDateTime, repairedDateTime } from './date-time.ts';
import { isGuid, repairedGuid } from './guid.ts';
import { isLanguageTag } from './language-tag.ts';

describe('dates and times', () => {
  test.each([
    '2016-02-08',
    '2016-02-08T16:08Z',
    '2016-02-08T16:08:25Z',
    '2016-02-08T16:08:25.943Z',
    '2016-12-31T23:59:60Z',
    '2016-02-08T24:00Z',
    '2016-02-29',
    '2000-02-29',
  ])('%s is one', (text) => expect(isDateTime(text)).toBe(true));

  test.each([
    '',
    'yesterday',
    '2016-02-08T16:08:25+02:00',
    '2016-02-08T16:08:25',
    '2016-02-08T16Z',
    '2016-02-08Z',
    '2016-02-08 16:08:25Z',
    '2016-02-08t16:08:25z',
    '2016-13-01',
    '2016-02-30',
    '2015-02-29',
    '1900-02-29',
    '2016-02-08T24:01Z',
    '2016-02-08T16:60Z',
    '2016-02-08T16:08:25.Z',
    '2016-02-08\n',
  ])('%j is none', (text) => expect(isDateTime(text)).toBe(false));

  test.each([
    ['2016-02-08T16:08:25+02:00', '2016-02-08T14:08:25Z'],
    ['2016-02-08T23:30:25.5-0130', '2016-02-09T01:00:25.5Z'],
    ['2016-02-08T16:08:25', '2016-02-08T16:08:25Z'],
    ['2016-02-08 16:08:25', '2016-02-08T16:08:25Z'],
    ['2016-01-01T00:10+01', '2015-12-31T23:10Z'],
    [' 2016-02-08 ', '2016-02-08'],
    ['yesterday', undefined],
    ['08.02.2016', undefined],
    ['2016-02-30T10:00:00+01:00', undefined],
  ])('%j becomes %j', (text, repaired) => expect(repairedDateTime(text)).toBe(repaired));

  test('what comes from a clock is one, and the repair keeps the moment', () => {
    const dates = fc.date({ min: new Date('0001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        expect(isDateTime(date.toISOString())).toBe(true);
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const minutes = Math.abs(offset);
        const hours = `${Math.floor(minutes / 60)}`.padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${hours}:${`${minutes % 60}`.padStart(2, '0')}`;
        fc.pre(/^\d{4}-/.test(local));
        expect(repairedDateTime(`${local}${zone}`)).toBe(date.toISOString());
      }),
    );
  });
});

describe('GUIDs', () => {
  const guid = '01890a5d-ac96-774b-bcce-b302099a8057';

  test('every version is one', () => {
    fc.assert(fc.property(fc.uuid(), (text) => isGuid(text)));
    expect(isGuid(guid)).toBe(true);
    expect(isGuid('00000000-0000-0000-0000-000000000000')).toBe(true);
    expect(isGuid(`{${guid}}`)).toBe(false);
    expect(isGuid(guid.replaceAll('-', ''))).toBe(false);
  });

  test.each([`{${guid}}`, `urn:uuid:${guid}`, ` (${guid})`])('%j is repaired', (text) => {
    expect(repairedGuid(text)).toBe(guid);
  });

  test('anything else is not', () => expect(repairedGuid('build-17')).toBeUndefined());
});

describe('language tags', () => {
  test.each([
    'en',
    'en-US',
    'zh-Hans-CN',
    'es-419',
    'sl-rozaj-biske',
    'de-CH-1901',
    'en-u-ca-gregory',
    'x-whatever',
    'i-klingon',
    'zh-cmn-Hans',
  ])('%s is one', (text) => expect(isLanguageTag(text)).toBe(true));

  test.each(['', 'en_US', 'e', 'en-', 'en-US-', 'C.UTF-8', 'en US', 'en-x'])('%j is none', (text) => {
    expect(isLanguageTag(text)).toBe(false);
  });

  test('hostile tags take no time', () => {
    const start = performance.now();
    isLanguageTag(`en${'-aaaaa'.repeat(20_000)}!`);
    isLanguageTag(`en${'-a-aa'.repeat(20_000)}!`);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
