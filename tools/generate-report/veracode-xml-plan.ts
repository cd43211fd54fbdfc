import { advice, identifiers, sinks, sources, weaknesses } from '../generate-log/vocabulary.ts';
import { pathOf, timeOf } from './places.ts';
import type { ReportPlan } from './report-plan.ts';

/** A detailed report in XML, all flaws in one category. */
export const veracodeXmlPlan: ReportPlan = {
  ending: '.xml',
  head: `<?xml version="1.0" encoding="UTF-8"?>
<detailedreport xmlns="https://www.veracode.com/schema/reports/export/1.0" report_format_version="1.5" app_name="shop" app_id="12" analysis_id="1" static_analysis_unit_id="2" version="1" generation_date="2025-06-01 10:02:01 UTC">
 <static-analysis rating="B" score="80" submitted_date="2025-06-01 10:00:00 UTC"/>
 <severity level="4"><category categoryid="18" categoryname="Command or Argument Injection" pcirelated="true">
  <desc><para text="Commands are built from values."/></desc><recommendations><para text="Check the values."/></recommendations>
  <cwe cweid="78" cwename="OS Command Injection"><staticflaws>
`,
  tail: '\n  </staticflaws></cwe></category></severity>\n</detailedreport>\n',
  separator: '\n',
  findingsAt: ['flaw'],
  finding(random, index) {
    const name = random.pick(identifiers);
    const text = `The value of ${name} comes from ${random.pick(sources)} and reaches ${random.pick(sinks)}. ${random.pick(advice)}`;
    const time = `${timeOf(random).replace('T', ' ')} UTC`;
    const attributes = {
      severity: '4',
      categoryname: 'Command or Argument Injection',
      categoryid: '18',
      count: '1',
      issueid: String(index + 1),
      module: 'shop.jar',
      type: 'java.lang.Runtime.exec',
      description: text,
      note: '',
      cweid: String(random.pick(weaknesses)),
      remediationeffort: '3',
      exploitLevel: '1',
      pcirelated: 'true',
      date_first_occurrence: time,
      remediation_status: 'Open',
      cia_impact: 'cip',
      grace_period_expires: time,
      affects_policy_compliance: 'true',
      mitigation_status: 'none',
      mitigation_status_desc: 'Not Mitigated',
      sourcefile: pathOf(random).split('/').at(-1) as string,
      line: String(1 + random.below(3_000)),
      sourcefilepath: 'shop/web/',
      scope: 'shop.web.Cart',
      functionprototype: `void ${name}(java.lang.String)`,
      functionrelativelocation: String(random.below(100)),
    };
    return `   <flaw ${Object.entries(attributes)
      .map(([key, value]) => `${key}="${escapeAttribute(value)}"`)
      .join(' ')}/>`;
  },
};

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
