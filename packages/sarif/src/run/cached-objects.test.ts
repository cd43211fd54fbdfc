import { describe, expect, test } from 'vitest';
import type { LogicalLocation, Run, ThreadFlowLocation } from '../model/model.ts';
import { QualifiedNames, withCached } from './cached-objects.ts';

const runWith = (more: Partial<Run>) => ({ tool: { driver: { name: 'Shop Lint' } }, ...more }) as Run;

describe('an object that points to a cached one (section 3.7)', () => {
  const run = runWith({
    logicalLocations: [{ name: 'pay', kind: 'function', properties: { a: 1 } }],
    threadFlowLocations: [
      {
        kinds: ['call'],
        importance: 'essential',
        nestingLevel: 3,
        location: { message: { text: 'Cached.' }, physicalLocation: { artifactLocation: { uri: 'src/cart.js' } } },
      },
    ],
    webRequests: [{ method: 'GET', target: '/cart' }],
  });

  test('takes over what it leaves out, and has the last word', () => {
    expect(withCached('logicalLocation', { index: 0, name: 'total' }, run)).toEqual({
      index: 0,
      name: 'total',
      kind: 'function',
    });
    expect(withCached('webRequest', { index: 0, method: 'PUT' }, run)).toMatchObject({
      method: 'PUT',
      target: '/cart',
    });
  });

  test('keeps to itself what belongs to each use of a thread flow location', () => {
    const use: ThreadFlowLocation = { index: 0, executionOrder: 2, location: { message: { text: 'Here.' } } };
    expect(withCached('threadFlowLocation', use, run)).toEqual({
      index: 0,
      executionOrder: 2,
      kinds: ['call'],
      location: { message: { text: 'Here.' }, physicalLocation: { artifactLocation: { uri: 'src/cart.js' } } },
    });
  });

  test.each([[{ name: 'x' }], [{ name: 'x', index: -1 }], [{ name: 'x', index: 9 }]])(
    '%j stands for itself',
    (use: LogicalLocation) => expect(withCached('logicalLocation', use, run)).toBe(use),
  );
});

describe('the fully qualified name (section 3.33.5)', () => {
  const nameOf = (use: LogicalLocation, logicalLocations: LogicalLocation[]) =>
    new QualifiedNames(runWith({ logicalLocations })).of(use);
  const shop = [
    { name: 'shop' },
    { name: 'Cart', parentIndex: 0 },
    { name: 'total', parentIndex: 1, fullyQualifiedName: 'shop::Cart->total' },
  ];

  test.each<[LogicalLocation, LogicalLocation[], string | undefined]>([
    [{ fullyQualifiedName: 'a.B', name: 'C' }, [], 'a.B'],
    [{ name: 'C' }, [], 'C'],
    [{}, shop, undefined],
    [{ index: 1 }, shop, 'shop.Cart'],
    [{ index: 2 }, shop, 'shop::Cart->total'],
    [{ name: 'x', parentIndex: 2 }, shop, 'shop::Cart->total.x'],
    [{ name: 'x', parentIndex: 9 }, shop, 'x'],
    // As the other children of the same parent do.
    [
      { name: 'pay', parentIndex: 0 },
      [{ name: 'a' }, { name: 'b', parentIndex: 0, fullyQualifiedName: 'a::b' }],
      'a::pay',
    ],
    // As any others do.
    [
      { name: 'pay', parentIndex: 2 },
      [{ name: 'a' }, { name: 'b', parentIndex: 0, fullyQualifiedName: 'a/b' }, { name: 'c' }],
      'c/pay',
    ],
    // Parents that lie in each other.
    [
      { index: 0 },
      [
        { name: 'a', parentIndex: 1 },
        { name: 'b', parentIndex: 0 },
      ],
      'a.b.a',
    ],
  ])('of %j below %j is %j', (use, locations, name) => expect(nameOf(use, locations)).toBe(name));

  test('is found below parents by the thousand', () => {
    const deep = Array.from({ length: 50_000 }, (_, at) => ({ name: 'n', parentIndex: at - 1 }));
    const names = new QualifiedNames(runWith({ logicalLocations: deep }));
    for (let index = 0; index < deep.length; index += 1000) expect(names.of({ index })).toMatch(/^n(\.n)*$/);
    // Whatever was asked before: names that grew with each that is known would fill the memory.
    for (let index = 0; index < 300; index += 1) names.of({ index });
    expect(names.of({ index: 300 })?.split('.')).toHaveLength(101);
  });
});
