import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorText } from './error-text.ts';

const read = (value: unknown) => errorText(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

test.each([
  [{ errors: [{ msg: 'No such project' }, { msg: 'Nor branch' }] }, 'No such project; Nor branch'],
  [{ errors: [{ status: '404', title: 'Not Found', detail: 'Org not found' }] }, 'Not Found: Org not found'],
  [{ errors: [{ detail: 'Only this' }] }, 'Only this'],
  [{ message: 'Not authorised', error: 'x' }, 'Not authorised'],
  [{ error: 'invalid' }, 'invalid'],
  [{ error: { message: 'inner' } }, 'inner'],
  [{ errors: ['text', null, { msg: 5 }] }, ''],
  [{ errors: {} }, ''],
  ['<html>', ''],
  ['', ''],
  [[], ''],
])('%j says %j', (body, text) => {
  expect(read(body)).toBe(text);
});

test('whatever comes is a text', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof errorText(bytes) === 'string'));
  fc.assert(
    fc.property(
      fc.record({ errors: fc.jsonValue(), message: fc.jsonValue() }),
      (body) => typeof read(body) === 'string',
    ),
  );
});
