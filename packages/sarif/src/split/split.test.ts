import { describe, expect, test } from 'vitest';
import type { Log, Result, Run } from '../model/model.ts';
import { normalize } from '../normalize/normalize.ts';
import type { Drop } from '../read/read-sarif.ts';
import { PartTooSmallError } from './split.ts';
import { defectsLeftIn } from './test-support/diagnostics-of.ts';
import { eventsOf, parsed, partsOf, readLog } from './test-support/events-of.ts';

const text = { text: 'x' };
const large = { maxBytes: 1e8 };

function logOf(...runs: Run[]): Log {
  return { version: '2.1.0', runs };
}

function runOf(results: Result[], more: Partial<Run> = {}): Run {
  return { tool: { driver: { name: 'T', rules: [{ id: 'R1' }, { id: 'R2' }, { id: 'R3' }] } }, ...more, results };
}

/** The only run of the only part, made from plain events and from bytes. */
async function onlyRun(run: Run): Promise<Run> {
  const [plain] = await partsOf(eventsOf(logOf(run)), large);
  const [read] = await partsOf(readLog(logOf(run)), large);
  const [one, other] = [plain, read].map((part) => parsed(part?.bytes ?? new Uint8Array()).runs?.[0] as Run);
  expect(other).toEqual(one);
  return one as Run;
}

test('a part has the rules that its results use, and the indices fit', async () => {
  const results: Result[] = [
    { ruleId: 'R3', ruleIndex: 2, message: text },
    { ruleId: 'R1', message: text },
    { rule: { index: 2 }, message: text },
  ];
  const run = await onlyRun(runOf(results));
  expect(run.tool.driver.rules).toEqual([{ id: 'R3' }, { id: 'R1' }]);
  expect(run.results?.map(({ ruleIndex, rule }) => ruleIndex ?? rule?.index)).toEqual([0, undefined, 0]);
});

test('of rules with the same id the first comes first, so that the id alone still means it', async () => {
  const rules = [
    { id: 'R1', name: 'first' },
    { id: 'R1', name: 'second' },
  ];
  const results: Result[] = [
    { ruleId: 'R1', ruleIndex: 1, message: text },
    { ruleId: 'R1', message: text },
  ];
  const run = await onlyRun(runOf(results, { tool: { driver: { name: 'T', rules } } }));
  expect(run.tool.driver.rules).toEqual(rules);
  expect(run.results?.[0]?.ruleIndex).toBe(1);
});

test('a rule that a result names in the wrong component, or in other letters, comes along', async () => {
  const tool = {
    driver: { name: 'T', rules: [{ id: 'R0' }, { id: 'R1' }, { id: 'R2' }, { id: 'R3' }] },
    extensions: [{ name: 'E', rules: [{ id: 'X' }] }],
  };
  const inExtension = { toolComponent: { name: 'E' } };
  const results: Result[] = [
    { ruleId: 'R0', message: text },
    { ruleId: 'R1/sub', rule: inExtension, message: text },
    { ruleId: 'r2', message: text },
  ];
  const run = await onlyRun(runOf(results, { tool }));
  expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(['R0', 'R1', 'R2']);
  expect(run.results).toEqual(results);
});

test('an index into the driver is not taken for one into the extension that has the id', async () => {
  const tool = {
    driver: { name: 'T', rules: [{ id: 'D0' }, { id: 'D1' }] },
    extensions: [{ name: 'E', rules: [{ id: 'X' }] }],
  };
  const results: Result[] = [
    { ruleId: 'D1', message: text },
    { ruleId: 'X', ruleIndex: 7, message: text },
  ];
  const run = await onlyRun(runOf(results, { tool }));
  expect(run.results?.[1]).toEqual({ ruleId: 'X', message: text });
  expect(run.tool.extensions?.[0]?.rules).toEqual([{ id: 'X' }]);
});

