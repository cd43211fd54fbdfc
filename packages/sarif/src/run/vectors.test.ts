import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Log, Result, Run } from '../model/model.ts';
import { normalize } from '../normalize/normalize.ts';
import { readSarif } from '../read/read-sarif.ts';
import { effectiveLevel } from './effective-level.ts';
import { resultText } from './message-text.ts';
import { RepositoryPaths } from './repository-path.ts';
import { RuleLookup } from './rule-lookup.ts';

const text = { text: 'x' };

function runWith(more: Partial<Run> = {}, rules: object[] = [{ id: 'R1' }]): Run {
  return { tool: { driver: { name: 'T', rules } }, ...more } as Run;
}

async function normalizedResults(run: object, results: object[]) {
  const diagnostics: Diagnostic[] = [];
  const log = { version: '2.1.0', runs: [{ ...run, results }] } as unknown as Log;
  const normal: Result[] = [];
  const bytes = new TextEncoder().encode(JSON.stringify(log));
  for await (const event of normalize(readSarif(bytes), { report: (diagnostic) => diagnostics.push(diagnostic) })) {
    if (event.type === 'result') normal.push(event.result);
  }
  return { results: normal, diagnostics };
}

describe('the effective level (section 3.27.10)', () => {
  const override = (level: string) => ({
    executionSuccessful: true,
    ruleConfigurationOverrides: [{ descriptor: { index: 0 }, configuration: { level } }],
  });

  test.each([
    // kind, stated, overridden, default of the rule → effective
    [undefined, undefined, undefined, undefined, 'warning'],
    [undefined, undefined, undefined, 'error', 'error'],
    [undefined, undefined, 'note', 'error', 'note'],
    [undefined, 'error', 'note', 'note', 'error'],
    ['pass', undefined, 'error', 'error', 'none'],
    ['review', 'error', undefined, undefined, 'error'],
    [undefined, undefined, 'error', undefined, 'error'],
  ])('kind %s, stated %s, overridden %s, default %s gives %s', async (kind, level, overridden, byDefault, expected) => {
    const rule = { id: 'R1', ...(byDefault && { defaultConfiguration: { level: byDefault } }) };
    const run = runWith(overridden ? { invocations: [override(overridden)] as NonNullable<Run['invocations']> } : {}, [
      rule,
    ]);
    const result = { ruleId: 'R1', message: text, ...(kind && { kind }), ...(level && { level }) } as Result;
    const rules = new RuleLookup(run);
    expect(effectiveLevel(result, rules.find(result), run, rules)).toBe(expected);
    const { results } = await normalizedResults(run, [result]);
    expect(results[0]?.level).toBe(expected);
  });

  test('null is no level, and is reported', async () => {
    const run = runWith({}, [{ id: 'R1', defaultConfiguration: { level: 'error' } }]);
    const { results, diagnostics } = await normalizedResults(run, [{ ruleId: 'R1', message: text, level: null }]);
    expect(results[0]?.level).toBe('error');
    expect(diagnostics.map(({ ruleId }) => ruleId)).toContain('SF-S202');
  });

  test('an override counts only for the invocation that the result belongs to', () => {
    const run = runWith({
      invocations: [override('error'), { executionSuccessful: true }] as NonNullable<Run['invocations']>,
    });
    const rules = new RuleLookup(run);
    const levelOf = (result: Result) => effectiveLevel(result, rules.find(result), run, rules);
    expect(levelOf({ ruleId: 'R1', message: text })).toBe('warning');
    expect(levelOf({ ruleId: 'R1', message: text, provenance: { invocationIndex: 0 } })).toBe('error');
    expect(levelOf({ ruleId: 'R1', message: text, provenance: { invocationIndex: 1 } })).toBe('warning');
  });
});

describe('the text of a message (section 3.11)', () => {
  const rule = {
    id: 'R1',
    shortDescription: { text: 'Short.' },
    messageStrings: { here: { text: "Use '{0}', not {{1}}." } },
  };
  const run = runWith({
    tool: { driver: { name: 'T', rules: [rule], globalMessageStrings: { there: { text: 'Global {0}' } } } },
  });
  const rules = new RuleLookup(run);
  const textOf = (message: object) => {
    const result = { ruleId: 'R1', message } as Result;
    return resultText(result, rules.find(result), run);
  };

  test.each([
    [{ text: '{0} {{x}} {1}', arguments: ['a'] }, 'a {x} {1}'],
    [{ text: 'use {{ x }}' }, 'use {{ x }}'],
    [{ text: '{0}', arguments: ['{0}'] }, '{0}'],
    [{ id: 'here', arguments: ['const'] }, "Use 'const', not {1}."],
    [{ id: 'there', arguments: ['y'] }, 'Global y'],
    [{ id: 'constructor' }, 'Short.'],
    [{ text: ' ' }, 'Short.'],
  ])('%j reads %j', (message, expected) => expect(textOf(message)).toBe(expected));
});

