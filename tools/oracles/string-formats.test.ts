import { expect, test } from 'vitest';
import { isRfc3339DateTime, isUri, isUriReference } from './string-formats.ts';

test.each<[string, boolean, boolean]>([
  ['https://example.test/a?b#c', true, true],
  ['urn:uuid:7a3f1f9e-8d1c-4a6e-9a53-000000000000', true, true],
  ['file:///C:/a', true, true],
  ['C:/a', true, true],
  ['https://[::1]:8080/', true, true],
  ['https://[1:2:3:4:5:6:7:8]/', true, true],
  ['https://[::1', false, false],
  ['https://[1:2:3:4:5:6:7:8:9]/', false, false],
  ['https://example.test:80a/', false, false],
  ['src/a.c', false, true],
  ['./a:b', false, true],
  ['1a:b', false, false],
  ['//host/a', false, true],
  ['', false, true],
  ['#a', false, true],
  ['a b', false, false],
  ['a%2', false, false],
  ['a\\b', false, false],
  ['é', false, false],
  ['{a}', false, false],
])('%s is a URI: %s; is a reference: %s', (text, asUri, asReference) => {
  expect(isUri(text)).toBe(asUri);
  expect(isUriReference(text)).toBe(asReference);
});

test.each<[string, boolean]>([
  ['2016-02-08T16:08:25Z', true],
  ['2016-02-08T16:08:25.943+02:00', true],
  ['2016-02-08t16:08:25z', true],
  ['2016-02-29T00:00:00Z', true],
  ['2015-02-29T00:00:00Z', false],
  ['1900-02-29T00:00:00Z', false],
  ['2016-12-31T23:59:60Z', true],
  ['2016-12-31T22:59:60-01:00', true],
  ['2016-12-31T22:59:60Z', false],
  ['2016-12-31T23:59:61Z', false],
  ['2016-02-08T24:00:00Z', false],
  ['2016-02-08', false],
  ['2016-02-08T16:08Z', false],
])('%s is a time of RFC 3339: %s', (text, expected) => {
  expect(isRfc3339DateTime(text)).toBe(expected);
});