test('artifacts come with their parents, at most some hundred of them', async () => {
  const artifacts = Array.from({ length: 30_000 }, (_, index) => ({
    location: { uri: `a${index}` },
    ...(index === 0 ? {} : { parentIndex: index - 1 }),
  }));
  const partOf = async (index: number) => {
    const location = { physicalLocation: { artifactLocation: { index } } };
    return onlyRun(runOf([{ ruleId: 'R1', message: text, locations: [location] }], { artifacts }));
  };
  const whole = await partOf(100);
  expect(whole.artifacts).toHaveLength(101);
  expect(whole.artifacts?.[0]).toEqual({ location: { uri: 'a100' }, parentIndex: 1 });
  expect(whole.artifacts?.at(-1)).toEqual({ location: { uri: 'a0' } });
  const cut = await partOf(29_999);
  expect(cut.artifacts?.length).toBeLessThan(102);
  expect(cut.artifacts?.[0]).toEqual({ location: { uri: 'a29999' }, parentIndex: 1 });
  expect(cut.artifacts?.at(-1)).toEqual({ location: { uri: 'a0' } });
});

test('an address that loses its parent has no offset from it', async () => {
  const addresses = Array.from({ length: 102 }, (_, index) =>
    index === 0 ? { absoluteAddress: 0 } : { offsetFromParent: 1, parentIndex: index - 1 },
  );
  const locations = [{ physicalLocation: { address: { index: 101 } } }];
  const run = await onlyRun(runOf([{ ruleId: 'R1', message: text, locations }], { addresses }));
  expect(run.addresses).toEqual([{}]);
});

test('a base that only has the index of an artifact is declared without saying where it is', async () => {
  const artifacts = [{ location: { uri: 'src/cart.js' } }];
  const bases = { A: { uriBaseId: 'B', index: 0 }, B: { uri: 'file:///ci/' }, C: { uri: 'src/', uriBaseId: 'B' } };
  const run = await onlyRun(runOf([{ ruleId: 'R1', message: text }], { artifacts, originalUriBaseIds: bases }));
  expect(run.originalUriBaseIds).toEqual({ ...bases, A: {} });
});

test('a parent inside a result comes along, too', async () => {
  const logicalLocations = [{ name: 'unused' }, { name: 'outer' }, { name: 'inner', parentIndex: 1 }];
  const addresses = [{ name: 'unused' }, { name: 'module' }];
  const location = {
    logicalLocations: [{ name: 'inline', parentIndex: 2 }],
    physicalLocation: { address: { offsetFromParent: 4, parentIndex: 1 } },
  };
  const run = await onlyRun(
    runOf([{ ruleId: 'R1', message: text, locations: [location] }], { logicalLocations, addresses }),
  );
  expect(run.logicalLocations).toEqual([{ name: 'inner', parentIndex: 1 }, { name: 'outer' }]);
  expect(run.addresses).toEqual([{ name: 'module' }]);
  expect(run.results?.[0]?.locations).toEqual([
    {
      logicalLocations: [{ name: 'inline', parentIndex: 0 }],
      physicalLocation: { address: { offsetFromParent: 4, parentIndex: 0 } },
    },
  ]);
});

test('the locations of suppressions count, too', async () => {
  const artifacts = [{ location: { uri: 'unused' } }, { location: { uri: 'baseline.json' } }];
  const location = { physicalLocation: { artifactLocation: { index: 1 } } };
  const result: Result = { ruleId: 'R1', message: text, suppressions: [{ kind: 'external', location }] };
  const run = await onlyRun(runOf([result], { artifacts }));
  expect(run.artifacts).toEqual([{ location: { uri: 'baseline.json' } }]);
  expect(run.results?.[0]?.suppressions?.[0]?.location?.physicalLocation?.artifactLocation?.index).toBe(0);
});

test('taxa come along for results and for the relationships of rules, and name what they are related to', async () => {
  const toolComponent = { name: 'CWE', index: 0 };
  const taxonomies = [
    {
      name: 'CWE',
      taxa: [
        { id: '20' },
        { id: '79', relationships: [{ target: { index: 0, toolComponent } }] },
        { id: '89' },
        { id: '22' },
      ],
    },
  ];
  const rules = [{ id: 'R1', relationships: [{ target: { index: 2, toolComponent } }] }];
  const result: Result = { ruleId: 'R1', message: text, taxa: [{ index: 1, toolComponent }] };
  const run = await onlyRun(runOf([result], { tool: { driver: { name: 'T', rules } }, taxonomies }));
  expect(run.taxonomies?.[0]?.taxa).toEqual([
    { id: '89' },
    { id: '79', relationships: [{ target: { id: '20', toolComponent } }] },
  ]);
  expect(run.tool.driver.rules?.[0]?.relationships?.[0]?.target.index).toBe(0);
  expect(run.results?.[0]?.taxa?.[0]?.index).toBe(1);
});

