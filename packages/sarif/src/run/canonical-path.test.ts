import { describe, expect, test } from 'vitest';
import type { ArtifactLocation, Run } from '../model/model.ts';
import { canonicalPath } from './canonical-path.ts';
import { RepositoryPaths } from './repository-path.ts';
import { decodedPath, normalUri } from './uri-normal-form.ts';

const pathOf = (location: ArtifactLocation, more: Partial<Run> = {}) => {
  const run = { tool: { driver: { name: 'Shop Lint' } }, ...more } as Run;
  return canonicalPath(location, { run, paths: new RepositoryPaths(run) });
};

describe('the canonical path (section 3.4)', () => {
  test.each<[ArtifactLocation, Partial<Run>, object]>([
    [{ uri: 'src/cart.js' }, {}, { path: 'src/cart.js', scope: 'repository' }],
    [{ uri: './src//my%20cart.js' }, {}, { path: 'src/my cart.js', scope: 'repository' }],
    [{ uri: 'a%2Fb%5cc%00%C3%A9.js' }, {}, { path: 'a%2Fb%5Cc%00é.js', scope: 'repository' }],
    [{ uri: '../cart.js' }, {}, { path: '../cart.js', scope: 'repository', hasParentSegments: true }],
    [{ uri: 'ab:c.js' }, {}, { path: 'ab:c.js', scope: 'remote' }],
    [{ uri: 'a:b.js' }, {}, { path: 'a:b.js', scope: 'repository' }],
    [{ uri: '1:b.js' }, {}, { path: '1:b.js', scope: 'repository' }],
    [{ uri: 'https://shop.example/cart' }, {}, { path: 'https://shop.example/cart', scope: 'remote' }],
    [{ uri: 'C:/x/y.c' }, {}, { path: 'file:///C:/x/y.c', scope: 'absolute' }],
    [{ uri: 'src/a.c', uriBaseId: '%SRCROOT%' }, {}, { path: 'src/a.c', scope: 'repository' }],
    // The root of the file system is no checkout, and what is relative to it is relative to nothing.
    [
      { uri: 'main.tf', uriBaseId: 'ROOTPATH' },
      { originalUriBaseIds: { ROOTPATH: { uri: 'file:///' } } },
      { path: 'main.tf', scope: 'repository' },
    ],
    [
      { uri: 'file:///ci/main.tf' },
      { originalUriBaseIds: { ROOTPATH: { uri: 'file:///' } } },
      { path: 'file:///ci/main.tf', scope: 'absolute' },
    ],
    [{ uri: 'a.c', uriBaseId: 'ELSEWHERE' }, {}, { path: 'a.c', scope: 'unresolved:ELSEWHERE' }],
    [
      { uri: 'a.c', uriBaseId: 'IN' },
      { originalUriBaseIds: { IN: { uri: 'in/', uriBaseId: 'OUT' }, OUT: {} } },
      { path: 'in/a.c', scope: 'unresolved:OUT' },
    ],
    [
      { uri: 'c.c', uriBaseId: 'A' },
      { originalUriBaseIds: { A: { uri: 'x/', uriBaseId: 'B' }, B: { uri: 'y/', uriBaseId: 'A' } } },
      { scope: 'unresolved:A' },
    ],
    [
      { uri: 'file:///ci/shop/src/a.c' },
      {
        originalUriBaseIds: { ROOT: { uri: 'file:///ci/shop/' } },
        versionControlProvenance: [{ repositoryUri: 'https://git.example/shop', mappedTo: { uriBaseId: 'ROOT' } }],
      },
      { path: 'src/a.c', scope: 'repository' },
    ],
    // A root may be spelt in another way than what is below it.
    ...['file:///d:/w/shop%402/src/a%20b.c', 'file:///D%3A/w/shop@2/src/a%20b.c', 'd:\\w\\shop@2\\src\\a b.c'].map(
      (uri): [ArtifactLocation, Partial<Run>, object] => [
        { uri },
        { originalUriBaseIds: { SRCROOT: { uri: 'file:///D:/w/shop@2/' } } },
        { path: 'src/a b.c', scope: 'repository' },
      ],
    ),
    ...['FILE:///w/shop/a.c', 'file:////w/shop/a.c', 'file://localhost/w/shop/a.c', 'file:/w/shop/a.c'].map(
      (uri): [ArtifactLocation, Partial<Run>, object] => [
        { uri },
        { originalUriBaseIds: { SRCROOT: { uri: 'file:///w/shop/' } } },
        { path: 'a.c', scope: 'repository' },
      ],
    ),
    [
      { uri: 'file:///W/shop/a.c' },
      { originalUriBaseIds: { SRCROOT: { uri: 'file:///w/shop/' } } },
      { path: 'file:///W/shop/a.c', scope: 'absolute' },
    ],
    // What a location leaves out is that of its artifact.
    [{ index: 0 }, { artifacts: [{ location: { uri: 'src/a.c' } }] }, { path: 'src/a.c', scope: 'repository' }],
    [
      { uri: 'a.c', index: 0 },
      {
        originalUriBaseIds: { WEB: { uri: 'web/', uriBaseId: 'ROOT' }, ROOT: { uri: 'file:///ci/' } },
        artifacts: [{ location: { uri: 'a.c', uriBaseId: 'WEB' } }],
      },
      { path: 'web/a.c', scope: 'repository' },
    ],
    // Inside an archive inside an archive.
    [
      { uri: '/in/a.c', index: 2 },
      {
        artifacts: [
          { location: { uri: 'lib/outer.zip' } },
          { location: { uri: 'inner.zip' }, parentIndex: 0 },
          { location: { uri: '/in/a.c' }, parentIndex: 1 },
        ],
      },
      { path: 'in/a.c', scope: 'nested', containers: ['lib/outer.zip', 'inner.zip'] },
    ],
  ])('%j', (location, run, expected) => expect(pathOf(location, run)).toMatchObject(expected));

  test('containers that lie in each other come to an end', () => {
    const artifacts = [
      { location: { uri: 'a.zip' }, parentIndex: 1 },
      { location: { uri: 'b.zip' }, parentIndex: 0 },
    ];
    expect(pathOf({ index: 0 }, { artifacts })?.containers).toEqual(['a.zip', 'b.zip']);
  });

  test('of very many containers the innermost ones are named', () => {
    const artifacts = Array.from({ length: 1_000 }, (_, at) => ({
      location: { uri: `${at}.zip` },
      parentIndex: at + 1,
    }));
    const containers = pathOf({ index: 0 }, { artifacts })?.containers ?? [];
    expect([containers.length, containers.at(0), containers.at(-1)]).toEqual([100, '100.zip', '1.zip']);
  });

  test.each([[{}], [{ uri: ' ' }], [{ index: 7 }]])('%j names no file', (location) =>
    expect(pathOf(location)).toBeUndefined(),
  );

  test('a long chain of bases is resolved once, as far as paths can be long', () => {
    const originalUriBaseIds: Record<string, ArtifactLocation> = { B0: { uri: 'file:///ci/' } };
    for (let at = 1; at < 10_000; at += 1) originalUriBaseIds[`B${at}`] = { uri: 'x/', uriBaseId: `B${at - 1}` };
    const run = { tool: { driver: { name: 'Shop Lint' } }, originalUriBaseIds } as Run;
    const paths = new RepositoryPaths(run);
    for (let at = 9_999; at > 0; at -= 1) expect(paths.baseOf(`B${at}`).uri.length).toBeLessThanOrEqual(4096);
    expect(paths.baseOf('B2000').uri).toBe(`file:///ci/${'x/'.repeat(2000)}`);
  });
});

test.each([
  ['HTTP://Shop.Example/A%7eb%2f%c3', 'http://shop.example/A~b%2F%C3'],
  ['src/%63art.js', 'src/cart.js'],
  ['Src/cart.js', 'Src/cart.js'],
])('%s has the normal form %s', (uri, normal) => expect(normalUri(uri)).toBe(normal));

test('what is no UTF-8 stays encoded', () => expect(decodedPath('a%FFb%20')).toBe('a%FFb%20'.replace('%20', ' ')));

test('what is below a base is not taken for what is not, whatever the base is called', () => {
  const run = { tool: { driver: { name: 'Shop Lint' } } };
  const locations: readonly ArtifactLocation[] = [
    { uri: '../b', uriBaseId: '' },
    { uri: '../b' },
    { uri: 'c', uriBaseId: 'a' },
    { uri: 'ac', uriBaseId: '' },
    { uri: '1 ac' },
    { uri: 'b\nc', uriBaseId: 'a' },
    { uri: 'c', uriBaseId: 'a\nb' },
  ];
  const shared = new RepositoryPaths(run);
  for (const location of locations) expect(shared.of(location)).toEqual(new RepositoryPaths(run).of(location));
});
