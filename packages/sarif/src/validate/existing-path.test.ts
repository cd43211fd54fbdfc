import { expect, test } from 'vitest';
import type { PathSegment } from '../json/pointer.ts';
import { existingPath } from './existing-path.ts';

const value = { a: [{ b: null }, 'text'], c: undefined };

test.each<[PathSegment[], number]>([
  [[], 0],
  [['a'], 1],
  [['a', 0, 'b'], 3],
  [['a', 0, 'b', 'x'], 3],
  [['a', 2], 1],
  [['a', 1, 'length'], 2],
  [['c'], 0],
  [['toString'], 0],
])('of %j the first %i steps lead somewhere', (path, length) => {
  expect(existingPath(value, path)).toEqual(path.slice(0, length));
});