test('links to places of the log lead there in the part, or become plain text', async () => {
  const artifacts = [{ location: { uri: 'unused' } }, { location: { uri: 'a.c' } }];
  const links = '[a](sarif:/runs/0/artifacts/1/location) [me](sarif:/runs/0/results/1) [you](sarif:/runs/0/results/0)';
  const snippet = { text: '[a](sarif:/runs/0/results/0)' };
  const location = { physicalLocation: { artifactLocation: { uri: 'b.c' }, region: { startLine: 1, snippet } } };
  const first: Result = { ruleId: 'R1', message: { text: 'y'.repeat(500) } };
  const results: Result[] = [first, { ruleId: 'R1', message: { text: links }, locations: [location] }];
  const parts = await partsOf(readLog(logOf(runOf(results, { artifacts }))), { maxBytes: 900 });
  expect(parts.length).toBe(2);
  const run = parsed(parts[1]?.bytes ?? new Uint8Array()).runs?.[0];
  expect(run?.results?.[0]?.message.text).toBe(
    '[a](sarif:/runs/0/artifacts/0/location) [me](sarif:/runs/0/results/0) you',
  );
  expect(run?.results?.[0]?.locations).toEqual([location]);
  expect(run?.artifacts).toEqual([{ location: { uri: 'a.c' } }]);
});

test('links in the texts of rules lead nowhere else', async () => {
  const text =
    'See [it](sarif:/runs/0/artifacts/1), [this](sarif:/runs/0/tool/driver), [all](sarif:/runs/0/results/0).';
  const tool = { driver: { name: 'Shop Lint', rules: [{ id: 'R1', help: { text, markdown: text } }] } };
  const artifacts = [{ location: { uri: 'a.c' } }, { location: { uri: 'b.c' } }];
  const results: Result[] = [{ ruleId: 'R1', message: { text: 'x' } }];
  const [part] = await partsOf(readLog(logOf(runOf(results, { tool, artifacts }))), { maxBytes: 5000 });
  const moved = 'See it, [this](sarif:/runs/0/tool/driver), all.';
  const run = parsed(part?.bytes ?? new Uint8Array()).runs?.[0];
  expect(run?.tool.driver.rules).toEqual([{ id: 'R1', help: { text: moved, markdown: moved } }]);
});

describe('the header of a part', () => {
  const artifacts = [{ location: { uri: 'sources.rsp', uriBaseId: 'ROOT' } }, { location: { uri: 'tool.log' } }];
  const invocations = [
    {
      executionSuccessful: true,
      arguments: ['-x', '-x'],
      responseFiles: [{ index: 0 }],
      ruleConfigurationOverrides: [
        { descriptor: { index: 1 }, configuration: { level: 'note' as const } },
        { descriptor: { index: 2 }, configuration: { level: 'error' as const } },
      ],
      toolExecutionNotifications: [
        {
          message: { text: 'See [it](sarif:/runs/0/artifacts/1) and [this](sarif:/runs/0/tool/driver).' },
          associatedRule: { index: 2 },
          locations: [
            { physicalLocation: { artifactLocation: { index: 1 } }, logicalLocations: [{ name: 'f', parentIndex: 0 }] },
          ],
        },
      ],
    },
  ];
  const conversion = { tool: { driver: { name: 'C' } }, analysisToolLogFiles: [{ index: 1 }] };
  const results: Result[] = [
    { ruleId: 'R3', message: { text: 'y'.repeat(3000) } },
    { ruleId: 'R2', message: { text: 'z'.repeat(3000) } },
  ];
  const run = runOf(results, { artifacts, invocations, conversion, logicalLocations: [{ name: 'A' }] });

  test('names what its references pointed to', async () => {
    const [first, second] = (await partsOf(eventsOf(logOf(run)), { maxBytes: 5000 })).map(
      (part) => parsed(part.bytes).runs?.[0],
    );
    const [invocation] = first?.invocations ?? [];
    expect(invocation?.arguments).toEqual(['-x', '-x']);
    expect(invocation?.responseFiles).toEqual([{ uri: 'sources.rsp', uriBaseId: 'ROOT' }]);
    expect(first?.conversion?.analysisToolLogFiles).toEqual([{ uri: 'tool.log' }]);
    expect(first?.artifacts).toBe(undefined);
    expect(invocation?.toolExecutionNotifications).toEqual([
      {
        message: { text: 'See it and [this](sarif:/runs/0/tool/driver).' },
        associatedRule: { id: 'R3' },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: 'tool.log' } },
            logicalLocations: [{ name: 'f', fullyQualifiedName: 'A.f' }],
          },
        ],
      },
    ]);
    expect(invocation?.ruleConfigurationOverrides).toEqual([
      { descriptor: { index: 0 }, configuration: { level: 'error' } },
    ]);
    expect(second?.invocations?.[0]?.toolExecutionNotifications).toBe(undefined);
    expect(
      second?.invocations?.[0]?.ruleConfigurationOverrides?.map(({ configuration }) => configuration.level),
    ).toEqual(['note']);
  });

  test('says which part of the run it is of', async () => {
    const named = { ...run, automationDetails: { id: 'nightly/7' } };
    const parts = await partsOf(eventsOf(logOf(named)), { maxBytes: 5000 });
    const ids = parts.map((part) => parsed(part.bytes).runs?.[0]?.automationDetails?.id);
    expect(ids).toEqual(['nightly/7', 'nightly/7.part-2']);
  });
});

