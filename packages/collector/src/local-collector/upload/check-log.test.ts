import { describe, expect, test } from 'vitest';
import { sampleLog } from '../test-support/sample-log.ts';
import { checkLog } from './check-log.ts';
import { schemaCheck } from './schema-check.ts';
import { severityOf } from './severity.ts';

// biome-ignore lint/suspicious/noExplicitAny: each test breaks the sample in its own way
type Breakable = any;

function verdictOn(change: (log: Breakable) => void, results = [{}, { line: 2 }]) {
  const log: Breakable = sampleLog(results);
  change(log);
  return checkLog(log, schemaCheck);
}

test('a complete log is taken without a remark', () => {
  expect(verdictOn(() => {})).toMatchObject({
    status: 'INGESTED',
    skipped: 0,
    message: '2 findings will be ingested',
    findings: [
      { tool: 'Sample Scanner', level: 'error', severity: 'HIGH', uri: 'src/app.ts', startLine: 1 },
      { startLine: 2 },
    ],
  });
});

test('no results: taken, nothing to ingest', () => {
  expect(verdictOn(() => {}, [])).toMatchObject({
    status: 'INGESTED',
    findings: [],
    message: '0 findings will be ingested',
  });
});

describe('INVALID', () => {
  test.each<[string, (log: Breakable) => void, string]>([
    [
      'another version',
      (log) => {
        log.version = '2.0.0';
      },
      '/version',
    ],
    [
      'no version',
      (log) => {
        delete log.version;
      },
      '/version',
    ],
    [
      'no runs',
      (log) => {
        delete log.runs;
      },
      '/runs',
    ],
    [
      'an empty list of runs',
      (log) => {
        log.runs = [];
      },
      '/runs',
    ],
    [
      'a run that is null',
      (log) => {
        log.runs = [null];
      },
      '/runs/0',
    ],
    [
      'no tool',
      (log) => {
        delete log.runs[0].tool;
      },
      '/runs/0/tool/driver/name',
    ],
    [
      'an empty tool name',
      (log) => {
        log.runs[0].tool.driver.name = '';
      },
      '/runs/0/tool/driver/name',
    ],
    [
      'no rules',
      (log) => {
        delete log.runs[0].tool.driver.rules;
      },
      '/runs/0/tool/driver/rules',
    ],
    [
      'a rule without an id',
      (log) => {
        log.runs[0].tool.driver.rules.push({});
      },
      '/runs/0/tool/driver/rules/1/id',
    ],
    [
      'no results',
      (log) => {
        delete log.runs[0].results;
      },
      '/runs/0/results',
    ],
    [
      'results that are null',
      (log) => {
        log.runs[0].results = null;
      },
      '/runs/0/results',
    ],
    [
      'no result that survives',
      (log) => {
        for (const result of log.runs[0].results) delete result.message;
      },
      'None of the 2 results',
    ],
  ])('%s', (_, change, named) => {
    const verdict = verdictOn(change);
    expect(verdict.status).toBe('INVALID');
    expect(verdict.message).toContain(named);
  });

  test.each([[null], ['text'], [7], [[]]])('%j is no log', (value) => {
    expect(checkLog(value, schemaCheck).status).toBe('INVALID');
  });
});

describe('a result is skipped, and the rest taken', () => {
  test.each<[string, (result: Breakable) => void, string]>([
    [
      'no ruleId',
      (result) => {
        delete result.ruleId;
      },
      '/ruleId',
    ],
    [
      'a ruleId without a rule',
      (result) => {
        result.ruleId = 'other';
      },
      '/ruleId',
    ],
    [
      'a ruleId with a sub-rule',
      (result) => {
        result.ruleId = 'sample-rule/1';
      },
      '/ruleId',
    ],
    [
      'a ruleId that every object inherits',
      (result) => {
        result.ruleId = 'constructor';
      },
      '/ruleId',
    ],
    [
      'no message',
      (result) => {
        delete result.message;
      },
      '/message/text',
    ],
    [
      'a message with only an id',
      (result) => {
        result.message = { id: 'default' };
      },
      '/message/text',
    ],
    [
      'an unknown level',
      (result) => {
        result.level = 'critical';
      },
      '/level',
    ],
    [
      'a level that is null',
      (result) => {
        result.level = null;
      },
      '/level',
    ],
    [
      'no locations',
      (result) => {
        delete result.locations;
      },
      '/locations/0',
    ],
    [
      'an empty list of locations',
      (result) => {
        result.locations = [];
      },
      '/locations/0',
    ],
    [
      'no uri',
      (result) => {
        result.locations[0].physicalLocation.artifactLocation = { index: 0 };
      },
      '/artifactLocation/uri',
    ],
    [
      'a leading slash',
      (result) => {
        result.locations[0].physicalLocation.artifactLocation.uri = '/etc/passwd';
      },
      '/artifactLocation/uri',
    ],
    [
      'a file: URI',
      (result) => {
        result.locations[0].physicalLocation.artifactLocation.uri = 'file:///src/a.ts';
      },
      '/artifactLocation/uri',
    ],
    [
      'a drive letter',
      (result) => {
        result.locations[0].physicalLocation.artifactLocation.uri = 'C:\\src\\a.ts';
      },
      '/artifactLocation/uri',
    ],
    [
      'no region',
      (result) => {
        delete result.locations[0].physicalLocation.region;
      },
      '/region/startLine',
    ],
    [
      'line 0',
      (result) => {
        result.locations[0].physicalLocation.region.startLine = 0;
      },
      '/region/startLine',
    ],
    [
      'half a line',
      (result) => {
        result.locations[0].physicalLocation.region.startLine = 1.5;
      },
      '/region/startLine',
    ],
    [
      'a line beyond all numbers',
      (result) => {
        result.locations[0].physicalLocation.region.startLine = 1e300;
      },
      '/region/startLine',
    ],
    [
      'a line as text',
      (result) => {
        result.locations[0].physicalLocation.region.startLine = '3';
      },
      '/region/startLine',
    ],
  ])('%s', (_, change, pointer) => {
    const verdict = verdictOn((log) => change(log.runs[0].results[0]));
    expect(verdict).toMatchObject({ status: 'PARTIALLY_VALID', skipped: 1, findings: [{ startLine: 2 }] });
    expect(verdict.message).toMatch(/^1 findings will be ingested; 1 results were skipped\. \/runs\/0\/results\/0/);
    expect(verdict.message).toContain(pointer);
  });

  test('a result that is no object', () => {
    expect(
      verdictOn((log) => {
        log.runs[0].results[0] = null;
      }),
    ).toMatchObject({ status: 'PARTIALLY_VALID', skipped: 1 });
  });

  test('only the first few are named, all are counted', () => {
    const verdict = verdictOn((log) => {
      for (const result of log.runs[0].results.slice(1)) delete result.ruleId;
    }, Array(50).fill({}));
    expect(verdict).toMatchObject({ status: 'PARTIALLY_VALID', skipped: 49 });
    expect(verdict.message).toContain('And 44 more.');
    expect(verdict.message.length).toBeLessThan(500);
  });
});

