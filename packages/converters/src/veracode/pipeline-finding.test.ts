import { expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';

test.each([
  [{ cwe_id: '78', issue_type: 'Injection', issue_type_id: 'taint' }, 'CWE-78'],
  [{ cwe_id: '0', issue_type: 'Injection', issue_type_id: 'taint' }, 'Injection'],
  [{ cwe_id: null, issue_type: null, issue_type_id: 'taint' }, 'taint'],
])('the rule of %j is %s', async (names, ruleId) => {
  const findings = [{ ...names, severity: 4, display_text: 'x', files: { source_file: { file: 'a.c', line: 1 } } }];
  const report = new TextEncoder().encode(JSON.stringify({ scan_status: 'SUCCESS', findings }));
  expect((await convertToLog(report)).results.map((result) => result.ruleId)).toEqual([ruleId]);
});