describe('a result that is too long', () => {
  const long = (member: object): Result => ({ ruleId: 'R1', message: text, ...member });
  const codeFlows = [{ threadFlows: [{ locations: [{ location: { message: { text: 'y'.repeat(5000) } } }] }] }];

  test('loses its code flows and says so', async () => {
    const [part] = await partsOf(eventsOf(logOf(runOf([long({ codeFlows })]))), { maxBytes: 1000 });
    const [result] = parsed(part?.bytes ?? new Uint8Array()).runs?.[0]?.results ?? [];
    expect(result).toEqual({ ruleId: 'R1', message: text, properties: { 'sariflow/shortened': ['codeFlows'] } });
  });

  test('is dropped when nothing helps, and leaves no part of its own', async () => {
    const drops: Drop[] = [];
    const results = [long({}), long({ message: { text: 'y'.repeat(5000) } })];
    const parts = await partsOf(eventsOf(logOf(runOf(results))), {
      maxBytes: 1000,
      onDrop: (drop) => drops.push(drop),
    });
    expect(parts.map((part) => part.results)).toEqual([1]);
    expect(drops).toEqual([{ runIndex: 0, resultIndex: 1, ruleId: 'SF-C011' }]);
  });

  test('is dropped and the run stays, because it was scanned', async () => {
    const parts = await partsOf(eventsOf(logOf(runOf([long({ message: { text: 'y'.repeat(5000) } })]))), {
      maxBytes: 1000,
    });
    expect(parts.map((part) => part.results)).toEqual([0]);
  });
});

test('a header that is longer than a part may be is an error', async () => {
  const log = logOf(runOf([], { language: 'de', properties: { note: 'y'.repeat(5000) } }));
  await expect(partsOf(eventsOf(log), { maxBytes: 1000 })).rejects.toThrow(PartTooSmallError);
});

describe('results of every kind are kept', () => {
  const results: Result[] = [
    ...(['pass', 'notApplicable', 'informational', 'open', 'review', 'fail'] as const).map((kind) => ({
      ruleId: 'R1',
      kind,
      message: text,
      suppressions: [],
      baselineState: 'unchanged' as const,
    })),
    { ruleId: 'R1', message: text, suppressions: [{ kind: 'inSource' }], baselineState: 'unchanged' },
    { ruleId: 'R1', message: text, suppressions: [], baselineState: 'absent' },
  ];

  test.each([undefined, 'cortex'] as const)('with the profile %s', async (profile) => {
    const [part] = await partsOf(normalize(readLog(logOf(runOf(results))), { profile }), large);
    const kept = parsed(part?.bytes ?? new Uint8Array()).runs?.[0]?.results ?? [];
    const told = kept.map(({ kind, suppressions, baselineState }) => ({ kind, suppressions, baselineState }));
    expect(told).toEqual(
      results.map(({ kind, suppressions, baselineState }) => ({ kind, suppressions, baselineState })),
    );
  });
});

