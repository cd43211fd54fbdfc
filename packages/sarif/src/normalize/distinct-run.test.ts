import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SarifEvent } from '../events/event.ts';
import type { Log, Result, Run } from '../model/model.ts';
import type { Profile } from '../rules/rule.ts';
import { diagnosticsOf } from '../split/test-support/diagnostics-of.ts';
import { bytesOf, parsed, readLog } from '../split/test-support/events-of.ts';
import { normalize } from './normalize.ts';

const message = { text: 'The total is wrong.' };
const level = 'error' as const;
const driver = { name: 'Shop Lint' };
const rules = [{ id: 'shop/eval' }, { id: 'shop/eval' }, { id: 'shop/total' }];
const artifacts = [
  { location: { uri: 'src/cart.js' } },
  { location: { uri: 'src/cart.js' } },
  { location: { uri: 'src/total.js' } },
];

function logOf(...runs: Partial<Run>[]): Log {
  return { version: '2.1.0', runs: runs.map((run) => ({ tool: { driver }, results: [], ...run })) };
}

async function normalized(log: Log, profile?: Profile): Promise<{ runs: Run[]; said: Diagnostic[] }> {
  const said: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => said.push(diagnostic);
  const once = await bytesOf(normalize(readLog(log), { profile, report }));
  const twice = await bytesOf(normalize(readLog(parsed(once)), { profile }));
  expect(new TextDecoder().decode(twice)).toBe(new TextDecoder().decode(once));
  return { runs: parsed(once).runs ?? [], said };
}

async function normalizedRun(run: Partial<Run>): Promise<Run> {
  const { runs } = await normalized(logOf(run));
  return runs[0] as Run;
}

async function normalizedResult(run: Partial<Run>, result: Partial<Result>): Promise<Result> {
  const { results } = await normalizedRun({ ...run, results: [{ ruleId: 'shop/total', level, message, ...result }] });
  return results?.[0] as Result;
}

const at = (artifactLocation: object) => ({ physicalLocation: { artifactLocation } });

