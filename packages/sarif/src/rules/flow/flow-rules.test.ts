import { describe, expect, test } from 'vitest';
import type { Fix, Graph, GraphTraversal, Replacement, Result, Run, ThreadFlowLocation } from '../../model/model.ts';
import { diagnosticsOf, normalizedLog } from '../test-support/judge-log.ts';

function logOf(result: Partial<Result>, run: Partial<Run> = {}): object {
  const results = [{ ruleId: 'R1', level: 'error', message: { text: 'Text.' }, ...result }];
  return { version: '2.1.0', runs: [{ tool: { driver: { name: 'T', rules: [{ id: 'R1' }] } }, ...run, results }] };
}

/** Rule ids and pointers from the run. */
async function found(result: Partial<Result>, run?: Partial<Run>): Promise<string[]> {
  const diagnostics = await diagnosticsOf(logOf(result, run), {}, 'SF-V6');
  return diagnostics.map(
    ({ ruleId, pointer }) => `${ruleId.slice(3)} ${pointer.replace(/^\/runs\/0\//, '').replace('results/0/', '')}`,
  );
}

async function normalRun(result: Partial<Result>, run?: Partial<Run>): Promise<Run> {
  return (await normalizedLog(logOf(result, run), {})).runs?.[0] as Run;
}

const edge = (id: string, sourceNodeId: string, targetNodeId: string) => ({ id, sourceNodeId, targetNodeId });
const nodes = (...ids: string[]) => ids.map((id) => ({ id }));
const along = (...ids: string[]) => ids.map((edgeId) => ({ edgeId }));

const graph: Graph = {
  nodes: [{ id: 'a', children: nodes('b', 'c') }, { id: 'd' }],
  edges: [edge('ab', 'a', 'b'), edge('bc', 'b', 'c'), edge('cd', 'c', 'd')],
};

describe('the graph of a traversal', () => {
  test.each<[GraphTraversal, string[]]>([
    [{ resultGraphIndex: 0 }, []],
    [{ runGraphIndex: 1 }, []],
    [{ resultGraphIndex: 1 }, ['V601 graphTraversals/0']],
    [{ runGraphIndex: 2 }, ['V601 graphTraversals/0']],
    [{ runGraphIndex: -1 }, ['V601 graphTraversals/0']],
    [{ resultGraphIndex: 0, runGraphIndex: 0 }, ['V601 graphTraversals/0']],
  ])('%j', async (traversal, expected) => {
    const run = { graphs: [graph, { nodes: nodes('x') }] };
    expect(await found({ graphs: [graph], graphTraversals: [traversal] }, run)).toEqual(expected);
  });

  test('what leads nowhere goes, however much there is', async () => {
    const lost = Array.from({ length: 2000 }, () => ({ resultGraphIndex: 9 }));
    const run = await normalRun({
      graphs: [graph],
      graphTraversals: [...lost, { resultGraphIndex: 0 }, { runGraphIndex: 0 }],
    });
    expect(run.results?.[0]?.graphTraversals).toEqual([{ resultGraphIndex: 0 }]);
  });
});

describe('a graph', () => {
  test.each<[string, Graph, string[]]>([
    ['whole', graph, []],
    ['empty', {}, []],
    ['a nested node twice', { nodes: [{ id: 'a', children: nodes('b') }, { id: 'b' }] }, ['nodes/1/id']],
    ['a node inside its namesake', { nodes: [{ id: 'a', children: nodes('a') }] }, ['nodes/0/children/0/id']],
    ['an edge twice', { nodes: nodes('a'), edges: [edge('e', 'a', 'a'), edge('e', 'a', 'a')] }, ['edges/1/id']],
    ['an edge from nowhere', { nodes: nodes('a'), edges: [edge('e', 'x', 'a')] }, ['edges/0']],
    ['an edge to nowhere', { nodes: nodes('a'), edges: [edge('e', 'a', 'x')] }, ['edges/0']],
  ])('%s', async (_, value, expected) => {
    expect((await found({ graphs: [value] })).filter((id) => id.startsWith('V602'))).toEqual(
      expected.map((pointer) => `V602 graphs/0/${pointer}`),
    );
    const inRun = (await found({}, { graphs: [value] })).filter((id) => id.startsWith('V602'));
    expect(inRun).toEqual(expected.map((pointer) => `V602 graphs/0/${pointer}`));
  });

  test('is repaired in a result and in the run alike', async () => {
    const broken: Graph = {
      nodes: [
        { id: 'a', children: [{ id: 'b' }, { id: 'a', children: [{ id: 'a', children: nodes('c') }, { id: 'd' }] }] },
        { id: 'b', children: nodes('e') },
      ],
      edges: [edge('ae', 'a', 'e'), edge('ae', 'e', 'a'), edge('ax', 'a', 'x'), edge('cd', 'c', 'd')],
    };
    const sound: Graph = {
      nodes: [{ id: 'a', children: nodes('b', 'c', 'd') }, { id: 'e' }],
      edges: [edge('ae', 'a', 'e'), edge('cd', 'c', 'd')],
    };
    const run = await normalRun({ graphs: [broken] }, { graphs: [broken] });
    expect(run.graphs).toEqual([sound]);
    expect(run.results?.[0]?.graphs).toEqual([sound]);
  });
});

