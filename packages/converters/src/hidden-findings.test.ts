import { expect, test } from 'vitest';
import { convertToLog } from './test-support/convert-to-log.ts';

const issue = { id: 'SNYK-CC-1', title: 'Open', severity: 'low' };
const check = { id: 'SNYK-CC-2', title: 'Closed', severity: 'low' };
const hotspot = { key: 'H', component: 'shop:a.rb', message: 'Look here.', status: 'TO_REVIEW' };
const flaw = '<flaw issueid="1" cweid="89" severity="3" sourcefile="A.java" line="1"/>';
const compliance = (controlCheck: readonly object[]) => ({
  apiVersion: 'aquasecurity.github.io/v1alpha1',
  kind: 'ClusterComplianceReport',
  status: { summaryReport: { controlCheck } },
});
const detailed = (list: string) =>
  `<detailedreport><severity><category><cwe><staticflaws>${list}</staticflaws></cwe></category></severity></detailedreport>`;
const components = (list: string) =>
  `<detailedreport><software_composition_analysis><vulnerable_components>${list}</vulnerable_components></software_composition_analysis></detailedreport>`;

// Each report is recognised by what is left of it, and has findings, or what was one, where nothing looks for them.
test.each([
  ['snyk', 'a list under another name', { infraIssues: [issue], infrastructureAsCodeSuccesses: [check] }, 'SF-K107'],
  ['snyk', 'applications under another name', { vulnerabilities: [], apps: [{ vulnerabilities: [issue] }] }, 'SF-K107'],
  ['sonarqube', 'a hotspot without its rule', hotspot, 'SF-K101'],
  ['trivy', 'a control that says under another name whether it failed', compliance([{ id: '1', fails: 7 }]), 'SF-K103'],
  ['jfrog', 'an alert without its issues', { alerts: [{}], total_alerts: 1 }, 'SF-K103'],
  ['jfrog', 'an artifact without anything', { artifacts: [{}] }, 'SF-K103'],
  ['veracode', 'a record without vulnerabilities', { records: [{ graphs: [], libraries: [] }] }, 'SF-K103'],
  ['veracode', 'no list of vulnerabilities', { records: [{ libraries: [], vulnerabilities: 0 }] }, 'SF-K102'],
  ['veracode', 'a flaw under another name', detailed(`${flaw}${flaw.replace('flaw', 'fliw')}`), 'SF-K204'],
  ['veracode', 'what is left of a flaw', detailed(` ${flaw.slice(7)} ${flaw}`), 'SF-K204'],
  ['veracode', 'what is left of the last flaw', detailed(`${flaw} ${flaw.slice(7)}\n`), 'SF-K204'],
  ['veracode', 'a component under another name', components('<compinent component_id="1"/>'), 'SF-K204'],
  [
    'veracode',
    'a vulnerability under another name',
    components(
      '<component component_id="1"><vulnerabilities><vuln cve_id="CVE-2020-1"/></vulnerabilities></component>',
    ),
    'SF-K204',
  ],
  [
    'semgrep',
    'two findings that became one',
    '{"results":[{"check_id":"a","path":"a.py","check_id":"b","path":"b.py"}],"errors":[]}',
    'SF-K202',
  ],
] as const)('%s: %s is told', async (from, _what, report, ruleId) => {
  const text = typeof report === 'string' ? report : JSON.stringify(report);
  const { diagnostics } = await convertToLog(new TextEncoder().encode(text), { from });
  expect(diagnostics.map((diagnostic) => diagnostic.ruleId)).toContain(ruleId);
});
