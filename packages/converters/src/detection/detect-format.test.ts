import { gzipSync } from 'node:zlib';
import { ReadError } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { convert } from '../convert.ts';
import { detectFormat } from './detect-format.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const detect = (value: unknown) => detectFormat(bytesOf(typeof value === 'string' ? value : JSON.stringify(value)));

describe('formats by their top level', () => {
  test.each([
    ['sarif', { version: '2.1.0', runs: [] }],
    ['sarif', { runs: [] }],
    ['semgrep', { results: [{ check_id: 'a' }], errors: [] }],
    ['semgrep', { errors: [{ type: 'Timeout' }], paths: { scanned: [] }, results: [] }],
    ['semgrep', { results: [], errors: [] }],
    ['semgrep', { findings: [{ id: 1, match_based_id: 'x' }] }],
    ['semgrep', { vulns: [{ title: 't', advisory: {} }], hasMore: false }],
    ['cyclonedx', { bomFormat: 'CycloneDX', components: [] }],
    ['trivy', { SchemaVersion: 2, ArtifactName: 'alpine', Results: [] }],
    ['sonarqube', { paging: {}, issues: [] }],
    ['sonarqube', [{ key: 'k', component: 'c', rule: 'r' }]],
    ['snyk', { vulnerabilities: [], packageManager: 'npm', ok: true }],
    ['snyk', [{ vulnerabilities: [], packageManager: 'npm' }]],
    ['snyk', { ok: false, error: 'no', path: '.' }],
    ['veracode', { scan_status: 'SUCCESS', findings: [] }],
    ['veracode', { findings: [{ scan_type: 'STATIC' }] }],
    ['jfrog', { total_rows: 1, rows: [] }],
    ['jfrog', [{ scan_id: 'x', vulnerabilities: [] }]],
  ])('%s %#', async (format, document) => expect((await detect(document)).format).toBe(format));
});

describe('files that are no JSON report', () => {
  test.each([
    ['html', '<!DOCTYPE html><html>'],
    ['html', '\n<html><body>502'],
    ['junit', '<?xml version="1.0"?><!-- a > b --><testsuites/>'],
    ['veracode', '<?xml version="1.0"?>\n<detailedreport xmlns="https://www.veracode.com/schema/reports/export/1.0"/>'],
    ['xml', '<!DOCTYPE x [<!ENTITY a "b">]><checkstyle/>'],
    ['veracode', 'Issue ID,Issue type,Status\n1,Vulnerability,Open'],
    ['veracode', '\uFEFF"Issue ID";"Issue type"\r\n1;Vulnerability'],
    ['text', 'Issue,Status\n1,Open'],
    ['ndjson', '{"check_id":"a"}\n{"check_id":"b"}'],
    ['text', 'Could not detect supported target files'],
    ['empty', ' \n'],
  ])('%s: %j', async (format, text) => expect((await detect(text)).format).toBe(format));

  test('gzip and what is neither UTF-8 nor UTF-16 by their bytes', async () => {
    expect((await detectFormat(gzipSync('{}'))).format).toBe('gzip');
    expect((await detectFormat(new Uint8Array([0, 0, 0xfe, 0xff, 0, 0, 0, 0x7b]))).format).toBe('utf-16');
  });

  // Read again from the start for each, they would take longer than a test may.
  test('a prolog of very many comments is read', async () => {
    expect((await detect(`<?xml version="1.0"?>${'<!---->'.repeat(9_000)}`)).format).toBe('xml');
  });
});

test.each(['1.0.0', '2.0.0-csd.2.beta.2019-01-24'])(
  'SARIF %s is called by its version and not converted',
  async (version) => {
    const log = bytesOf(JSON.stringify({ runs: [{ tool: { name: 'T' }, results: [{ ruleId: 'a' }] }], version }));
    expect(await detectFormat(log)).toMatchObject({
      format: 'sarif',
      title: `SARIF ${version}`,
      olderVersion: version,
    });
    await expect(convert(log)).rejects.toThrow(
      /^This is SARIF .* which cannot be converted\. Have the tool write 2\.1\.0/,
    );
  },
);