describe('a traversal', () => {
  test.each<[string[], string[]]>([
    [[], []],
    [['ab', 'bc', 'cd'], []],
    [['bc'], []],
    [['ab', 'cd'], ['V602 graphTraversals/0/edgeTraversals/1/edgeId']],
    [['ab', 'xy'], ['V602 graphTraversals/0/edgeTraversals/1/edgeId']],
  ])('along %j', async (ids, expected) => {
    const edgeTraversals = along(...ids);
    expect(await found({ graphs: [graph], graphTraversals: [{ resultGraphIndex: 0, edgeTraversals }] })).toEqual(
      expected,
    );
    const shared = { graphTraversals: [{ runGraphIndex: 0, edgeTraversals }] };
    expect(await found(shared, { graphs: [graph] })).toEqual(expected);
  });

  test('goes when its graph loses an edge, in the result and in the run', async () => {
    const loose: Graph = { nodes: nodes('a', 'b'), edges: [edge('ab', 'a', 'b'), edge('bx', 'b', 'x')] };
    const traversals = (index: object): GraphTraversal[] => [
      { ...index, edgeTraversals: along('ab') },
      ...Array.from({ length: 1500 }, () => ({ ...index, edgeTraversals: along('ab', 'bx') })),
    ];
    const graphTraversals = [...traversals({ resultGraphIndex: 0 }), ...traversals({ runGraphIndex: 0 })];
    const run = await normalRun({ graphs: [loose], graphTraversals }, { graphs: [loose] });
    expect(run.graphs?.[0]?.edges).toHaveLength(1);
    expect(run.results?.[0]?.graphTraversals).toEqual([
      { resultGraphIndex: 0, edgeTraversals: along('ab') },
      { runGraphIndex: 0, edgeTraversals: along('ab') },
    ]);
  });
});

