import type { PathSegment } from '@sariflow/sarif';
import { type ConversionContext, defineConverter, type OpenedRun, openedRun } from '../converter.ts';
import { shapeOfHead } from '../detection/shape.ts';
import { readHead } from '../reading/head.ts';
import { JsonReport } from '../reading/json-report.ts';
import { Notifications } from '../shell/notifications.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import { isObject } from '../values/json-object.ts';
import { openCliReport, profileMembers } from './cli-report.ts';
import { CliRun } from './cli-run.ts';
import { semgrepPage } from './page.ts';
import { openPlatformFindings } from './platform-findings.ts';
import { openPlatformVulnerabilities } from './platform-vulnerabilities.ts';
import { semgrepSignatures } from './signatures.ts';
import { semgrepDriver } from './tool.ts';

const headBytes = 64 * 1024;

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
    const isList = await isListOfFindings(context);
    const isLarge = (path: readonly PathSegment[]) => {
      if (path.length === 0) return isList;
      const within = inReport(path);
      return largeArrays.has(within.join('/')) || (!keepProfile && profileMembers.includes(String(within[0])));
    };
    const isFindings = (path: readonly PathSegment[]) =>
      path.length === 0 ? isList : findingArrays.has(inReport(path).join('/'));
    const report = await JsonReport.open(context, isLarge, isFindings);
    const runs = await openRuns(report, context);
    if (runs.length > 0) return runs;
    const because =
      'a Semgrep report has an array named "results", "findings" or "vulns", and this document has none of them';
    throw new UnknownFormatError(
      { format: 'unknown', title: 'JSON of an unknown format', because, candidates: [] },
      [],
    );
  },
});

/** A path in one of several reports that stand in an array. */
function inReport(path: readonly PathSegment[]): readonly PathSegment[] {
  return typeof path[0] === 'number' ? path.slice(1) : path;
}

/** Whether a document is the `results` of a report alone. */
async function isListOfFindings({ source }: ConversionContext): Promise<boolean> {
  const { shape } = shapeOfHead(new TextDecoder().decode(await readHead(source, headBytes)));
  return shape?.kind === 'array' && shape.first?.members.has('check_id') === true;
}

async function openRuns(report: JsonReport, context: ConversionContext): Promise<OpenedRun<unknown>[]> {
  const { root } = report;
  const runs: OpenedRun<unknown>[] = [];
  if (isObject(root)) {
    if (report.has(['results'])) runs.push(await openCliReport(report, root, context));
    if (report.has(['findings'])) runs.push(openPlatformFindings(report, root, context));
    if (report.has(['vulns'])) runs.push(openPlatformVulnerabilities(report, root, context));
    return runs;
  }
  if (report.has([])) return [openFindings(report, context)];
  for (const [index, part] of Array.isArray(root) ? (root as unknown[]).entries() : []) {
    if (isObject(part) && report.has([index, 'results'])) {
      runs.push(await openCliReport(report, part, context, [index]));
    } else report.doubt('SF-K102', [index], `Element ${index} is no report. It is passed over.`, part);
  }
  return runs;
}

/** The run of `results` alone, of which nothing else is known. */
function openFindings(report: JsonReport, context: ConversionContext): OpenedRun<unknown> {
  const header = {
    driver: semgrepDriver(),
    executionSuccessful: true,
    run: { columnKind: 'unicodeCodePoints' },
  } as const;
  return openedRun(new CliRun(() => report.elements([]), context, header), new Notifications());
}