test('a run whose results are all lost is still a log that Cortex takes', async () => {
  const log = logOf({ tool: { driver: { name: 'T' } }, results: [42 as unknown as Result] });
  const parts = await partsOf(normalize(readLog(log), { profile: 'cortex' }), large);
  expect(parts.length).toBe(1);
  for (const { bytes } of parts) {
    expect(parsed(bytes).runs?.[0]?.tool.driver.rules?.map(({ id }) => id)).toEqual(['sariflow/no-results']);
    expect(await defectsLeftIn(readLog(parsed(bytes)), 'cortex')).toEqual([]);
  }
});

test('a part without results keeps a rule, if only one of an extension', async () => {
  const tool = { driver: { name: 'T' }, extensions: [{ name: 'E', rules: [{ id: 'X' }, { id: 'Y' }] }] };
  const run = await onlyRun({ tool, results: [] });
  expect(run.tool.extensions).toEqual([{ name: 'E', rules: [{ id: 'X' }] }]);
});

describe('a limit on the number of results', () => {
  const log = logOf(
    runOf(
      Array.from({ length: 3 }, () => ({ ruleId: 'R1', message: text })),
      { automationDetails: { id: 'nightly/7' } },
    ),
    runOf(Array.from({ length: 4 }, () => ({ ruleId: 'R2', message: text }))),
    runOf([]),
  );

  test.each([
    [1, [1, 1, 1, 1, 1, 1, 1]],
    [2, [2, 2, 2, 1]],
    [3, [3, 3, 1]],
    [7, [7]],
    [undefined, [7]],
  ])('of %j gives parts of %j results, and runs without any stay', async (maxResults, expected) => {
    const parts = await partsOf(eventsOf(log), { ...large, maxResults });
    expect(parts.map(({ results }) => results)).toEqual(expected);
    const runs = parts.flatMap(({ bytes }) => parsed(bytes).runs ?? []);
    expect(runs.filter(({ results }) => results?.length === 0)).toHaveLength(1);
    expect(runs.reduce((sum, { results }) => sum + (results?.length ?? 0), 0)).toBe(7);
  });

  test('puts parts into categories of their own when asked to', async () => {
    const parts = await partsOf(eventsOf(log), { ...large, maxResults: 2, ownCategories: true });
    const ids = parts.flatMap(({ bytes }) => (parsed(bytes).runs ?? []).map((run) => run.automationDetails?.id));
    expect(ids).toEqual(['nightly/7', 'nightly/part-2/7', undefined, 'part-2/', 'part-3/', undefined]);
  });
});

test('of equal elements a part has one, and what points to any of them points there', async () => {
  const at = (index: number) => ({ physicalLocation: { artifactLocation: { index } } });
  const rule = { id: 'R1', shortDescription: { text: 'One.' } };
  const sameRule = { shortDescription: { text: 'One.' }, id: 'R1' };
  const run: Run = {
    tool: { driver: { name: 'T', rules: [rule, { id: 'R2' }, sameRule, { ...rule, name: 'other' }] } },
    artifacts: [{ location: { uri: 'a.js' } }, { location: { uri: 'b.js' } }, { location: { uri: 'a.js' } }],
    invocations: [
      {
        executionSuccessful: true,
        ruleConfigurationOverrides: [{ descriptor: { index: 2 }, configuration: { level: 'error' } }],
      },
    ],
    results: [
      { ruleId: 'R1', ruleIndex: 2, message: text, locations: [at(2)] },
      { ruleId: 'R1', ruleIndex: 0, message: text, locations: [at(0)] },
      { ruleId: 'R1', ruleIndex: 3, message: text, locations: [at(1)] },
    ],
  };
  const part = await onlyRun(run);
  expect(part.tool.driver.rules).toEqual([rule, { ...rule, name: 'other' }]);
  expect(part.artifacts).toEqual([{ location: { uri: 'a.js' } }, { location: { uri: 'b.js' } }]);
  expect(part.results?.map(({ ruleIndex, locations }) => [ruleIndex, locations?.[0]])).toEqual([
    [0, at(0)],
    [0, at(0)],
    [1, at(1)],
  ]);
  expect(part.invocations?.[0]?.ruleConfigurationOverrides?.[0]?.descriptor).toMatchObject({ index: 0 });
});