describe('a fix', () => {
  const change = (uri: string, ...replacements: Replacement[]) => ({ artifactLocation: { uri }, replacements });
  const replace = (deletedRegion: object, text = 'x'): Replacement => ({ deletedRegion, insertedContent: { text } });
  const fixOf = (...artifactChanges: Fix['artifactChanges']) => ({ fixes: [{ artifactChanges }] });
  const region = 'V603 fixes/0/artifactChanges/0/replacements/1/deletedRegion';

  test.each<[string, Replacement[], string[]]>([
    ['apart', [replace({ startLine: 1 }), replace({ startLine: 2 })], []],
    [
      'touching',
      [replace({ startLine: 1, startColumn: 1, endColumn: 4 }), replace({ startLine: 1, startColumn: 4 })],
      [],
    ],
    [
      'overlapping',
      [replace({ startLine: 1, startColumn: 1, endColumn: 5 }), replace({ startLine: 1, startColumn: 4 })],
      [region],
    ],
    ['one inside another', [replace({ startLine: 1, endLine: 9 }), replace({ startLine: 3 })], [region]],
    ['the same twice', [replace({ startLine: 1 }), replace({ startLine: 1 }, 'y')], [region]],
    [
      'an insertion inside',
      [replace({ startLine: 1 }), replace({ startLine: 1, startColumn: 3, endColumn: 3 })],
      [region],
    ],
    ['an insertion before', [replace({ startLine: 1 }), replace({ startLine: 1, startColumn: 1, endColumn: 1 })], []],
    ['two insertions', [replace({ charOffset: 3, charLength: 0 }), replace({ charOffset: 3 }, 'y')], []],
    [
      'overlapping characters',
      [replace({ charOffset: 3, charLength: 2 }), replace({ charOffset: 4, charLength: 2 })],
      [region],
    ],
    ['other groups', [replace({ startLine: 1 }), replace({ charOffset: 0, charLength: 2 })], []],
    [
      'nothing for nothing',
      [replace({ startLine: 1 }), { deletedRegion: { startLine: 2, startColumn: 3, endColumn: 3 } }],
      [region],
    ],
    ['an empty text for nothing', [replace({ startLine: 1 }), replace({ charOffset: 90 }, '')], [region]],
    [
      'apart by their lengths',
      [
        replace({ startLine: 1, charOffset: 0, charLength: 2 }),
        replace({ startLine: 1, startColumn: 4, charOffset: 3, charLength: 2 }),
      ],
      [],
    ],
    ['a deletion', [replace({ startLine: 1 }), { deletedRegion: { startLine: 2 } }], []],
  ])('%s', async (_, replacements, expected) => {
    expect(await found(fixOf(change('a.js', ...replacements)))).toEqual(expected);
  });

  test('a long region overlaps with all that it reaches', async () => {
    const long = replace({ startLine: 1, endLine: 9 });
    const replacements = [replace({ startLine: 7 }), long, replace({ startLine: 3 }), replace({ startLine: 10 })];
    expect(await found(fixOf(change('a.js', ...replacements)))).toEqual([
      'V603 fixes/0/artifactChanges/0/replacements/2/deletedRegion',
      'V603 fixes/0/artifactChanges/0/replacements/0/deletedRegion',
    ]);
  });

  test('regions are compared within one artifact, whatever the change', async () => {
    const same = replace({ startLine: 1 });
    expect(await found(fixOf(change('a.js', same), change('b.js', same)))).toEqual([]);
    expect(await found(fixOf(change('a.js', same), change('./a.js', same)))).toEqual([
      'V603 fixes/0/artifactChanges/1',
      'V603 fixes/0/artifactChanges/1/replacements/0/deletedRegion',
    ]);
  });

  test.each<[Replacement, boolean]>([
    [{ deletedRegion: { byteOffset: 1, byteLength: 2 }, insertedContent: { text: 'x' } }, true],
    [{ deletedRegion: { byteOffset: 1, byteLength: 2 }, insertedContent: { binary: 'eA==' } }, false],
    [{ deletedRegion: { byteOffset: 1, byteLength: 2 } }, false],
    [{ deletedRegion: { byteOffset: 1, byteLength: 2, startLine: 1 }, insertedContent: { text: 'x' } }, false],
    [
      { deletedRegion: { byteOffset: 1, byteLength: 2, charOffset: 1, charLength: 2 }, insertedContent: { text: 'x' } },
      false,
    ],
  ])('%j lacks bytes: %s', async (replacement, expected) => {
    const pointer = 'V604 fixes/0/artifactChanges/0/replacements/0/insertedContent';
    expect(await found(fixOf(change('a.bin', replacement)))).toEqual(expected ? [pointer] : []);
  });

  test('a fix without its bytes goes, the others stay', async () => {
    const lost: Fix = { artifactChanges: [change('a.bin', replace({ byteOffset: 1, byteLength: 2 }))] };
    const kept: Fix = { artifactChanges: [change('a.js', replace({ startLine: 1 }))] };
    const fixes = [...Array.from({ length: 1500 }, (_, at) => ({ ...lost, description: { text: `${at}` } })), kept];
    expect((await normalRun({ fixes })).results?.[0]?.fixes).toEqual([kept]);
  });
});

describe('a thread flow', () => {
  const located: ThreadFlowLocation = { location: { message: { text: 'Here.' } } };

  test.each<[string, ThreadFlowLocation[], string[]]>([
    ['without any location', [{ kinds: ['call'] }, {}], ['V605 codeFlows/0/threadFlows/0/locations']],
    ['with one', [{}, located], []],
    ['with one in the cache of the run', [{}, { index: 0 }], []],
    ['with an empty one in the cache', [{ index: 1 }], ['V605 codeFlows/0/threadFlows/0/locations']],
  ])('%s', async (_, locations, expected) => {
    const run = { threadFlowLocations: [located, { kinds: ['call'] }] };
    expect(await found({ codeFlows: [{ threadFlows: [{ locations }] }] }, run)).toEqual(expected);
  });
});
