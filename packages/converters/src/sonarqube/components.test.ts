import { expect, test } from 'vitest';
import { Components, placeOfObject } from './components.ts';

const table = new Components();
for (const component of [
  { key: 'acme:shop', qualifier: 'TRK', name: 'Shop' },
  { key: 'acme:shop:web', qualifier: 'BRC', name: 'Web module' },
  { key: 'acme:shop:web:src/a.ts', qualifier: 'FIL', path: 'src/a.ts' },
  { key: 'acme:shop:src/b.ts', qualifier: 'UTS', path: 'src/b.ts' },
  { key: 'acme:shop:moved', qualifier: 'FIL', path: 'lib/c:d.ts' },
  { key: 'acme:shop:src', qualifier: 'DIR', path: 'src' },
  { key: 'acme:shop:gone', qualifier: 'FIL' },
  null,
  { key: 7 },
])
  table.add(component);

test.each([
  ['acme:shop:web:src/a.ts', ['acme:shop'], { kind: 'file', path: 'src/a.ts' }],
  ['acme:shop:web:src/other.ts', ['acme:shop'], { kind: 'file', path: 'src/other.ts' }],
  ['acme:shop:src/b.ts', ['acme:shop'], { kind: 'file', path: 'src/b.ts' }],
  ['acme:shop:src/not listed.ts', [], { kind: 'file', path: 'src/not listed.ts' }],
  ['acme:shop:x:y.ts', ['acme:shop'], { kind: 'file', path: 'x:y.ts' }],
  ['acme:shop:moved', ['acme:shop'], { kind: 'file', path: 'lib/c:d.ts' }],
  ['acme:shop:gone', ['acme:shop'], { kind: 'file', path: 'gone' }],
  ['acme:shop:src', ['acme:shop'], { kind: 'directory', path: 'src' }],
  ['acme:shop', ['acme:shop'], { kind: 'module', name: 'Shop', key: 'acme:shop' }],
  ['acme:shop:web', [undefined, 'acme:shop'], { kind: 'module', name: 'Web module', key: 'acme:shop:web' }],
  ['other:project:src/z.ts', [], { kind: 'file', path: 'src/z.ts' }],
  ['nowhere', ['acme:shop'], { kind: 'module', name: 'nowhere', key: 'nowhere' }],
  ['bare/file.py', [], { kind: 'file', path: 'bare/file.py' }],
] as const)('%s', (key, owners, place) => expect(table.placeOf(key, owners)).toEqual(place));

test('the projects are known', () => expect([...table.projects]).toEqual(['acme:shop']));

test('a component in the finding itself says its path', () => {
  expect(placeOfObject({ key: 'p:a', qualifier: 'FIL', path: 'a' })).toEqual({ kind: 'file', path: 'a' });
  expect(placeOfObject({ key: 'p', qualifier: 'TRK', name: 'P' })).toEqual({ kind: 'module', name: 'P', key: 'p' });
  expect(placeOfObject('p:a')).toBeUndefined();
});

test('memory grows with what is not as usual, not with the files', () => {
  const many = new Components();
  for (let n = 0; n < 1000; n += 1) many.add({ key: `p:f${n}`, qualifier: 'FIL', path: `f${n}` });
  expect(many.placeOf('p:f7', [])).toEqual({ kind: 'file', path: 'f7' });
  expect(many.size).toBe(1);
});
