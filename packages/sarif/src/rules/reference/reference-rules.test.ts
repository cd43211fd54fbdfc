import { describe, expect, test } from 'vitest';
import type { Run } from '../../model/model.ts';
import { diagnosticsOf, normalizedLog } from '../test-support/judge-log.ts';

const A = '7a3f1f9e-8d1c-4a6e-9a53-0006961f3e50';
const B = '0d5c2e71-4b8e-4c1f-b0a4-6f2b8d9e1c07';
const message = { text: 'It is so.' };
const level = 'error';

const driver = { name: 'T', rules: [{ id: 'R1', guid: A }, { id: 'R2', guid: B }, { id: 'abc/def' }] };
const extension = { name: 'E', rules: [{ id: 'X1' }, { id: 'X2' }] };
const other = { name: 'F', rules: [{ id: 'X1' }] };

const logOf = (run: object) => ({ version: '2.1.0', runs: [{ tool: { driver }, results: [], ...run }] });
const withResult = (result: object, run: object = {}) => ({ ...run, results: [{ level, message, ...result }] });
const withExtensions = { tool: { driver, extensions: [extension, other] } };

/** What the rules about references say of a run: rule and place. */
async function said(run: object): Promise<string[]> {
  const diagnostics = await diagnosticsOf(logOf(run), {}, 'SF-V1');
  return diagnostics.map(({ ruleId, pointer }) => `${ruleId.slice(3)} ${pointer.replace('/runs/0/', '')}`);
}

/** The run as it is written after normalizing, which leaves no error and nothing to repair. */
async function repaired(run: object): Promise<Run> {
  const once = await normalizedLog(logOf(run), {});
  expect(await normalizedLog(once, {})).toEqual(once);
  const left = await diagnosticsOf(once, {}, 'SF-V1');
  expect(left.filter((each) => each.level === 'error' || each.fix !== undefined)).toEqual([]);
  return once.runs?.[0] as Run;
}

/** What the first result says of its rule after normalizing. */
async function repairedResult(result: object, run: object = {}) {
  const { ruleId, ruleIndex, rule } = (await repaired(withResult(result, run))).results?.[0] ?? {};
  return { ruleId, ...(ruleIndex !== undefined && { ruleIndex }), ...(rule && { rule }) };
}

