import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ArtifactLocation } from '../model/model.ts';
import { RepositoryPaths } from './repository-path.ts';
import { relativeUriOf, resultFile } from './result-file.ts';

const run = { tool: { driver: { name: 'Shop Lint' } }, originalUriBaseIds: { ROOT: { uri: 'file:///ci/shop/' } } };

test.each([
  ['/ci/shop/src/cart.js', 'src/cart.js'],
  ['/home/ci/./cart.js', 'home/ci/cart.js'],
  ['C:\\shop\\cart.js', 'C/shop/cart.js'],
  ['file:///./C:/cart.js', 'C/cart.js'],
  ['/./C:', 'C%3A'],
  ['https://shop.example/cart.js?at=1:2', 'shop.example/cart.js?at=1:2'],
  ['/', 'no-file'],
])('%s relative to the repository is %s', (uri, relative) => {
  expect(relativeUriOf({ uri }, new RepositoryPaths(run))).toBe(relative);
});

test.each([
  [{ analysisTarget: { uri: 'src/cart.js' } }, 'src/cart.js'],
  [{ relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'unknown' } } }] }, 'no-file'],
  [{ relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'shop/cart:latest' } } }] }, 'no-file'],
  [{ locations: [{ logicalLocations: [{ name: 'None' }] }] }, 'no-file'],
  [{ locations: [{ logicalLocations: [{ name: 'none()' }] }] }, 'none()'],
])('the file of %j is %s', (members, uri) => {
  expect(resultFile({ message: { text: 'x' }, ...members }, new RepositoryPaths(run)).uri).toBe(uri);
});

test('a path that is relative stays as it is', () => {
  const pieces = fc.constantFrom(
    ...'abC:/\\?#[]%2F @"\'<é😀\ud800\u0000.-',
    'file://',
    '/ci/shop/',
    './',
    '../',
    '\\\\',
    '%41',
    '1:',
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 12 }),
      fc.constantFrom(undefined, 'ROOT', 'ELSEWHERE', ''),
      (parts, uriBaseId) => {
        const paths = new RepositoryPaths(run);
        const location: ArtifactLocation = { uri: parts.join(''), ...(uriBaseId !== undefined && { uriBaseId }) };
        const uri = relativeUriOf(location, paths);
        expect(paths.of({ uri })).toEqual({ path: uri, scope: 'repository' });
        expect(relativeUriOf({ uri }, paths)).toBe(uri);
        const path = paths.of(location);
        if (path !== undefined && path.path !== '') expect(paths.of({ uri: path.path })?.path).toBe(path.path);
      },
    ),
    { numRuns: 2000 },
  );
});