describe('of tool components that only what no result uses tells apart', () => {
  const rules = [{ id: 'A' }, { id: 'B' }, { id: 'C' }];
  const results: Result[] = [
    { ruleId: 'A', rule: { id: 'A', index: 0, toolComponent: { index: 1 } }, message: { text: 'y'.repeat(300) } },
    { ruleId: 'B', rule: { id: 'B', index: 0, toolComponent: { index: 2 } }, message: text },
    { ruleId: 'C', rule: { id: 'C', index: 2, toolComponent: { index: 1 } }, message: { text: 'z'.repeat(300) } },
  ];
  const toolOf = (...lists: (Run['tool']['driver']['rules'] | undefined)[]) => ({
    driver: { name: 'T', rules: [{ id: 'R1' }] },
    extensions: lists.map((each) => (each === undefined ? { name: 'E' } : { name: 'E', rules: each })),
  });

  /** The parts of a run once it is normalized, each of which is normal. */
  async function normalParts(run: Run, maxBytes: number): Promise<Run[]> {
    const parts = await partsOf(normalize(readLog(logOf(run))), { maxBytes });
    const runs: Run[] = [];
    for (const { bytes } of parts) {
      expect(bytes.length).toBeLessThanOrEqual(maxBytes);
      const log = parsed(bytes);
      const [again] = await partsOf(normalize(readLog(log)), large);
      expect(parsed(again?.bytes ?? new Uint8Array())).toEqual(log);
      runs.push(...(log.runs ?? []));
    }
    return runs;
  }

  test('each part has those rules', async () => {
    const tool = toolOf(rules.slice(0, 1), rules, rules.slice(1), undefined, []);
    const runs = await normalParts(runOf(results, { tool }), 1200);
    expect(runs.map(({ results: some }) => some?.length)).toEqual([2, 1]);
    for (const { tool, results: some = [] } of runs) {
      const kept = tool.extensions?.map((each) => each.rules?.map(({ id }) => id));
      expect(kept?.[0]).toEqual(['A']);
      expect(kept?.[1]?.slice(0, 2)).toEqual(['A', 'B']);
      expect(kept?.[2]).toEqual(['B']);
      expect(kept?.slice(3)).toEqual([undefined, []]);
      for (const { ruleId, rule } of some ?? []) {
        const place = rule?.toolComponent?.index ?? -1;
        expect(tool.extensions?.[place]?.rules?.[rule?.index ?? -1]?.id).toBe(ruleId);
      }
    }
  });

  test('a part without results has them, too', async () => {
    const runs = await normalParts({ tool: toolOf([{ id: 'A' }], [{ id: 'B' }]), results: [] }, 1000);
    expect(runs[0]?.tool.extensions?.map((each) => each.rules)).toEqual([[{ id: 'A' }], [{ id: 'B' }]]);
  });

  test('each part has those taxa', async () => {
    const taxonomies = [
      { name: 'CWE', taxa: [{ id: '79' }] },
      { name: 'CWE', taxa: [{ id: '89' }, { id: '20' }] },
    ];
    const tool = { driver: { name: 'T', rules: [{ id: 'A' }, { id: 'B' }, { id: 'C' }] } };
    const plain = results.map(({ ruleId = '', message }): Result => ({ ruleId, message }));
    const taxa = [{ id: '20', index: 1, toolComponent: { name: 'CWE', index: 1 } }];
    const runs = await normalParts(runOf([...plain, { ...plain[0], message: text, taxa }], { tool, taxonomies }), 1000);
    expect(runs).toHaveLength(2);
    expect(runs[0]?.taxonomies?.map((each) => each.taxa)).toEqual([[{ id: '79' }], [{ id: '89' }]]);
    expect(runs[1]?.taxonomies).toEqual(taxonomies);
    expect(runs[1]?.results?.at(-1)?.taxa?.[0]?.index).toBe(1);
  });
});