describe('what a result says of its rule', () => {
  const at = (index: number, ...more: object[]) => Object.assign({ index }, ...more);
  const inE = { toolComponent: { index: 0 } };

  test.each<[object, string[], object]>([
    [{ ruleId: 'R1', ruleIndex: 0 }, [], { ruleId: 'R1', ruleIndex: 0 }],
    [{ ruleId: 'R1' }, [], { ruleId: 'R1' }],
    [{ rule: { id: 'R1' } }, [], { ruleId: 'R1', rule: { id: 'R1' } }],
    // Section 7: a shifted index, sub-ids, an id that only begins alike.
    [{ ruleId: 'R1', ruleIndex: 1 }, ['V105 results/0/ruleIndex'], { ruleId: 'R1', ruleIndex: 0 }],
    [{ ruleId: 'abc/def/ghi' }, [], { ruleId: 'abc/def/ghi' }],
    [{ ruleId: 'abc/def/ghi', ruleIndex: 2 }, [], { ruleId: 'abc/def/ghi', ruleIndex: 2 }],
    [{ ruleId: 'abc/defg' }, ['V108 results/0/ruleId'], { ruleId: 'abc/defg' }],
    // No id.
    [{ ruleIndex: 1 }, ['V101 results/0'], { ruleId: 'R2', ruleIndex: 1 }],
    [{ rule: { guid: B } }, ['V101 results/0'], { ruleId: 'R2', rule: { guid: B } }],
    [{}, ['V101 results/0'], { ruleId: 'unspecified' }],
    [{ rule: at(1, inE) }, ['V101 results/0'], { ruleId: 'X2', rule: at(1, inE) }],
    [{ ruleIndex: 9 }, ['V101 results/0', 'V104 results/0/ruleIndex'], { ruleId: 'unspecified' }],
    // Two ids.
    [{ ruleId: 'R1', rule: { id: 'R2' } }, ['V102 results/0/rule/id'], { ruleId: 'R1', rule: { id: 'R1' } }],
    [
      { ruleId: 'R9', rule: { id: 'R2' } },
      ['V102 results/0/rule/id', 'V108 results/0/ruleId'],
      { ruleId: 'R2', rule: { id: 'R2' } },
    ],
    [
      { ruleId: 'r1', rule: { id: 'R1' } },
      ['V102 results/0/rule/id', 'V118 results/0/ruleId'],
      { ruleId: 'R1', rule: { id: 'R1' } },
    ],
    // Two indices.
    [
      { ruleId: 'R1', ruleIndex: 0, rule: at(1) },
      ['V103 results/0/ruleIndex', 'V105 results/0/rule/index'],
      { ruleId: 'R1', ruleIndex: 0, rule: at(0) },
    ],
    [
      { ruleId: 'R2', ruleIndex: 0, rule: at(1) },
      ['V103 results/0/ruleIndex'],
      { ruleId: 'R2', ruleIndex: 1, rule: at(1) },
    ],
    [{ ruleId: 'R1', ruleIndex: -1, rule: at(0) }, ['V117 results/0/ruleIndex'], { ruleId: 'R1', rule: at(0) }],
    // Out of range: one past the end, and the last.
    [{ ruleId: 'R2', ruleIndex: 3 }, ['V104 results/0/ruleIndex'], { ruleId: 'R2', ruleIndex: 1 }],
    [{ ruleId: 'abc/def', ruleIndex: 2 }, [], { ruleId: 'abc/def', ruleIndex: 2 }],
    [{ ruleId: 'X2', rule: at(2, inE) }, ['V104 results/0/rule/index'], { ruleId: 'X2', rule: at(1, inE) }],
    // The index of an extension's rule without the extension.
    [
      { ruleId: 'X2', ruleIndex: 7 },
      ['V104 results/0/ruleIndex', 'V111 results/0'],
      { ruleId: 'X2', rule: at(1, inE) },
    ],
    [{ ruleId: 'X2', ruleIndex: 0 }, ['V105 results/0/ruleIndex'], { ruleId: 'X2', rule: at(1, inE) }],
    [{ ruleId: 'X2' }, ['V111 results/0'], { ruleId: 'X2', rule: at(1, inE) }],
    [
      { ruleId: 'X2', rule: { id: 'X2' } },
      ['V111 results/0/rule'],
      { ruleId: 'X2', rule: { id: 'X2', ...at(1, inE) } },
    ],
    [{ ruleId: 'X2/sub' }, ['V111 results/0'], { ruleId: 'X2/sub', rule: at(1, inE) }],
    // The id counts for more than a GUID, an index for more than a GUID.
    [{ ruleId: 'R1', rule: { guid: B } }, ['V105 results/0/rule/guid'], { ruleId: 'R1', rule: at(0, { guid: A }) }],
    [
      { ruleId: 'R1', rule: at(0, { guid: B }) },
      ['V106 results/0/rule/guid'],
      { ruleId: 'R1', rule: at(0, { guid: A }) },
    ],
    [
      { ruleId: 'R1', rule: at(0, { guid: A.toUpperCase() }) },
      [],
      { ruleId: 'R1', rule: at(0, { guid: A.toUpperCase() }) },
    ],
    [
      { ruleId: 'abc/def', ruleIndex: 2, rule: { guid: B } },
      ['V106 results/0/rule/guid'],
      { ruleId: 'abc/def', ruleIndex: 2 },
    ],
    // Two extensions describe it in the same words, so it does not matter which one is meant.
    [{ ruleId: 'X1' }, ['V111 results/0'], { ruleId: 'X1', rule: at(0, inE) }],
    // Letters of another case, in the id and in its parent.
    [{ ruleId: 'r2' }, ['V118 results/0/ruleId'], { ruleId: 'r2' }],
    [{ ruleId: 'ABC/Def/ghi' }, ['V118 results/0/ruleId'], { ruleId: 'ABC/Def/ghi' }],
  ])('%j: %j', async (result, expected, after) => {
    expect(await said(withResult(result, withExtensions))).toEqual(expected);
    expect(await repairedResult(result, withExtensions)).toEqual(after);
  });

  test.each<[object, string[], object]>([
    [{ name: 'E', index: 9 }, ['V107 results/0/rule/toolComponent/index'], { name: 'E', index: 0 }],
    [{ name: 'E' }, ['V107 results/0/rule/toolComponent'], { name: 'E', index: 0 }],
    [{ name: 'E', index: 0 }, [], { name: 'E', index: 0 }],
    [{ name: 'F', index: 0 }, ['V107 results/0/rule/toolComponent/name'], { name: 'E', index: 0 }],
    [{ guid: A, name: 'E' }, ['V107 results/0/rule/toolComponent/guid'], { name: 'E', index: 0 }],
    [{ index: 2 }, ['V107 results/0/rule/toolComponent/index'], { index: 0 }],
  ])('the component %j: %j', async (toolComponent, expected, after) => {
    const result = { ruleId: 'X2', rule: { index: 1, toolComponent } };
    expect(await said(withResult(result, withExtensions))).toEqual(expected);
    expect(await repairedResult(result, withExtensions)).toEqual({
      ruleId: 'X2',
      rule: { index: 1, toolComponent: after },
    });
  });

  test('of two components that describe the rule, the name tells which is meant', async () => {
    const extensions = ['E', 'F'].map((name) => ({ name, rules: [{ id: 'Y1', name }] }));
    const rule = { id: 'Y1', index: 0, toolComponent: { index: 0, name: 'F' } };
    const run = withResult({ ruleId: 'Y1', rule }, { tool: { driver, extensions } });
    expect(await said(run)).toEqual(['V107 results/0/rule/toolComponent/name']);
    expect((await repaired(run)).results?.[0]?.rule).toEqual({ ...rule, toolComponent: { index: 1, name: 'F' } });
  });

  test('a component by a name that nothing has is the one that describes the rule', async () => {
    const extensions = [{ name: 'E', rules: [{ id: 'Y1', defaultConfiguration: { level: 'error' } }] }];
    const rule = { id: 'Y1', toolComponent: { name: 'nobody' } };
    const run = withResult({ ruleId: 'Y1', rule }, { tool: { driver, extensions } });
    expect(await said(run)).toEqual(['V107 results/0/rule/toolComponent/name']);
    expect((await repaired(run)).results?.[0]?.rule).toEqual({ id: 'Y1', toolComponent: { name: 'E', index: 0 } });
  });

  test('what the driver alone can have is not looked for elsewhere', async () => {
    expect(await repairedResult({ ruleId: 'R1', rule: { id: 'R1', toolComponent: { name: 'nobody' } } })).toEqual({
      ruleId: 'R1',
      rule: { id: 'R1', toolComponent: { name: 'T' } },
    });
  });
});

