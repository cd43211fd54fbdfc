import { expect, test } from 'vitest';
import type { Location, Result } from '../model/model.ts';
import { shorterVersions } from './shorten.ts';

const at = (id: number, ...targets: number[]): Location => ({
  id,
  ...(targets.length === 0 ? {} : { relationships: targets.map((target) => ({ target })) }),
});

test('relationships to locations that were left out go with them, the others stay', () => {
  const result: Result = {
    message: { text: 'x' },
    locations: [at(1, 2, 3), at(2, 3)],
    codeFlows: [{ threadFlows: [{ locations: [{ location: at(3, 1) }] }] }],
    relatedLocations: [at(4, 3, 5), at(5)],
  };
  const versions: unknown[] = [];
  for (const { result: shorter, leftOut } of shorterVersions(result)) {
    const { locations, relatedLocations } = shorter;
    versions.push(structuredClone({ locations, relatedLocations, leftOut }));
  }
  const locations = [at(1, 2), at(2)];
  expect(versions).toEqual([
    { locations, relatedLocations: [at(4, 5), at(5)], leftOut: ['codeFlows'] },
    { locations, relatedLocations: undefined, leftOut: ['codeFlows', 'relatedLocations'] },
    { locations, relatedLocations: undefined, leftOut: ['codeFlows', 'relatedLocations', 'snippets'] },
  ]);
  expect(result.locations?.[0]).toEqual(at(1, 2, 3));
});

test('traversals go with the graphs of the result, those of graphs of the run do not', () => {
  const inRun = { runGraphIndex: 0 };
  const shortened = (graphTraversals: NonNullable<Result['graphTraversals']>) => {
    const result: Result = { message: { text: 'x' }, graphs: [{ nodes: [{ id: 'a' }] }], graphTraversals };
    const [first] = shorterVersions(result);
    expect(result.graphTraversals).toBe(graphTraversals);
    return first?.result.graphTraversals;
  };
  expect(shortened([{ resultGraphIndex: 0 }, inRun])).toEqual([inRun]);
  expect(shortened([{ resultGraphIndex: 0 }])).toBeUndefined();
});

test('regions that differ in their snippets alone stand there once', () => {
  const annotations = ['a', 'b'].map((text) => ({ startLine: 1, snippet: { text } }));
  const versions = [...shorterVersions({ message: { text: 'x' }, locations: [{ id: 1, annotations }] })];
  expect(versions.at(-1)?.result.locations).toEqual([{ id: 1, annotations: [{ startLine: 1 }] }]);
});

test('links to locations that were left out become their texts', () => {
  const message = {
    text: 'From [here](1) to [there](2), see [it](https://shop.example/).',
    markdown: '`[a](2)` [b](2)',
  };
  const [first] = shorterVersions({ message, locations: [at(1)], relatedLocations: [at(2)] });
  expect(first?.result.message).toEqual({
    text: 'From [here](1) to there, see [it](https://shop.example/).',
    markdown: '`[a](2)` b',
  });
});
