import { describe, expect, test } from 'vitest';
import type { ReportingDescriptor, Result, Run } from '../../model/model.ts';
import type { Profile } from '../rule.ts';
import { diagnosticsOf, normalizedLog } from '../test-support/judge-log.ts';

function logOf(rule: Partial<ReportingDescriptor>, result: Partial<Result> = {}, run: Partial<Run> = {}): object {
  const results = [{ ruleId: rule.id ?? 'R1', level: 'error', message: { text: 'Text.' }, ...result }];
  const tool = { driver: { name: 'T', rules: [{ id: 'R1', ...rule }] } };
  return { version: '2.1.0', runs: [{ tool, ...run, results }] };
}

async function found(id: string, log: object): Promise<string[]> {
  const diagnostics = await diagnosticsOf(log, {}, id);
  return diagnostics.map(({ pointer }) => pointer.replace('/runs/0/', '').replace('tool/driver/', ''));
}

const tags = (...values: string[]) => ({ properties: { tags: values } });
const cwe = { name: 'CWE', index: 0 };
const toCwe = (id: string) => ({ relationships: [{ target: { id, toolComponent: cwe } }] });
const taxonomy = (...ids: string[]): Partial<Run> => ({
  taxonomies: [{ name: 'CWE', taxa: ids.map((id) => ({ id })) }],
});

describe('weaknesses as taxa', () => {
  const find = (rule: Partial<ReportingDescriptor>, result?: Partial<Result>, run?: Partial<Run>) =>
    found('SF-V801', logOf(rule, result, run));

  test.each<[string, Partial<ReportingDescriptor>, string[]]>([
    ['a tag', tags('external/cwe/cwe-079'), ['rules/0']],
    ['a property', { properties: { cwe: ['CWE-79'] } }, ['rules/0']],
    ['its id', { id: 'CWE-79' }, ['rules/0']],
    ['a tag and a taxon', { ...tags('external/cwe/cwe-079'), ...toCwe('CWE-79') }, []],
    ['two tags and one taxon', { ...tags('CWE-79', 'CWE-80'), ...toCwe('79') }, ['rules/0']],
    ['a taxon alone', toCwe('79'), []],
    ['nothing', tags('security'), []],
    ['a number that is none', tags('CWE-99999'), []],
  ])('of a rule with %s', async (_, rule, expected) => expect(await find(rule, {}, taxonomy('79'))).toEqual(expected));

  test.each<[string, Partial<ReportingDescriptor>, Partial<Result>, string[]]>([
    ['a property', {}, { properties: { cwe: 'CWE-79' } }, ['results/0/properties']],
    ['a tag', {}, tags('CWE-79'), ['results/0/properties']],
    ['a taxon, too', {}, { ...tags('CWE-79'), taxa: [{ id: '79', toolComponent: { name: 'CWE' } }] }, []],
    ['what its rule says', toCwe('79'), tags('CWE-79'), []],
    ['what its rule says in the same way', tags('CWE-79'), tags('CWE-79'), ['rules/0']],
  ])('of a result with %s', async (_, rule, result, expected) => expect(await find(rule, result)).toEqual(expected));

  test('are added to rules of the driver and of extensions, and to one taxonomy', async () => {
    const log = logOf({ ...tags('CWE-79', 'cwe-22'), properties: { tags: ['CWE-79', 'cwe-22'], cwe: 79 } });
    const run = (log as { runs: Run[] }).runs[0] as Run;
    run.tool.extensions = [{ name: 'Pack', rules: [{ id: 'P1', ...tags('CWE-22', 'CWE-99999') }] }];
    const normal = (await normalizedLog(log, {})).runs?.[0];
    const target = (id: string) => ({ target: { id, toolComponent: { name: 'CWE' } }, kinds: ['superset'] });
    expect(normal?.taxonomies?.map(({ name, taxa }) => [name, taxa?.map(({ id }) => id)])).toEqual([
      ['CWE', ['79', '22']],
    ]);
    expect(normal?.tool.driver.rules?.[0]?.relationships).toEqual([target('79'), target('22')]);
    expect(normal?.tool.extensions?.[0]?.rules?.[0]?.relationships).toEqual([target('22')]);
  });

  test('are added to the taxonomy that is there, in its spelling', async () => {
    const run = {
      taxonomies: [
        { name: 'OWASP', taxa: [{ id: 'A03' }] },
        { name: 'cwe', taxa: [{ id: 'CWE-22' }] },
      ],
    };
    const normal = (await normalizedLog(logOf(tags('CWE-79', 'CWE-22'), {}, run), {})).runs?.[0];
    expect(normal?.taxonomies?.[1]?.taxa?.map(({ id }) => id)).toEqual(['CWE-22', 'CWE-79']);
    expect(normal?.tool.driver.rules?.[0]?.relationships?.map(({ target }) => target)).toEqual([
      { id: 'CWE-79', toolComponent: { name: 'cwe', index: 1 } },
      { id: 'CWE-22', toolComponent: { name: 'cwe', index: 1 } },
    ]);
  });

  test('are not added to taxonomies in files of their own', async () => {
    const run = {
      externalPropertyFileReferences: { taxonomies: [{ location: { uri: 'taxa.sarif-external-properties' } }] },
    };
    const normal = (await normalizedLog(logOf(tags('CWE-79'), {}, run), {})).runs?.[0];
    expect(normal?.taxonomies).toBeUndefined();
    expect(normal?.tool.driver.rules?.[0]).not.toHaveProperty('relationships');
  });

  test.each<[string, object, Profile | undefined]>([
    ['a rule without a descriptor', { ...logOf({}, { ruleId: 'CWE-79' }) }, undefined],
    ['the same for Cortex', { ...logOf({}, { ruleId: 'CWE-79' }) }, 'cortex'],
    ['a rule below another, for Cortex', logOf({ id: 'CWE-79', ...tags('CWE-80') }, { ruleId: 'CWE-79/x' }), 'cortex'],
    ['tags in another spelling, for Cortex', logOf(tags('external/cwe/cwe-079')), 'cortex'],
    [
      'a taxon that is a weakness by index',
      logOf(
        { ...tags('CWE-79'), relationships: [{ target: { index: 0, toolComponent: { index: 0 } } }] },
        {},
        taxonomy('22'),
      ),
      undefined,
    ],
  ])('are added once: %s', async (_, log, profile) => {
    const once = await normalizedLog(log, { profile });
    expect(await normalizedLog(once, { profile })).toEqual(once);
  });
});

