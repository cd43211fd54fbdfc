import { expect, test } from 'vitest';
import type { ToolComponentReference } from '../model/model.ts';
import { type FoundComponent, ToolComponents } from './tool-components.ts';

const A = '7a3f1f9e-8d1c-4a6e-9a53-0006961f3e50';
const B = '0d5c2e71-4b8e-4c1f-b0a4-6f2b8d9e1c07';
const C = '3c9d7b52-1f0a-4e6d-8a2b-5d4e9f8c7b61';

const components = new ToolComponents({
  driver: { name: 'T', guid: A },
  extensions: [{ name: 'E', guid: B }, { name: 'twice', version: '1' }, { name: 'twice' }, { name: 'T' }],
});

test.each<[ToolComponentReference | undefined, FoundComponent['place'], FoundComponent['wrong']]>([
  [undefined, 'driver', undefined],
  [{}, 'driver', undefined],
  [{ index: -1 }, 'driver', undefined],
  [{ index: 0 }, 0, undefined],
  [{ index: 3, name: 'T' }, 3, undefined],
  [{ index: 4 }, undefined, 'index'],
  [{ index: 4, name: 'E' }, 0, 'index'],
  [{ index: 4, name: 'twice' }, undefined, 'index'],
  [{ index: 4, guid: B }, 0, 'index'],
  [{ index: 1, name: 'E' }, 1, 'name'],
  [{ index: 0, guid: B.toUpperCase() }, 0, undefined],
  [{ index: 0, guid: A }, 0, 'guid'],
  [{ guid: A }, 'driver', undefined],
  [{ guid: B, name: 'T' }, 0, 'name'],
  [{ guid: C }, undefined, 'guid'],
  [{ guid: C, name: 'E' }, 0, 'guid'],
  // A name alone is that of the driver, of the only extension that has it, or of nobody.
  [{ name: 'T' }, 'driver', undefined],
  [{ name: 'E' }, 0, undefined],
  [{ name: 'twice' }, 'driver', 'name'],
  [{ name: 'nobody' }, 'driver', 'name'],
])('%j is %s, wrong: %s (section 3.54)', (reference, place, wrong) => {
  const found = components.find(reference);
  expect({ place: found.place, wrong: found.wrong }).toEqual({ place, wrong });
  expect(found.isByNameAlone).toBe(reference?.name === 'E' && Object.keys(reference).length === 1 ? true : undefined);
});

test('a tool of which nothing is known has a driver without a name', () => {
  expect(new ToolComponents(undefined).entries()).toEqual([['driver', { name: '' }]]);
});

test('a name that equal extensions have is that of the first', () => {
  const same = { name: 'same', rules: [{ id: 'R1' }] };
  const found = new ToolComponents({ driver: { name: 'T' }, extensions: [same, structuredClone(same)] });
  expect(found.find({ name: 'same' })).toMatchObject({ place: 0 });
});