describe('a rule that the run does not describe', () => {
  const undescribed = withResult({ ruleId: 'R9' });

  test('gets a descriptor, once', async () => {
    const run = { results: [...undescribed.results, ...undescribed.results] };
    expect(await said(run)).toEqual(['V108 results/0/ruleId', 'V108 results/1/ruleId']);
    expect((await repaired(run)).tool.driver.rules?.map(({ id }) => id)).toEqual(['R1', 'R2', 'abc/def', 'R9']);
  });

  test('is nothing to speak of where the run describes none, or describes them elsewhere', async () => {
    for (const run of [
      { ...undescribed, tool: { driver: { name: 'T' } } },
      { ...undescribed, tool: { driver: { name: 'T', rules: [] } } },
      { ...undescribed, externalPropertyFileReferences: { driver: { location: { uri: 'driver.json' } } } },
    ]) {
      expect(await said(run)).toEqual([]);
      expect((await repaired(run)).tool.driver.rules?.map(({ id }) => id) ?? []).not.toContain('R9');
    }
  });

  test('keeps what its index leads to', async () => {
    const rules = [{ id: 'A', shortDescription: { text: 'Text.' } }];
    const run = withResult({ ruleId: 'B', ruleIndex: 0 }, { tool: { driver: { name: 'T', rules } } });
    expect(await said(run)).toEqual(['V105 results/0/ruleIndex', 'V108 results/0/ruleId']);
    const { tool, results } = await repaired(run);
    expect(tool.driver.rules).toEqual([...rules, { ...rules[0], id: 'B' }]);
    expect(results?.[0]).toMatchObject({ ruleId: 'B', ruleIndex: 1 });
  });

  test('in letters of another case keeps what its index leads to', async () => {
    const run = withResult({ ruleId: 'r1', ruleIndex: 0 });
    expect(await said(run)).toEqual(['V105 results/0/ruleIndex', 'V118 results/0/ruleId']);
    expect((await repaired(run)).results?.[0]).toMatchObject({ ruleId: 'r1', ruleIndex: 3 });
  });
});