describe('what leads to an element', () => {
  test('to an artifact, from all over a result', async () => {
    const total = { index: 2 };
    const result = await normalizedResult(
      { artifacts },
      {
        analysisTarget: total,
        locations: [at(total)],
        relatedLocations: [at({ index: 1 })],
        attachments: [{ artifactLocation: total }],
        fixes: [
          {
            artifactChanges: [{ artifactLocation: { index: 1 }, replacements: [{ deletedRegion: { startLine: 1 } }] }],
          },
        ],
        codeFlows: [{ threadFlows: [{ locations: [{ location: at(total) }] }] }],
        stacks: [{ frames: [{ location: at(total) }] }],
        suppressions: [{ kind: 'external', location: at(total) }],
        provenance: { conversionSources: [{ artifactLocation: total }] },
      },
    );
    const now = { index: 1 };
    expect(result).toMatchObject({
      analysisTarget: now,
      locations: [at(now)],
      relatedLocations: [at({ index: 0 })],
      attachments: [{ artifactLocation: now }],
      fixes: [{ artifactChanges: [{ artifactLocation: { index: 0 } }] }],
      codeFlows: [{ threadFlows: [{ locations: [{ location: at(now) }] }] }],
      stacks: [{ frames: [{ location: at(now) }] }],
      suppressions: [{ location: at(now) }],
      provenance: { conversionSources: [{ artifactLocation: now }] },
    });
  });

  test('to an artifact, from all over a run', async () => {
    const total = { uri: 'src/total.js', index: 2 };
    const run = await normalizedRun({
      artifacts: [
        ...artifacts,
        { location: { uri: 'inner.js' }, parentIndex: 2 },
        { location: { uri: 'file:///shop/' } },
      ],
      originalUriBaseIds: { SRCROOT: { uri: 'file:///shop/', index: 4 } },
      versionControlProvenance: [
        { repositoryUri: 'https://example.com/shop', mappedTo: { uriBaseId: 'SRCROOT', index: 2 } },
      ],
      invocations: [
        {
          executionSuccessful: true,
          executableLocation: total,
          responseFiles: [total, { uri: 'src/cart.js', index: 1 }, { uri: 'src/cart.js', index: 0 }],
          toolExecutionNotifications: [{ message, locations: [at(total)] }],
        },
      ],
      conversion: { tool: { driver: { name: 'to-sarif' } }, analysisToolLogFiles: [total] },
      tool: { driver: { ...driver, locations: [total] } },
    });
    const now = { uri: 'src/total.js', index: 1 };
    expect(run.artifacts).toHaveLength(4);
    expect(run.artifacts?.[2]).toEqual({ location: { uri: 'inner.js' }, parentIndex: 1 });
    expect(run.originalUriBaseIds?.['SRCROOT']?.index).toBe(3);
    expect(run.versionControlProvenance?.[0]?.mappedTo?.index).toBe(1);
    expect(run.invocations?.[0]).toMatchObject({
      executableLocation: now,
      toolExecutionNotifications: [{ locations: [at(now)] }],
    });
    // Two that led to equal files are equal.
    expect(run.invocations?.[0]?.responseFiles).toEqual([now, { uri: 'src/cart.js', index: 0 }]);
    expect(run.conversion?.analysisToolLogFiles).toEqual([now]);
    expect(run.tool.driver.locations).toEqual([now]);
  });

  test('to a rule of the driver', async () => {
    const tool = { driver: { ...driver, rules } };
    const reference = { id: 'shop/total', index: 2 };
    expect(await normalizedResult({ tool }, { ruleIndex: 2, rule: reference })).toMatchObject({
      ruleIndex: 1,
      rule: { index: 1 },
    });
    expect(await normalizedResult({ tool }, { ruleId: 'shop/eval', ruleIndex: 1 })).toMatchObject({ ruleIndex: 0 });
    const run = await normalizedRun({
      tool,
      invocations: [
        {
          executionSuccessful: true,
          ruleConfigurationOverrides: [{ descriptor: reference, configuration: { level: 'note' } }],
          toolExecutionNotifications: [{ message, associatedRule: reference }],
        },
      ],
    });
    expect(run.tool.driver.rules).toEqual([{ id: 'shop/eval' }, { id: 'shop/total' }]);
    expect(run.invocations?.[0]).toMatchObject({
      ruleConfigurationOverrides: [{ descriptor: { index: 1 } }],
      toolExecutionNotifications: [{ associatedRule: { index: 1 } }],
    });
  });

  test('to a notification', async () => {
    const descriptor = { id: 'parse', index: 2 };
    const run = await normalizedRun({
      tool: { driver: { ...driver, notifications: [{ id: 'read' }, { id: 'read' }, { id: 'parse' }] } },
      invocations: [
        {
          executionSuccessful: true,
          notificationConfigurationOverrides: [{ descriptor, configuration: { level: 'note' } }],
          toolConfigurationNotifications: [{ message, descriptor }],
        },
      ],
    });
    expect(run.invocations?.[0]).toMatchObject({
      notificationConfigurationOverrides: [{ descriptor: { index: 1 } }],
      toolConfigurationNotifications: [{ descriptor: { index: 1 } }],
    });
  });

  test('to an extension, and to what it holds', async () => {
    const extension = { name: 'Shop Rules', rules };
    const tool = { driver, extensions: [extension, { name: 'Others', rules: [{ id: 'x' }] }, extension] };
    const rule = { index: 2, toolComponent: { index: 2 } };
    expect(await normalizedResult({ tool }, { rule })).toMatchObject({
      rule: { index: 1, toolComponent: { index: 0 } },
    });
    const run = await normalizedRun({ tool });
    expect(run.tool.extensions?.map(({ name }) => name)).toEqual(['Shop Rules', 'Others']);
  });

  test('to a taxon, from a result and from a rule', async () => {
    const taxonomies = [
      { name: 'Weaknesses', taxa: [{ id: '1' }, { id: '1' }, { id: '2' }] },
      { name: 'Weaknesses', taxa: [{ id: '1' }, { id: '1' }, { id: '2' }] },
    ];
    const target = { id: '2', index: 2, toolComponent: { name: 'Weaknesses', index: 1 } };
    const tool = { driver: { ...driver, rules: [{ id: 'shop/total', relationships: [{ target }] }] } };
    const now = { id: '2', index: 1, toolComponent: { name: 'Weaknesses', index: 0 } };
    const same = { ...target, toolComponent: { name: 'Weaknesses', index: 0 } };
    const result = await normalizedResult({ tool, taxonomies }, { taxa: [target, same] });
    expect(result.taxa).toEqual([now]);
    const run = await normalizedRun({ tool, taxonomies });
    expect(run.tool.driver.rules).toEqual([{ id: 'shop/total', relationships: [{ target: now }] }]);
    expect(run.taxonomies).toEqual([{ name: 'Weaknesses', taxa: [{ id: '1' }, { id: '2' }] }]);
  });

  test('to another rule of its extension, which it does not name', async () => {
    const related = { id: 'shop/eval', relationships: [{ target: { index: 2 } }] };
    const extension = { name: 'Shop Rules', rules: [related, related, { id: 'shop/total' }] };
    const run = await normalizedRun({ tool: { driver, extensions: [extension] } });
    expect(run.tool.extensions?.[0]?.rules?.[0]?.relationships).toEqual([{ target: { index: 1 } }]);
  });

  test('to a logical location', async () => {
    const logicalLocations = [{ name: 'shop' }, { name: 'shop' }, { name: 'cart', parentIndex: 1 }, { name: 'total' }];
    const inner = { name: 'pay', parentIndex: 2 };
    const result = await normalizedResult(
      { logicalLocations },
      { locations: [{ logicalLocations: [{ index: 3 }, inner] }] },
    );
    expect(result.locations).toEqual([{ logicalLocations: [{ index: 2 }, { name: 'pay', parentIndex: 1 }] }]);
    const run = await normalizedRun({ logicalLocations });
    expect(run.logicalLocations).toEqual([{ name: 'shop' }, { name: 'cart', parentIndex: 0 }, { name: 'total' }]);
  });

  test('to a thread flow location, a web request, a web response and a graph', async () => {
    const thread = (text: string) => ({ location: { message: { text } } });
    const graph = (id: string) => ({ nodes: [{ id }] });
    const result = await normalizedResult(
      {
        threadFlowLocations: [thread('one'), thread('one'), thread('two')],
        webRequests: [{ method: 'GET' }, { method: 'GET' }, { method: 'PUT' }],
        webResponses: [{ statusCode: 200 }, { statusCode: 200 }, { statusCode: 404 }],
        graphs: [graph('a'), graph('a'), graph('b')],
      },
      {
        codeFlows: [{ threadFlows: [{ locations: [{ index: 2 }, { index: 1 }] }] }],
        webRequest: { index: 2 },
        webResponse: { index: 2 },
        graphTraversals: [{ runGraphIndex: 2 }, { runGraphIndex: 1 }],
      },
    );
    expect(result).toMatchObject({
      codeFlows: [{ threadFlows: [{ locations: [{ index: 1 }, { index: 0 }] }] }],
      webRequest: { index: 1 },
      webResponse: { index: 1 },
      graphTraversals: [{ runGraphIndex: 1 }, { runGraphIndex: 0 }],
    });
  });

  test('by a URI of its own run, of one before and of one behind', async () => {
    const text =
      '[here](sarif:/runs/0/artifacts/2) [there](sarif:/runs/1/tool/driver/rules/2/id) [gone](sarif:/runs/0/artifacts/3)';
    const now = '[here](sarif:/runs/0/artifacts/1) [there](sarif:/runs/1/tool/driver/rules/1/id)';
    const results = [{ ruleId: 'shop/total', level, message: { text } }] as const;
    const other = { name: 'Cart Lint', fullDescription: { text } };
    const { runs } = await normalized(
      logOf(
        { artifacts, results: [...results], tool: { driver: { ...driver, fullDescription: { text } } } },
        { tool: { driver: { ...other, rules } }, results: [...results] },
      ),
    );
    for (const { tool, results: written } of runs) {
      expect(tool.driver.fullDescription?.text).toContain(now);
      expect(written?.[0]?.message.text).toContain(now);
    }
  });

  test('in the tool of a conversion, which is one of its own', async () => {
    const descriptor = { id: 'parse', index: 2 };
    const notifications = [{ id: 'read' }, { id: 'read' }, { id: 'parse' }];
    const { conversion } = await normalizedRun({
      tool: { driver: { ...driver, notifications: [{ id: 'a' }, { id: 'b' }, { id: 'parse' }] } },
      conversion: {
        tool: { driver: { name: 'to-sarif', notifications } },
        invocation: { executionSuccessful: true, toolExecutionNotifications: [{ message, descriptor }] },
      },
    });
    expect(conversion?.tool.driver.notifications).toEqual([{ id: 'read' }, { id: 'parse' }]);
    expect(conversion?.invocation?.toolExecutionNotifications?.[0]?.descriptor).toEqual({ id: 'parse', index: 1 });
  });

  test('to a rule that the result brought along', async () => {
    const { runs } = await normalized(
      logOf({
        tool: { driver: { ...driver, rules } },
        results: [
          { ruleId: 'shop/other', ruleIndex: 2, level, message },
          { ruleId: 'shop/total', ruleIndex: 2, level, message },
        ],
      }),
    );
    const [{ tool, results }] = runs as [Run];
    expect(tool.driver.rules?.map(({ id }) => id)).toEqual(['shop/eval', 'shop/total', 'shop/other']);
    expect(results?.map(({ ruleId, ruleIndex }) => [ruleId, ruleIndex])).toEqual([
      ['shop/other', undefined],
      ['shop/total', 1],
    ]);
  });
});

