import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const known = ['startLine', 'startColumn', 'endLine', 'endColumn', 'snippet'];

test.each([
  ['startline', 'startLine'],
  ['StartLine', 'startLine'],
  ['endLin', 'endLine'],
  ['snipet', 'snippet'],
  ['severity', undefined],
  ['x', undefined],
  ['', undefined],
  ['startLine'.repeat(100), undefined],
])('%j means %j', (name, nearest) => expect(nearestName(name, known)).toBe(nearest));
