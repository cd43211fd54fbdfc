import { type ConversionContext, defineConverter, type OpenedRun } from '../converter.ts';
import { JsonReport } from '../reading/json-report.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import { isObject, kindOf } from '../values/json-object.ts';
import { isPlatformAnswer, openDocument } from './documents.ts';
import type { Opening } from './opening.ts';
import { snykPage } from './page.ts';
import { openPlatformIssues } from './platform-issues.ts';
import { holdsFindings, staysInSource } from './report-parts.ts';
import { RunIds } from './run-ids.ts';
import { snykSignatures } from './signatures.ts';

/**
 * Snyk: JSON of the command line for open source, containers, unmanaged dependencies and infrastructure as code, one project or
 * several; unified test results; answers of the REST and V1 APIs. (`snyk code test --json` is SARIF.)
 */
export const snyk = defineConverter({
  id: 'snyk',
  title: 'Snyk',
  signatures: snykSignatures,
  page: snykPage,
  async open(context) {
    const report = await JsonReport.open(context, staysInSource, holdsFindings);
    const runs = openAll(report, context);
    if (runs.length > 0) return runs;
    const because =
      'a Snyk report has "vulnerabilities", "infrastructureAsCodeIssues", "findings", "issues" or "data", or says why a test failed, and this document has none of them';
    throw new UnknownFormatError(
      { format: 'unknown', title: 'JSON of an unknown format', because, candidates: [] },
      [],
    );
  },
});

function openAll(report: JsonReport, context: ConversionContext): OpenedRun<unknown>[] {
  const { root } = report;
  const elements: readonly unknown[] = Array.isArray(root) ? root : [root];
  const isInfrastructure = elements.some(
    (value) => isObject(value) && Object.hasOwn(value, 'infrastructureAsCodeIssues'),
  );
  const opening: Opening = {
    report,
    context,
    ids: new RunIds(root),
    product: isInfrastructure ? 'iac' : 'open-source',
  };
  if (isObject(root)) return openDocument(opening, root, []);
  if (!Array.isArray(root)) return [];
  const pages = elements.flatMap((value, index) => (isPlatformAnswer(value) ? [{ value, path: [index] }] : []));
  const issues = pages.length === 0 ? [] : [openPlatformIssues(opening, pages)];
  const projects = elements.flatMap((value, index) => {
    if (isPlatformAnswer(value)) return [];
    const opened = isObject(value) ? openDocument(opening, value, [index]) : [];
    if (opened.length === 0) {
      const what = isObject(value) ? 'an object of none of the known kinds' : kindOf(value);
      report.doubt('SF-K102', [index], `This element is ${what}; a project was expected. It is not in the log.`, value);
    }
    return opened;
  });
  return [...issues, ...projects];
}
