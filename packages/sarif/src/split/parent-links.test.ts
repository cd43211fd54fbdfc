import { expect, test } from 'vitest';
import { ParentLinks } from './parent-links.ts';

const same = (index: number): number => index;

/** How many elements come along with one. */
function broughtBy(links: ParentLinks, index: number): number {
  const seen = new Set<number>();
  for (let at = links.keptParent(index); at !== undefined && !seen.has(at); at = links.keptParent(at)) seen.add(at);
  return seen.size;
}

test('whatever stands in an array, an element brings along no more than some hundred others, the outermost among them', () => {
  for (const parentOf of [
    (index: number) => index - 1,
    (index: number) => index + 1,
    (index: number) => (index + 1) % 2000,
    (index: number) => index,
    (index: number) => Math.floor(index / 2),
  ]) {
    const elements = Array.from({ length: 2000 }, (_, index) => ({ parentIndex: parentOf(index) }));
    const links = new ParentLinks(elements, same);
    const most = Math.max(...elements.map((_, index) => broughtBy(links, (index * 7) % 2000)));
    expect(most).toBeLessThanOrEqual(201);
  }
});

test('parents that are nested as things are stay', () => {
  const elements = Array.from({ length: 101 }, (_, index) => (index === 0 ? {} : { parentIndex: index - 1 }));
  const links = new ParentLinks(elements, same);
  expect(broughtBy(links, 100)).toBe(100);
  expect(links.isCut(0)).toBe(false);
  const circle = new ParentLinks([{ parentIndex: 1 }, { parentIndex: 0 }, { parentIndex: 9 }, {}], same);
  expect([0, 1, 2, 3].map((index) => circle.keptParent(index))).toEqual([1, 0, undefined, undefined]);
});

test('what is nested deeper lies in the outermost element', () => {
  const elements = Array.from({ length: 500 }, (_, index) => ({ parentIndex: index - 1 }));
  const links = new ParentLinks(elements, same);
  const cut = [...elements.keys()].filter((index) => links.isCut(index));
  expect(cut).toEqual([101, 202, 303, 404]);
  for (const index of cut) expect(links.keptParent(index)).toBe(0);
});

test('the parent is the first of those that are equal', () => {
  const links = new ParentLinks([{}, {}, { parentIndex: 1 }], () => 0);
  expect(links.keptParent(2)).toBe(0);
});
