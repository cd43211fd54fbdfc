import { expect, test } from 'vitest';
import type { Artifact, Location, RunHeader } from '../model/model.ts';
import { createRunContext } from '../run/run-context.ts';
import { identityPath } from './identity-path.ts';

const artifacts: Artifact[] = [
  { location: { uri: 'file:///ci/7/lib/all.zip' } },
  { location: { uri: 'in/a.js' }, parentIndex: 0 },
  { location: { uri: 'src/cart.js' } },
];
const run: RunHeader = {
  tool: { driver: { name: 'T' } },
  artifacts,
  logicalLocations: [{ fullyQualifiedName: 'shop.Cart' }],
  originalUriBaseIds: { SRCROOT: { uri: 'file:///ci/7/shop/' } },
};
const context = createRunContext({ runIndex: 0, results: 'array' }, run);
const file = (artifactLocation: object): Location => ({ physicalLocation: { artifactLocation } });

test.each<[locations: Location[] | undefined, path: string]>([
  [[file({ uri: 'src/cart.js' })], 'src/cart.js'],
  [[file({ uri: './src//my%20cart.js' })], 'src/my cart.js'],
  [[file({ uri: 'file:///ci/7/shop/src/cart.js' })], 'src/cart.js'],
  [[file({ uri: 'file:///elsewhere/8/cart.js' })], 'cart.js'],
  [[file({ index: 2 })], 'src/cart.js'],
  [[file({ index: 1 })], 'all.zip\u001ein/a.js'],
  [[{ logicalLocations: [{ name: 'b' }] }, file({ uri: 'src/cart.js' })], 'src/cart.js'],
  [
    [
      { logicalLocations: [{ name: 'b' }, { fullyQualifiedName: 'a.b' }] },
      { logicalLocations: [{ index: 0 }, { name: 'b' }] },
    ],
    'a.b\u001eb\u001eshop.Cart',
  ],
  [[{}], ''],
  [undefined, ''],
])('%j is %j', (locations, path) => {
  expect(identityPath({ message: {}, ...(locations && { locations }) }, context)).toBe(path);
});
