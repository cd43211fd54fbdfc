import { describe, expect, test } from 'vitest';
import { ReadError } from '../json/read-error.ts';
import { reusedSource } from '../json/test-support/cuts.ts';
import { readSarif } from './read-sarif.ts';

const encoder = new TextEncoder();

async function errorOf(text: string, size = 1000): Promise<ReadError | undefined> {
  try {
    for await (const event of readSarif(reusedSource(encoder.encode(text), [size]))) expect(event.type).toBeDefined();
  } catch (error) {
    expect(error).toBeInstanceOf(ReadError);
    return error as ReadError;
  }
  return undefined;
}

describe('a report in a format of its own is called by its name', () => {
  test.each<[string, object, string]>([
    ['Semgrep', { version: '1.90.0', results: [], errors: [], paths: { scanned: [] } }, 'sariflow convert'],
    ['Semgrep', { errors: [], results: [], version: '1.0.0' }, 'sariflow convert'],
    ['Snyk', { ok: false, vulnerabilities: [], packageManager: 'npm' }, 'sariflow convert'],
    ['SonarQube issues', { paging: {}, issues: [] }, 'sariflow convert'],
    ['Veracode pipeline scan', { scan_status: 'SUCCESS', findings: [] }, 'sariflow convert'],
    ['JFrog Xray', { total_rows: 0, rows: [] }, 'sariflow convert'],
    ['Trivy', { SchemaVersion: 2, ArtifactName: '.', Results: [] }, 'option for SARIF'],
    ['Bandit', { errors: [], generated_at: '', metrics: {}, results: [] }, 'option for SARIF'],
    ['CycloneDX', { bomFormat: 'CycloneDX', version: 1 }, 'option for SARIF'],
  ])('%s', async (name, document, advice) => {
    const error = await errorOf(` ${JSON.stringify(document)}`);
    expect(error).toMatchObject({ code: 'SF-P117', diagnostic: { pointer: '', place: { byteOffset: 1, column: 2 } } });
    expect(error?.message).toContain(name);
    expect(error?.message).toContain(advice);
  });

  test.each<[string, string, string]>([
    ['an HTML page', '\n<!DOCTYPE html>\n<html></html>', 'Get the log again.'],
    ['an HTML page', '<HTML><body>502</body>', 'Get the log again.'],
    ['a JUnit report', '<?xml version="1.0"?>\n<testsuites/>', 'option for SARIF'],
    ['an XML document', '<?xml version="1.0"?><a/>', 'option for SARIF'],
  ])('%s: %j', async (title, text, advice) => {
    for (const size of [1, 1000]) {
      const error = await errorOf(text, size);
      expect(error).toMatchObject({ code: 'SF-P117', diagnostic: { place: { byteOffset: text.indexOf('<') } } });
      expect(error?.message).toContain(title);
      expect(error?.message).toContain(advice);
    }
  });
});

test.each<[string, string | undefined]>([
  // What may be meant as a log is checked as one.
  ['{}', undefined],
  ['{"results":[]}', undefined],
  ['{"runs":[],"results":[],"errors":[],"paths":{}}', undefined],
  ['{"version":"2.1.0","results":[],"errors":[]}', undefined],
  ['{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","results":[],"errors":[],"paths":{}}', undefined],
  ['{"a":<b>}', 'SF-P105'],
  ['plain text', 'SF-P105'],
  ['[{"bomFormat":"CycloneDX"}]', 'SF-P115'],
])('%s is not taken for another format', async (text, code) => {
  expect((await errorOf(text))?.code).toBe(code);
});
