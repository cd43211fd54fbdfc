import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Locator, locate } from './locate.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

test('members, elements, and what is missing', () => {
  const bytes = bytesOf(' {"a": [1, {"b\\"" : true}], "a2": -1.5e3 }');
  const at = (path: (string | number)[]) => new TextDecoder().decode(bytes.subarray(locate(bytes, path))).slice(0, 4);
  expect(at([])).toBe('{"a"');
  expect(at(['a', 1, 'b"'])).toBe('true');
  expect(at(['a2'])).toBe('-1.5');
  expect(at(['a', 7])).toBe('[1, ');
  expect(at(['nothing'])).toBe('{"a"');
});

test('every value of any document is found where it stands', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const bytes = bytesOf(text);
      const walk = (value: unknown, path: (string | number)[]) => {
        const written = bytesOf(JSON.stringify(value));
        const start = locate(bytes, path);
        expect(bytes.subarray(start, start + written.length)).toEqual(written);
        if (Array.isArray(value)) for (const [index, element] of value.entries()) walk(element, [...path, index]);
        else if (typeof value === 'object' && value !== null) {
          for (const [name, member] of Object.entries(value)) walk(member, [...path, name]);
        }
      };
      walk(JSON.parse(text), []);
    }),
  );
});

test('a locator says the same as a search from the start, in whatever order it is asked', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.infiniteStream(fc.nat()), (text, dice) => {
      const bytes = bytesOf(text);
      const paths: string[][] = [];
      const walk = (value: unknown, path: string[]) => {
        paths.push(path, [...path, 'absent'], [...path, '99']);
        if (typeof value !== 'object' || value === null) return;
        for (const [name, member] of Object.entries(value)) walk(member, [...path, name]);
      };
      walk(JSON.parse(text), []);
      const order = paths
        .map((path) => ({ path, at: dice.next().value as number }))
        .sort((one, other) => one.at - other.at);
      const locator = new Locator(bytes);
      for (const { path } of [...paths.map((each) => ({ path: each })), ...order]) {
        expect(locator.locate(path)).toBe(locate(bytes, path));
      }
    }),
  );
});
