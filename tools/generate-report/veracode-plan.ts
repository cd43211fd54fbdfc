import { advice, identifiers, sinks, sources, topics, weaknesses } from '../generate-log/vocabulary.ts';
import { pathOf } from './places.ts';
import type { ReportPlan } from './report-plan.ts';

/** The results of a pipeline scan: a fifth of the flaws with a stack of frames. */
export const veracodePlan: ReportPlan = {
  ending: '.json',
  head: '{"scan_id":"3f0c0f4e-0000-4000-8000-000000000000","scan_status":"SUCCESS","message":"Scan successful.","modules":["shop.jar"],"modules_count":1,"findings":[',
  tail: '],"pipeline_scan":"25.10.0-0","dev_stage":"DEVELOPMENT"}',
  separator: ',',
  findingsAt: ['findings'],
  finding(random, index) {
    const weakness = random.pick(weaknesses);
    const file = pathOf(random);
    const line = 1 + random.below(3_000);
    const name = random.pick(identifiers);
    const frame = (n: number) => ({
      FrameId: String(n),
      FunctionName: name,
      SourceFile: file,
      SourceLine: String(line + n),
      SourceFileId: '7',
      StatementText: {},
      VarNames: `/**X-VC scoperef="1" */${name}`,
      QualifiedFunctionName: `shop.web.${name}`,
      FunctionPrototype: `void ${name}(java.lang.String)`,
      Scope: 'shop.web.Cart',
      RelativeLocation: String(random.below(100)),
    });
    return JSON.stringify({
      title: 'java.lang.Runtime.exec',
      issue_id: 1_000 + index,
      gob: 'B',
      severity: random.below(6),
      issue_type_id: 'taint',
      issue_type: `Improper ${random.pick(topics)}`,
      cwe_id: String(weakness),
      display_text: `<span>The value of ${name} comes from ${random.pick(sources)} and reaches ${random.pick(sinks)}.</span> <span>${random.pick(advice)}</span> <span>References: <a href="https://cwe.mitre.org/data/definitions/${weakness}.html">CWE</a></span>`,
      files: {
        source_file: {
          file,
          line,
          function_name: name,
          qualified_function_name: `shop.web.Cart.${name}`,
          function_prototype: `void ${name}(java.lang.String)`,
          scope: 'shop.web.Cart',
        },
      },
      flaw_match: {
        procedure_hash: String(random.next()),
        prototype_hash: String(random.next()),
        flaw_hash: String(random.next()),
        flaw_hash_count: 1,
        flaw_hash_ordinal: 1,
        cause_hash: String(random.next()),
        cause_hash_count: 1,
        cause_hash_ordinal: 1,
        cause_hash2: '0',
        cause_hash2_ordinal: '0',
      },
      stack_dumps: random.chance(0.2) ? { stack_dump: [{ Frame: [frame(0), frame(1), frame(2)] }] } : {},
      flaw_details_link: 'https://downloads.veracode.com/securityscan/cwe/v4/java/78.html',
    });
  },
};