describe('which elements are equal', () => {
  test('those that differ in what they state of their own position', async () => {
    const file = (index: number) => ({ location: { uri: 'src/cart.js', index } });
    const { artifacts: now } = await normalizedRun({
      artifacts: [file(0), file(0), { location: { uri: 'src/total.js', index: 2 } }],
    });
    expect(now).toEqual([file(0), { location: { uri: 'src/total.js', index: 1 } }]);
  });

  test('those that differ in an index alone, however far what they lead to is away', async () => {
    const chain = Array.from({ length: 40 }, (_, index) => ({
      name: `part ${index >> 1}`,
      ...(index < 2 ? {} : { parentIndex: index - 2 }),
    }));
    const { logicalLocations } = await normalizedRun({
      logicalLocations: chain.toReversed().map(({ name, parentIndex }) => ({
        name,
        ...(parentIndex === undefined ? {} : { parentIndex: 39 - parentIndex }),
      })),
    });
    expect(logicalLocations).toHaveLength(20);
  });

  test('tens of thousands, in a chain', async () => {
    const count = 20_000;
    const logicalLocations = Array.from({ length: count }, (_, index) => ({
      name: `part ${index >> 1}`,
      ...(index < 2 ? {} : { parentIndex: index - 2 }),
    }));
    const locations = [{ logicalLocations: [{ index: count - 1 }] }];
    const log = logOf({ logicalLocations, results: [{ ruleId: 'shop/total', level, message, locations }] });
    const [run] = parsed(await bytesOf(normalize(readLog(log)))).runs ?? [];
    expect(run?.logicalLocations).toHaveLength(count / 2);
    expect(run?.logicalLocations?.at(-1)).toEqual({ name: 'part 9999', parentIndex: count / 2 - 2 });
    expect(run?.results?.[0]?.locations).toEqual([{ logicalLocations: [{ index: count / 2 - 1 }] }]);
  });

  test('of what leads back to itself, what is written in the same way', async () => {
    const related = (id: string, index: number) => ({ id, relationships: [{ target: { index } }] });
    const circle = [related('a', 1), related('b', 2), related('a', 1), related('b', 0)];
    const { tool } = await normalizedRun({ tool: { driver: { ...driver, rules: circle } } });
    expect(tool.driver.rules).toEqual([related('a', 1), related('b', 0)]);
  });

  test('addresses may be equal', async () => {
    const address = { absoluteAddress: 16 };
    const { addresses } = await normalizedRun({ artifacts, addresses: [address, address] });
    expect(addresses).toHaveLength(2);
  });

  test('rules that differ in a tag that a destination wants', async () => {
    const tagged = (tags: string[]) => ({ id: 'shop/eval', properties: { tags, cwe: 'CWE-95' } });
    const { runs } = await normalized(
      logOf({ tool: { driver: { ...driver, rules: [tagged(['a']), tagged(['a', 'CWE-95'])] } } }),
      'cortex',
    );
    expect(runs[0]?.tool.driver.rules).toMatchObject([tagged(['a', 'CWE-95'])]);
  });
});

