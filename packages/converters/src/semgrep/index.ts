import { defineConverter, type OpenedRun } from '../converter.ts';
import { JsonReport } from '../reading/json-report.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import { isObject } from '../values/json-object.ts';
import { openCliReport, profileMembers } from './cli-report.ts';
import { semgrepPage } from './page.ts';
import { openPlatformFindings } from './platform-findings.ts';
import { openPlatformVulnerabilities } from './platform-vulnerabilities.ts';
import { semgrepSignatures } from './signatures.ts';

/** Arrays that grow with the scan. */
const largeArrays = new Set([
  'results',
  'errors',
  'skipped_rules',
  'findings',
  'vulns',
  'paths/scanned',
  'paths/skipped',
]);

const findingArrays = new Set(['results', 'findings', 'vulns']);

/** Semgrep: JSON of the command line, of all versions, and answers of the platform's findings and supply-chain APIs. */
export const semgrep = defineConverter({
  id: 'semgrep',
  title: 'Semgrep',
  signatures: semgrepSignatures,
  page: semgrepPage,
  async open(context) {
    const keepProfile = context.options.semgrep?.keepProfile === true;
    const isLarge = (path: readonly (string | number)[]) =>
      largeArrays.has(path.join('/')) || (!keepProfile && profileMembers.includes(String(path[0])));
    const report = await JsonReport.open(context, isLarge, (path) => findingArrays.has(path.join('/')));
    const { root } = report;
    const runs: OpenedRun<unknown>[] = [];
    if (isObject(root)) {
      if (report.has(['results'])) runs.push(await openCliReport(report, root, context));
      if (report.has(['findings'])) runs.push(openPlatformFindings(report, root, context));
      if (report.has(['vulns'])) runs.push(openPlatformVulnerabilities(report, root, context));
    }
    if (runs.length > 0) return runs;
    const because =
      'a Semgrep report has an array named "results", "findings" or "vulns", and this document has none of them';
    throw new UnknownFormatError(
      { format: 'unknown', title: 'JSON of an unknown format', because, candidates: [] },
      [],
    );
  },
});