describe('descriptors', () => {
  const twice = [
    { id: 'R1', name: 'one' },
    { id: 'R1', name: 'two' },
  ];

  test('with one id are told apart, unless they are equal', async () => {
    const run = (rules: object[], result: object) => withResult(result, { tool: { driver: { name: 'T', rules } } });
    expect(await said(run(twice, { ruleId: 'R1' }))).toEqual(['V110 tool/driver/rules/1/id', 'V109 results/0/ruleId']);
    expect(await said(run(twice, { ruleId: 'R1', ruleIndex: 1 }))).toEqual(['V110 tool/driver/rules/1/id']);
    expect(await said(run([{ id: 'R1' }, { id: 'R1' }], { ruleId: 'R1' }))).toEqual([]);
  });

  test.each([
    ['R1', ['R0'], []],
    ['R1', ['R1'], ['V113 tool/driver/rules/0/deprecatedIds/0']],
    ['R1', ['R0', 'R2'], ['V113 tool/driver/rules/0/deprecatedIds/1']],
    ['R1', ['r2'], []],
  ])('%s deprecates %j: %j', async (id, deprecatedIds, expected) => {
    const tool = { driver: { name: 'T', rules: [{ id, deprecatedIds }, { id: 'R2' }] } };
    expect(await said({ tool })).toEqual(expected);
  });

  test.each<[string[], string[], string[]]>([
    [['a', 'a/b'], ['a'], ['V112 tool/driver/rules/1/id']],
    [['a', 'a/b'], ['a/b'], []],
    [['a', 'a/b'], ['a/b/c'], []],
    [['a', 'a/b/c'], [], ['V112 tool/driver/rules/1/id']],
    // Without a rule above it, an id with a slash is like any other.
    [['a/b', 'ab'], ['ab'], []],
  ])('described %j, used %j: %j', async (ids, used, expected) => {
    const tool = { driver: { name: 'T', rules: ids.map((id) => ({ id })) } };
    expect(await said({ tool, results: used.map((ruleId) => ({ ruleId, level, message })) })).toEqual(expected);
  });
});

describe('a disabled rule', () => {
  const off = { id: 'R1', defaultConfiguration: { enabled: false } };
  const invocation = (enabled: boolean) => ({
    executionSuccessful: true,
    ruleConfigurationOverrides: [{ descriptor: { id: 'R1' }, configuration: { enabled } }],
  });

  test.each<[object, object[], object, string[]]>([
    [off, [], {}, ['V114 results/0/ruleId']],
    [off, [invocation(true)], {}, []],
    [off, [invocation(true), invocation(false)], { provenance: { invocationIndex: 0 } }, []],
    [off, [invocation(true), invocation(false)], { provenance: { invocationIndex: 1 } }, ['V114 results/0/ruleId']],
    [{ id: 'R1' }, [invocation(false)], {}, ['V114 results/0/ruleId']],
    [off, [], { kind: 'notApplicable', level: 'none' }, []],
  ])('%j with %j and %j: %j', async (rule, invocations, result, expected) => {
    const tool = { driver: { name: 'T', rules: [rule] } };
    expect(await said(withResult({ ruleId: 'R1', ...result }, { tool, invocations }))).toEqual(expected);
  });
});