test('each element that is removed is told once, by where it stood', async () => {
  const { said } = await normalized(logOf({ artifacts: [...artifacts, { location: { uri: 'src/cart.js' } }] }));
  expect(
    said.filter(({ ruleId }) => ruleId === 'SF-S208').map(({ pointer, fix }) => [pointer, fix?.description]),
  ).toEqual([
    ['/runs/0/artifacts/1', 'Removed the element, which equals element [0]. What pointed to it leads there.'],
    ['/runs/0/artifacts/3', 'Removed the element, which equals element [0]. What pointed to it leads there.'],
  ]);
});

test('a check alone says so, and changes nothing', async () => {
  const said = await diagnosticsOf(readLog(logOf({ artifacts })));
  expect(said.filter(({ ruleId }) => ruleId === 'SF-S208').map(({ pointer }) => pointer)).toEqual([
    '/runs/0/artifacts/1',
  ]);
});

test('a run of which something stands in files that were not read stays as it is', async () => {
  const externalPropertyFileReferences = { results: [{ location: { uri: 'results.sarif-external-properties' } }] };
  expect((await normalizedRun({ artifacts, externalPropertyFileReferences })).artifacts).toHaveLength(3);
});

test('a result whose indices do not move keeps its bytes', async () => {
  const resultAt = (index: number): Result => ({ ruleId: 'shop/total', level, message, locations: [at({ index })] });
  const kept: boolean[] = [];
  const log = logOf({ artifacts, results: [resultAt(0), resultAt(1), resultAt(2), resultAt(0)] });
  for await (const event of normalize(readLog(log)) as AsyncIterable<SarifEvent>) {
    if (event.type === 'result') kept.push(event.text !== undefined);
  }
  expect(kept).toEqual([true, false, false, true]);
});