describe('numbers of weaknesses', () => {
  const find = (rule: Partial<ReportingDescriptor>, result?: Partial<Result>, run?: Partial<Run>) =>
    found('SF-V802', logOf(rule, result, run));

  test.each<[Partial<ReportingDescriptor>, string[]]>([
    [tags('CWE-79', 'external/cwe/cwe-079', 'CWE-79: Cross-site Scripting'), []],
    [tags('security', 'external/cwe/cwe-310'), ['rules/0/properties/tags/1']],
    [tags('CWE-0'), ['rules/0/properties/tags/0']],
    [tags('CWE-000'), ['rules/0/properties/tags/0']],
    [tags('CWE-99999'), ['rules/0/properties/tags/0']],
    [tags('CWE-1234567890123'), ['rules/0/properties/tags/0']],
    [tags('CWE-Unknown'), ['rules/0/properties/tags/0']],
    [tags('external/cwe/cwe-7x'), ['rules/0/properties/tags/0']],
    [tags('NVD-CWE-noinfo', 'cwe', 'CWE-Top25', 'cwe2022-top25', 'cwe-top-25', 'CWE: injection'), []],
    [{ properties: { cwe: ['CWE-79', 'CWE-699', 16] } }, ['rules/0/properties/cwe/1', 'rules/0/properties/cwe/2']],
    [{ properties: { cwe: 'unknown' } }, ['rules/0/properties/cwe']],
    [{ properties: { cwe: '' } }, []],
    [{ properties: { cwe: 'NVD-CWE-Other' } }, []],
    [{ id: 'CWE-264' }, ['rules/0/id']],
    [{ id: 'CWE-79/reflected' }, []],
    [toCwe('16'), ['rules/0/relationships/0/target']],
    [toCwe('CWE-16'), ['rules/0/relationships/0/target']],
    [toCwe('79'), []],
    [{ ...toCwe('16'), ...tags('CWE-16') }, ['rules/0/relationships/0/target']],
  ])('of the rule %j', async (rule, expected) => expect(await find(rule, {}, taxonomy('16', '79'))).toEqual(expected));

  test.each<[Partial<Result>, string[]]>([
    [{ taxa: [{ id: '16', toolComponent: cwe }] }, ['results/0/taxa/0']],
    [
      {
        taxa: [
          { index: 0, toolComponent: cwe },
          { index: 1, toolComponent: cwe },
        ],
      },
      ['results/0/taxa/0'],
    ],
    [{ taxa: [{ id: '16', toolComponent: { name: 'OWASP' } }] }, []],
    [{ properties: { cwe: 'CWE-310' } }, ['results/0/properties/cwe']],
    [tags('CWE-79', 'CWE-310'), ['results/0/properties/tags/1']],
    [{ ruleId: 'R1' }, []],
  ])('of the result %j', async (result, expected) =>
    expect(await find({}, result, taxonomy('16', '79'))).toEqual(expected),
  );

  test('a taxonomy may describe its categories', async () => {
    const rules = [{ id: 'R1' }];
    const run = { taxonomies: [{ name: 'CWE', taxa: [{ id: 'CWE-16' }], rules }] };
    expect(await find({}, {}, run)).toEqual([]);
  });
});

describe('supported taxonomies', () => {
  const guid = '7a3f1f9e-8d1c-4a6e-9a53-0006961f3e50';

  test.each<[object, boolean]>([
    [{ index: 0 }, true],
    [{ index: 0, name: 'CWE' }, true],
    [{ name: 'cwe' }, true],
    [{ guid }, true],
    [{ index: 1 }, false],
    [{ name: 'OWASP' }, false],
    [{ index: 0, name: 'OWASP' }, false],
    [{ guid: '11111111-8d1c-4a6e-9a53-0006961f3e50' }, false],
  ])('%j is there: %s', async (reference, isThere) => {
    const tool = { driver: { name: 'T', rules: [{ id: 'R1' }], supportedTaxonomies: [reference] } };
    const run = { tool, taxonomies: [{ name: 'CWE', guid, taxa: [{ id: '79' }] }] };
    expect(await found('SF-V803', logOf({}, {}, run))).toEqual(isThere ? [] : ['supportedTaxonomies/0']);
    const references = { externalPropertyFileReferences: { taxonomies: [{ guid }] } };
    expect(await found('SF-V803', logOf({}, {}, { ...run, ...references }))).toEqual([]);
  });
});