describe('other references', () => {
  const taxonomy = { name: 'CWE', guid: A, taxa: [{ id: '79' }, { id: '89', guid: B }] };
  const taxa = (taxon: object) => withResult({ ruleId: 'R1', taxa: [taxon] }, { taxonomies: [taxonomy] });
  const cwe = { toolComponent: { name: 'CWE' } };

  test.each<[object, string[], object[]]>([
    [{ id: '79', index: 0, ...cwe }, [], [{ id: '79', index: 0, ...cwe }]],
    [{ id: '79', index: 2, ...cwe }, ['V115 results/0/taxa/0/index'], [{ id: '79', ...cwe }]],
    [{ index: 2, ...cwe }, ['V115 results/0/taxa/0/index'], []],
    [{ guid: A, ...cwe }, ['V115 results/0/taxa/0/guid'], []],
    [{ index: 1, guid: B, ...cwe }, [], [{ index: 1, guid: B, ...cwe }]],
    [{ index: 0, guid: B, ...cwe }, ['V106 results/0/taxa/0/guid'], [{ index: 0, ...cwe }]],
    [{ id: '1', ...cwe }, [], [{ id: '1', ...cwe }]],
    // A taxonomy that the run lacks may be named, but nothing counts in it.
    [{ id: 'T1', toolComponent: { name: 'OWASP' } }, [], [{ id: 'T1', toolComponent: { name: 'OWASP' } }]],
    [
      { id: 'T1', index: 0, toolComponent: { name: 'OWASP', index: 4 } },
      ['V116 results/0/taxa/0/index'],
      [{ id: 'T1', toolComponent: { name: 'OWASP' } }],
    ],
    [
      { id: 'T1', index: 0, toolComponent: { name: 'OWASP', index: 0 } },
      ['V116 results/0/taxa/0/index'],
      [{ id: 'T1', toolComponent: { name: 'OWASP' } }],
    ],
    [{ id: 'T1', toolComponent: { index: 1 } }, ['V116 results/0/taxa/0/toolComponent/index'], [{ id: 'T1' }]],
    [{ index: 0, toolComponent: { index: 1 } }, ['V116 results/0/taxa/0/index'], []],
    // The position counts taxonomies here; the name is compared whatever its case.
    [
      { id: '79', toolComponent: { name: 'cwe', index: 0 } },
      [],
      [{ id: '79', toolComponent: { name: 'cwe', index: 0 } }],
    ],
    [
      { id: '79', toolComponent: { name: 'CWE', index: 3 } },
      ['V107 results/0/taxa/0/toolComponent/index'],
      [{ id: '79', toolComponent: { name: 'CWE', index: 0 } }],
    ],
    [
      { id: '79', toolComponent: { name: 'Weaknesses', index: 0 } },
      ['V107 results/0/taxa/0/toolComponent/name'],
      [{ id: '79', toolComponent: { name: 'CWE', index: 0 } }],
    ],
    [{ id: '79', index: -1, ...cwe }, ['V117 results/0/taxa/0/index'], [{ id: '79', ...cwe }]],
  ])('the taxon %j: %j', async (taxon, expected, after) => {
    expect(await said(taxa(taxon))).toEqual(expected);
    const { results } = await repaired(taxa(taxon));
    expect(results?.[0]?.taxa).toEqual(after);
  });

  test('-1 stays where a reference says nothing else', async () => {
    const run = taxa({ index: -1 });
    expect(await said(run)).toEqual(['V117 results/0/taxa/0/index']);
    expect((await normalizedLog(logOf(run), {})).runs?.[0]?.results?.[0]?.taxa).toEqual([{ index: -1 }]);
  });

  test('many that lead nowhere are taken away together', async () => {
    const broken = Array.from({ length: 20_000 }, (_, index) => ({ index: 100 + index, ...cwe }));
    const { results } = await repaired(
      withResult({ ruleId: 'R1', taxa: [...broken, { id: '79', ...cwe }] }, { taxonomies: [taxonomy] }),
    );
    expect(results?.[0]?.taxa).toEqual([{ id: '79', ...cwe }]);
  });

  test('those of overrides and notifications go with what they are part of', async () => {
    const configuration = { level: 'note' };
    const invocation = {
      executionSuccessful: true,
      ruleConfigurationOverrides: [
        { descriptor: { index: 3 }, configuration },
        { descriptor: { id: 'R1', index: 3 }, configuration },
        { descriptor: { index: 1 }, configuration },
        { descriptor: { id: 'R2', index: 1, guid: A }, configuration },
      ],
      notificationConfigurationOverrides: [{ descriptor: { guid: A }, configuration }],
      toolExecutionNotifications: [
        { message, descriptor: { id: 'N1', index: 0 }, associatedRule: { index: 9 } },
        { message, descriptor: { id: 'N1' }, associatedRule: { guid: B } },
      ],
    };
    const run = { invocations: [invocation] };
    expect(await said(run)).toEqual([
      'V106 invocations/0/ruleConfigurationOverrides/3/descriptor/guid',
      'V115 invocations/0/ruleConfigurationOverrides/0/descriptor/index',
      'V115 invocations/0/ruleConfigurationOverrides/1/descriptor/index',
      'V115 invocations/0/notificationConfigurationOverrides/0/descriptor/guid',
      'V115 invocations/0/toolExecutionNotifications/0/descriptor/index',
      'V115 invocations/0/toolExecutionNotifications/0/associatedRule/index',
    ]);
    const { invocations } = await repaired(run);
    expect(invocations?.[0]).toEqual({
      executionSuccessful: true,
      ruleConfigurationOverrides: [
        { descriptor: { id: 'R1' }, configuration },
        { descriptor: { index: 1 }, configuration },
        { descriptor: { id: 'R2', index: 1, guid: B }, configuration },
      ],
      notificationConfigurationOverrides: [],
      toolExecutionNotifications: [
        { message, descriptor: { id: 'N1' } },
        { message, descriptor: { id: 'N1' }, associatedRule: { guid: B } },
      ],
    });
  });

  test('those of relationships lead to rules, to taxa, or to the component that they stand in', async () => {
    const relationships = [
      { target: { index: 1 } },
      { target: { index: 1, toolComponent: { index: 0, name: 'CWE' } } },
      { target: { index: 1, toolComponent: { index: 0, name: 'E' } } },
      { target: { id: 'X', index: 5, toolComponent: { index: 0, name: 'E' } } },
      { target: { index: 7 } },
    ];
    const rules = [{ id: 'R1', relationships }, { id: 'R2' }];
    const inTaxonomy = [{ id: '79', relationships: [{ target: { index: 2 } }] }, { id: '89' }, { id: '20' }];
    const tool = { driver: { name: 'T', rules }, extensions: [extension] };
    const run = { tool, taxonomies: [{ name: 'CWE', taxa: inTaxonomy }] };
    expect(await said(run)).toEqual([
      'V115 tool/driver/rules/0/relationships/3/target/index',
      'V115 tool/driver/rules/0/relationships/4/target/index',
    ]);
    const repairedRun = await repaired(run);
    expect(repairedRun.tool.driver.rules?.[0]?.relationships?.map(({ target }) => target)).toEqual([
      ...relationships.slice(0, 3).map(({ target }) => target),
      { id: 'X', toolComponent: { index: 0, name: 'E' } },
    ]);
  });

  test("a converter's own references are to its own tool", async () => {
    const conversion = (index: number) => ({
      tool: { driver: { name: 'Converter', notifications: [{ id: 'N1' }, { id: 'N2' }] } },
      invocation: { executionSuccessful: true, toolExecutionNotifications: [{ message, descriptor: { index } }] },
    });
    expect(await said({ conversion: conversion(1) })).toEqual([]);
    expect(await said({ conversion: conversion(2) })).toEqual([
      'V115 conversion/invocation/toolExecutionNotifications/0/descriptor/index',
    ]);
  });
});

test.each([
  [
    'artifacts',
    [{ location: { uri: 'a.c', index: -1 }, parentIndex: -1 }],
    ['artifacts/0/parentIndex', 'artifacts/0/location/index'],
  ],
  [
    'logicalLocations',
    [{ name: 'f', index: -1, parentIndex: -1 }],
    ['logicalLocations/0/index', 'logicalLocations/0/parentIndex'],
  ],
  ['artifacts', [{ location: { uri: 'a.c', index: 0 } }], []],
])('-1 for an index in %s is found wherever it stands: %j', async (member, value, expected) => {
  expect(await said({ [member]: value })).toEqual(expected.map((pointer) => `V117 ${pointer}`));
});
