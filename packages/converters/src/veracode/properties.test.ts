import type { ByteSource, Result } from '@sariflow/sarif';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { samplesIn } from '../test-support/samples.ts';
import { schemaErrors } from '../test-support/schema.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '<span>What &lt;b&gt; is.</span> <span>How.</span> <span>References: <a href="https://e.org/">E</a></span>',
    '',
  ),
);
const paths = fc.constantFrom('com/lemon/A.java', '/WEB-INF/a b.jsp', 'C:\\src\\x.cs', 'a:b/ü.js', '..\\x.c');
const lines = fc.constantFrom<unknown>(0, 1, 42, '7', '', -1);

const pipelineFinding = fc.record(
  {
    cwe_id: fc.constantFrom('89', '79', 'CWE-22', 117),
    issue_type: fc.constantFrom('Some weakness', 'Another (weakness)', '__proto__'),
    severity: fc.constantFrom<unknown>(0, 1, 2, 3, 4, 5, '3', 'Very High'),
    title: text,
    issue_type_id: fc.constantFrom('taint', 'crypto'),
    display_text: text,
    gob: fc.constantFrom('A', 'B'),
    files: fc.record({
      source_file: fc.record({ file: paths, line: lines, scope: fc.constantFrom('UNKNOWN', 'com.lemon.A') }),
    }),
    flaw_match: fc.record({ flaw_hash: fc.stringMatching(/^[1-9]\d{3}$/), flaw_hash_ordinal: fc.constantFrom(1, 2) }),
    stack_dumps: fc.record({
      stack_dump: fc.array(
        fc.record({
          Frame: fc.array(
            fc.record({
              SourceFile: paths,
              SourceLine: fc.constantFrom('0', '', '12'),
              VarNames: text,
              Comment: fc.constantFrom<unknown>({}, 'Start'),
            }),
            { maxLength: 3 },
          ),
        }),
        { maxLength: 2 },
      ),
    }),
  },
  { requiredKeys: ['cwe_id', 'severity', 'files'] },
);

const status = fc.record(
  {
    status: fc.constantFrom('OPEN', 'CLOSED'),
    resolution: fc.constantFrom('UNRESOLVED', 'MITIGATED', 'POTENTIAL_FALSE_POSITIVE', 'FIXED'),
    resolution_status: fc.constantFrom('NONE', 'APPROVED', 'PROPOSED', 'REJECTED'),
    new: fc.boolean(),
    first_found_date: fc.constantFrom('2025-02-21T10:00:42.464Z', ''),
  },
  { requiredKeys: [] },
);
const common = {
  issue_id: fc.integer({ min: 1, max: 1e9 }),
  description: text,
  context_guid: fc.constantFrom('g1', 'g2'),
  violates_policy: fc.boolean(),
  finding_status: status,
  annotations: fc.array(fc.record({ comment: text, action: fc.constantFrom('COMMENT', 'APPDESIGN') }), {
    maxLength: 2,
  }),
};
const codeDetails = fc.record(
  {
    severity: fc.integer({ min: 0, max: 5 }),
    cwe: fc.record({ id: fc.constantFrom(89, '79'), name: fc.constantFrom('A', 'B') }),
    file_path: paths,
    file_line_number: lines,
    procedure: fc.constantFrom('com.lemon.A.run', '!main'),
    attack_vector: text,
    url: fc.webUrl(),
    vulnerable_parameter: fc.constantFrom('q'),
  },
  { requiredKeys: ['severity', 'cwe'] },
);
const componentDetails = fc.record(
  {
    severity: fc.integer({ min: 0, max: 5 }),
    component_filename: fc.constantFrom('a-1.0.jar', '@b/c'),
    version: fc.constantFrom('1.0', '2.0-rc'),
    cve: fc.record({
      name: fc.constantFrom('CVE-2024-10001', 'SRCCLR-SID-5'),
      cvss: fc.double({ min: 0, max: 10, noNaN: true }),
    }),
    component_path: fc.array(fc.record({ path: paths }), { maxLength: 3 }),
    licenses: fc.array(fc.record({ license_id: fc.constantFrom('mit'), risk_rating: fc.constantFrom('2') }), {
      maxLength: 1,
    }),
  },
  { requiredKeys: ['severity', 'component_filename'] },
);
const apiFinding = fc.oneof(
  fc.record(
    { ...common, scan_type: fc.constantFrom('STATIC', 'DYNAMIC', 'MANUAL'), finding_details: codeDetails },
    { requiredKeys: ['scan_type', 'finding_details'] },
  ),
  fc.record(
    { ...common, scan_type: fc.constant('SCA'), finding_details: componentDetails },
    { requiredKeys: ['scan_type', 'finding_details'] },
  ),
);

