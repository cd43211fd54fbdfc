import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReportingDescriptor } from '../model/model.ts';
import { deepEqual } from '../schema/deep-equal.ts';
import { toldApart } from './told-apart.ts';

type Descriptors = ReportingDescriptor[] | undefined;

/** Of components with one name, with these ids of descriptors. */
function countsOf(...lists: (string | undefined)[]): Record<number, number> {
  const descriptors = lists.map((ids) => ids?.split('').map((id) => ({ id })));
  const bare = lists.map(() => ({ name: 'E' }));
  return Object.fromEntries(toldApart(bare, (place) => descriptors[place]));
}

test('a component that no other equals without its descriptors needs none', () => {
  const bare = [{ name: 'E' }, { name: 'F' }, { name: 'E', version: '1' }];
  expect(toldApart(bare, () => [{ id: 'R' }])).toEqual(new Map());
});

test('as few as tell them apart are needed', () => {
  expect(countsOf('abc', 'bac')).toEqual({ 0: 1, 1: 1 });
  expect(countsOf('abc', 'abd', 'b')).toEqual({ 0: 3, 1: 3, 2: 1 });
  expect(countsOf('ab', 'abc')).toEqual({ 0: 2, 1: 3 });
  expect(countsOf('', undefined, 'ab')).toEqual({ 0: 0, 1: 0, 2: 1 });
});

test('of components that are equal altogether none is needed, but for those that tell them from others', () => {
  expect(countsOf('abc', 'abc')).toEqual({ 0: 0, 1: 0 });
  expect(countsOf('abc', 'abc', 'ax')).toEqual({ 0: 2, 1: 2, 2: 2 });
});

test('components that differ stay different whatever else they have of their descriptors', () => {
  const idLists = fc.array(fc.option(fc.subarray(['a', 'b', 'c']), { nil: undefined }), {
    minLength: 2,
    maxLength: 12,
  });
  const property = fc.property(idLists, fc.infiniteStream(fc.boolean()), (lists, isUsed) => {
    const given = lists.map((ids): Descriptors => ids?.map((id) => ({ id })));
    const counts = toldApart(
      given.map(() => ({ name: 'E' })),
      (place) => given[place],
    );
    const kept = given.map((descriptors, place) => {
      const count = counts.get(place) ?? 0;
      return descriptors?.filter((_, index) => index < count || isUsed.next().value === true);
    });
    for (const [place, descriptors] of given.entries()) {
      for (const [other, others] of given.entries()) {
        expect(deepEqual(kept[place], kept[other]) && !deepEqual(descriptors, others)).toBe(false);
      }
    }
  });
  fc.assert(property, { numRuns: 300 });
});