describe('the rule of a result (section 3.27.5)', () => {
  const found = (rules: object[], result: object) => {
    const { descriptor, index, ruleId, by } = new RuleLookup(runWith({}, rules)).find({
      message: text,
      ...result,
    } as Result);
    return { id: descriptor?.id, index, ruleId, by };
  };

  test.each([
    [{ ruleId: 'abc/def/ghi' }, { id: 'abc/def', index: 0, ruleId: 'abc/def/ghi', by: 'prefix' }],
    [{ ruleId: 'abc/defg' }, { id: undefined, index: -1, ruleId: 'abc/defg', by: 'none' }],
    [{ ruleIndex: 0 }, { id: 'abc/def', index: 0, ruleId: 'abc/def', by: 'index' }],
    [
      { ruleId: 'abc/def/x', ruleIndex: 0 },
      { id: 'abc/def', index: 0, ruleId: 'abc/def/x', by: 'index' },
    ],
  ])('%j is found as %j', (result, expected) => expect(found([{ id: 'abc/def' }], result)).toEqual(expected));

  test('an id beats an index that points to another rule', () => {
    const rules = [{ id: 'R1' }, { id: 'R2' }];
    expect(found(rules, { ruleId: 'R1', ruleIndex: 1 })).toEqual({ id: 'R1', index: 0, ruleId: 'R1', by: 'conflict' });
  });

  test('a reference names its extension by index, guid or name', () => {
    const guid = '7a3f1f9e-8d1c-4a6e-9a53-0006961f3e50';
    const run = runWith({
      tool: { driver: { name: 'T', rules: [{ id: 'D' }] }, extensions: [{ name: 'E', guid, rules: [{ id: 'X' }] }] },
    });
    const rules = new RuleLookup(run);
    for (const toolComponent of [{ index: 0 }, { guid: guid.toUpperCase() }, { name: 'E' }]) {
      const { component, descriptor } = rules.find({ message: text, rule: { index: 0, toolComponent } });
      expect({ component, id: descriptor?.id }).toEqual({ component: 0, id: 'X' });
    }
    expect(rules.find({ message: text, ruleId: 'X' }).component).toBe(0);
  });
});

describe('paths (sections 3.4, 3.10, 3.14.14)', () => {
  const pathOf = (uri: string, uriBaseId?: string, originalUriBaseIds?: Run['originalUriBaseIds'], root?: string) =>
    new RepositoryPaths(runWith(originalUriBaseIds ? { originalUriBaseIds } : {}), root).of({
      uri,
      ...(uriBaseId && { uriBaseId }),
    });

  test('a cycle of bases is unresolved', () => {
    const bases = { A: { uri: 'x/', uriBaseId: 'B' }, B: { uri: 'y/', uriBaseId: 'A' } };
    expect(pathOf('c.c', 'A', bases)?.scope).toBe('unresolved');
  });

  test('a base without a slash at its end gets one', () => {
    expect(pathOf('c.c', 'S', { S: { uri: 'file:///a/b' } })).toEqual({ path: 'c.c', scope: 'repository' });
    expect(pathOf('file:///a/b/c.c', undefined, { S: { uri: 'file:///a/b' } })).toEqual({
      path: 'c.c',
      scope: 'repository',
    });
    expect(pathOf('file:///a/bc/c.c', undefined, { S: { uri: 'file:///a/b' } })?.scope).toBe('absolute');
  });

  test.each([
    ['C:/x/y.c', 'file:///C:/x/y.c', 'absolute'],
    ['C:\\x\\y.c', 'file:///C:/x/y.c', 'absolute'],
    ['\\\\host\\share\\y.c', 'file://host/share/y.c', 'absolute'],
    ['file://C:/x/y.c', 'file:///C:/x/y.c', 'absolute'],
    ['a b#1.c', 'a%20b#1.c', 'repository'],
    ['src\\a.c', 'src/a.c', 'repository'],
    ['./src//./a.c', 'src/a.c', 'repository'],
    ['../a.c', '../a.c', 'repository'],
    ['größe.c', 'gr%C3%B6%C3%9Fe.c', 'repository'],
    ['100%.c', '100%25.c', 'repository'],
    ['https://example.org/a.js', 'https://example.org/a.js', 'remote'],
  ])('%s is %s (%s)', (uri, path, scope) => expect(pathOf(uri)).toEqual({ path, scope }));

  test('a base that nobody declares means the repository by convention', () => {
    expect(pathOf('src/a.c', '%SRCROOT%')).toEqual({ path: 'src/a.c', scope: 'repository' });
    expect(pathOf('src/a.c', 'ELSEWHERE')?.scope).toBe('unresolved');
  });

  test('a base below the root contributes its part', () => {
    const bases = { ROOT: { uri: 'file:///ci/shop/' }, WEB: { uri: 'web/', uriBaseId: 'ROOT' } };
    expect(pathOf('a.js', 'WEB', bases)).toEqual({ path: 'web/a.js', scope: 'repository' });
  });

  test('the checkout root comes off', () => {
    expect(pathOf('/ci/shop/src/a.c', undefined, undefined, '/ci/shop')).toEqual({
      path: 'src/a.c',
      scope: 'repository',
    });
  });
});

describe('what a validator must not pass over in silence', () => {
  test.each([
    ['level', 'critical', 'SF-S205'],
    ['kind', 'vuln', 'SF-S205'],
    ['baselineState', 'zzz', 'SF-S205'],
    ['suppressions', [{ kind: 'zzz' }], 'SF-S205'],
    ['level', null, 'SF-S202'],
    ['provenance', { firstDetectionTimeUtc: 'yesterday' }, 'SF-S210'],
  ])('%s: %j', async (member, value, ruleId) => {
    const { diagnostics } = await normalizedResults(runWith(), [
      { ruleId: 'R1', message: text, [member]: value, rank: 200 },
    ]);
    const ids = diagnostics.map((diagnostic) => diagnostic.ruleId);
    expect(ids).toContain(ruleId);
    expect(ids).toContain('SF-S206');
  });
});