const xmlText = fc.string({ unit: fc.constantFrom('a', ' ', '"', '<', '&', '>', '\n', 'é', '😀', "'") });
const escaped = (value: string) =>
  value.replace(/[<>&"'\n\r]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
const flawElement = fc
  .record({
    id: fc.integer({ min: 1, max: 1e6 }),
    cwe: fc.constantFrom('89', '79'),
    severity: fc.integer({ min: 0, max: 5 }),
    description: xmlText,
    file: fc.constantFrom('A.java', 'b c.jsp'),
    line: fc.constantFrom('0', '42'),
    mitigation: fc.constantFrom('none', 'accepted', 'proposed', 'rejected'),
    remediation: fc.constantFrom('New', 'Open', 'Fixed', 'Mitigated'),
    comment: fc.option(xmlText),
  })
  .map(({ id, cwe, severity, description, file, line, mitigation, remediation, comment }) => {
    const attributes = `issueid="${id}" cweid="${cwe}" severity="${severity}" description="${escaped(description)}" sourcefile="${file}" sourcefilepath="com/lemon" line="${line}" mitigation_status="${mitigation}" remediation_status="${remediation}"`;
    if (comment === null) return `<flaw ${attributes}/>`;
    const inner = `<mitigations><mitigation action="Comment" description="${escaped(comment)}"/></mitigations>`;
    return `<flaw ${attributes}>${inner}</flaw>`;
  });
const detailedReport = (flaws: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><detailedreport app_id="7"><static-analysis/><severity level="4"><category categoryname="C"><cwe cweid="89" cwename="N"><staticflaws>\n${flaws.join('\n')}</staticflaws></cwe></category></severity></detailedreport>`;

const kinds = [
  {
    kind: 'pipeline scan',
    finding: pipelineFinding as fc.Arbitrary<unknown>,
    report: (findings: readonly unknown[]) => ({ scan_status: 'SUCCESS', findings }),
  },
  {
    kind: 'findings API',
    finding: apiFinding as fc.Arbitrary<unknown>,
    report: (findings: readonly unknown[]) => ({ _embedded: { findings } }),
  },
  {
    kind: 'detailed report',
    finding: flawElement as fc.Arbitrary<unknown>,
    report: (findings: readonly unknown[]) => detailedReport(findings as string[]),
  },
];

test.each(kinds)(
  '$kind: as many results as findings, and a log that the schema accepts',
  async ({ finding, report }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(finding, { maxLength: 8 }), async (findings) => {
        const { log, summary, results } = await convertToLog(bytesOf(report(findings)), { from: 'veracode' });
        expect(summary).toMatchObject({ findings: findings.length, results: findings.length, rejected: 0, merged: 0 });
        expect(results).toHaveLength(findings.length);
        expect(schemaErrors(log)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  },
);

test.each(kinds)(
  '$kind: the same findings in another order have the same fingerprints',
  async ({ finding, report }) => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(finding, { minLength: 2, maxLength: 8 })
          .chain((findings) =>
            fc.tuple(fc.constant(findings), fc.shuffledSubarray(findings, { minLength: findings.length })),
          ),
        async ([findings, shuffled]) => {
          const prints = async (list: readonly unknown[]) =>
            (await convertToLog(bytesOf(report(list)), { from: 'veracode' })).results.map(printOf).sort();
          expect(await prints(shuffled)).toEqual(await prints(findings));
        },
      ),
      { numRuns: 30 },
    );
  },
);

function printOf({ ruleId, partialFingerprints }: Result): string {
  return `${ruleId} ${JSON.stringify(partialFingerprints)}`;
}

test('however the bytes are cut, the log is the same', async () => {
  const samples = samplesIn('converters/veracode');
  const whole = await Promise.all(samples.map(({ input, options }) => convertToLog(input, options)));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(samples.length - 1),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
      async (index, sizes) => {
        const { input, options } = samples[index] as (typeof samples)[number];
        expect(await convertToLog(cut(input, sizes), options)).toEqual(whole[index]);
      },
    ),
    { numRuns: 60 },
  );
});

/** The bytes in chunks of these sizes, again and again; each chunk is overwritten once the next is asked for. */
function cut(bytes: Uint8Array, sizes: readonly number[]): ByteSource {
  return {
    async *stream() {
      for (let at = 0, n = 0; at < bytes.length; n += 1) {
        const chunk = new Uint8Array(bytes.subarray(at, at + (sizes[n % sizes.length] as number)));
        yield chunk;
        at += chunk.length;
        chunk.fill(0x21);
      }
    },
  };
}