describe('the schema', () => {
  test('a result that breaks it is skipped', () => {
    const verdict = verdictOn((log) => {
      log.runs[0].results[1].rank = 'high';
    });
    expect(verdict).toMatchObject({ status: 'PARTIALLY_VALID', skipped: 1 });
    expect(verdict.message).toContain('/runs/0/results/1/rank breaks the schema (SF-S201)');
  });

  test('a header that breaks it makes the log invalid', () => {
    const verdict = verdictOn((log) => {
      log.runs[0].artifacts = 'none';
    });
    expect(verdict.status).toBe('INVALID');
    expect(verdict.message).toContain('/runs/0/artifacts breaks the schema');
  });
});

describe('PARTIALLY_VALID for what is missing', () => {
  test.each<[string, (log: Breakable) => void, string]>([
    [
      'level',
      (log) => {
        delete log.runs[0].results[0].level;
        delete log.runs[0].tool.driver.rules[0].defaultConfiguration;
      },
      '1 lack a level',
    ],
    [
      'CWE',
      (log) => {
        log.runs[0].tool.driver.rules[0].properties.tags = ['external/cwe/cwe-079', 'cwe-79', 'CWE-'];
      },
      '2 lack a CWE tag',
    ],
    [
      'description',
      (log) => {
        delete log.runs[0].tool.driver.rules[0].shortDescription;
      },
      '2 lack a description',
    ],
  ])('%s', (_, change, remark) => {
    const verdict = verdictOn(change);
    expect(verdict).toMatchObject({ status: 'PARTIALLY_VALID', skipped: 0 });
    expect(verdict.message).toContain(remark);
  });
});

describe('severity and level', () => {
  test('the mapping', () => {
    expect(severityOf).toEqual({ error: 'HIGH', warning: 'MEDIUM', note: 'LOW', none: 'HIGH', absent: 'HIGH' });
  });

  test.each([
    ['error', 'note', 'error', 'HIGH'],
    ['note', 'error', 'note', 'LOW'],
    ['none', 'note', 'none', 'HIGH'],
    [undefined, 'warning', 'warning', 'MEDIUM'],
    [undefined, 'none', 'none', 'HIGH'],
    [undefined, undefined, 'absent', 'HIGH'],
  ])('level %s, rule default %s: %s, %s', (level, ruleDefault, expected, severity) => {
    const verdict = verdictOn((log) => {
      log.runs[0].results = sampleLog([{ level }]).runs[0]?.results;
      log.runs[0].tool.driver.rules[0].defaultConfiguration =
        ruleDefault === undefined ? undefined : { level: ruleDefault };
      log.runs[0] = JSON.parse(JSON.stringify(log.runs[0]));
    });
    expect(verdict).toMatchObject({ findings: [{ level: expected, severity }] });
  });
});

test('rules of extensions and of other runs of the file count; the own driver comes first', () => {
  const verdict = verdictOn((log) => {
    const other = sampleLog(
      [{ ruleId: 'of-extension' }, { ruleId: 'of-other-run' }, { ruleId: 'shared', level: undefined }],
      'Second',
    ).runs[0] as Breakable;
    other.tool.extensions = [
      { name: 'pack', rules: [{ id: 'of-extension' }, { id: 'shared', defaultConfiguration: { level: 'note' } }] },
    ];
    log.runs[0].tool.driver.rules.push(
      { id: 'of-other-run' },
      { id: 'shared', defaultConfiguration: { level: 'error' } },
    );
    log.runs.push(JSON.parse(JSON.stringify(other)));
  }, []);
  expect(verdict).toMatchObject({ skipped: 0, findings: [{ tool: 'Second' }, {}, { level: 'note' }] });
});

test('`__proto__` and its like are data', () => {
  const text = JSON.stringify(sampleLog()).replace(
    '"level":"error"',
    '"level":"error","__proto__":{"polluted":true,"level":"note"},"constructor":1',
  );
  const verdict = checkLog(JSON.parse(text), schemaCheck);
  expect(verdict).toMatchObject({ findings: [{ level: 'error' }] });
  expect(({} as Breakable).polluted).toBeUndefined();
  const inherited = checkLog(JSON.parse(`{"__proto__":${JSON.stringify(sampleLog())}}`), schemaCheck);
  expect(inherited.status).toBe('INVALID');
});