describe('documents of an unknown format', () => {
  test('say what they are nearest to, and what is missing', async () => {
    const { format, because } = await detect({ violations: [], watches: [] });
    expect(format).toBe('unknown');
    expect(because).toMatch(/^it has "violations", "watches"; it is nearest to /);
    expect(because).toContain('JFrog Xray violations, and lacks "total_violations"');
  });

  test('name all formats that they fit', async () => {
    const { format, candidates } = await detect({ findings: [] });
    expect(format).toBe('unknown');
    expect(candidates).toEqual(['semgrep', 'veracode']);
  });

  test('results without check_id are nearest to Semgrep', async () => {
    expect((await detect({ results: [{ id: 1 }] })).because).toContain(
      'nearest to Semgrep JSON, and lacks "results[].check_id"',
    );
  });

  test('an empty object and an empty array are nothing in particular', async () => {
    expect((await detect({})).because).toContain('empty object');
    expect((await detect([])).because).toContain('array');
  });
});

test('a file with a long beginning is recognised from its top level', async () => {
  const errors = Array.from({ length: 5_000 }, (_, n) => ({ type: 'Timeout', message: `no ${n}` }));
  expect((await detect({ errors, results: [{ check_id: 'a' }] })).format).toBe('semgrep');
});

test('only the beginning is read where that is enough', async () => {
  let asked = 0;
  const source = {
    async *stream() {
      yield bytesOf('{"results":[{"check_id":"a"},');
      for (; asked < 1_000; asked += 1) yield bytesOf(`{"check_id":"${'x'.repeat(10_000)}"},`);
    },
  };
  expect((await detectFormat(source)).format).toBe('semgrep');
  expect(asked).toBeLessThan(10);
});

test('a byte order mark does not disturb', async () => {
  expect((await detect('\uFEFF{"version":"2.1.0","runs":[]}')).format).toBe('sarif');
});

test('member names of the prototype are names like others', async () => {
  expect((await detect('{"__proto__":{"runs":[]},"constructor":1,"toString":[]}')).format).toBe('unknown');
});

describe('a damaged report is still what it is', () => {
  test.each([
    ['its end is missing', '{"paths":{"scanned":[]},"results":[{"check_id":"a"'],
    [
      'its end is missing, and its beginning is long',
      `{"errors":[${'{"type":"Timeout"},'.repeat(5_000)}{}],"results":[{"check_id":"a"},{`,
    ],
    ['its first finding is none', '{"results":[null,7,{"check_id":"a"}]}'],
    [
      'its first finding is not JSON',
      `{"errors":[${'{"type":"Timeout"},'.repeat(5_000)}{}],"results":[{"check_id":x},{"check_id":"a"}]}`,
    ],
    ['something behind its findings is broken', '{"results":[{"check_id":"a"}],"errors":x}'],
  ])('%s', async (_, text) => expect((await detect(text)).format).toBe('semgrep'));

  test('when too little is left, the place is told at which it breaks off', async () => {
    await expect(detect('{"version":"1.0.0","resu')).rejects.toMatchObject({ code: 'SF-P106' });
  });
});

test('a file that fits two formats is taken for the first, and the other is named', async () => {
  const { format, because, candidates } = await detect({ version: '2.1.0', runs: [], bomFormat: 'CycloneDX' });
  expect(format).toBe('sarif');
  expect(because).toContain('it could also be a CycloneDX bill of materials, as it has "bomFormat"');
  expect(candidates).toEqual(['sarif', 'cyclonedx']);
});

test('broken JSON is a read error, with its place', async () => {
  await expect(detect('{"errors": [}')).rejects.toBeInstanceOf(ReadError);
});

test('a stream that can be read once is accepted', async () => {
  const stream = new Blob(['{"version":"2.1.0","runs":[]}']).stream();
  expect((await detectFormat(stream)).format).toBe('sarif');
});

describe('a document whose elements are as long as itself', () => {
  const filler = 'x'.repeat(1000);
  const findings = Array.from({ length: 5000 }, (_, index) => ({ check: `c${index}`, message: { text: filler } }));

  test('is told by the beginning of the first one, and the rest is not parsed', async () => {
    const runs = [{ results: findings, tool: { driver: { name: 'T' } } }];
    const bytes = new TextEncoder().encode(JSON.stringify({ runs, version: '2.1.0' }));
    expect(await detectFormat(bytes)).toMatchObject({ format: 'sarif' });
    const projects = [{ ok: false, projectName: 'shop', packageManager: 'npm', vulnerabilities: findings }];
    expect(await detectFormat(new TextEncoder().encode(JSON.stringify(projects)))).toMatchObject({ format: 'snyk' });
  });
});
