import type { PathSegment } from '@sariflow/sarif';
import type { ConversionContext, OpenedRun } from '../converter.ts';
import { JsonReport } from '../reading/json-report.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { openAgentReport } from './agent-report.ts';
import { type ApiPage, openApiReport } from './api-report.ts';
import { openPipelineReport } from './pipeline-report.ts';
import { openScaIssues } from './sca-issues-report.ts';

const findingLists = new Set(['findings', '_embedded/findings', '_embedded/issues']);

/**
 * Reads one of Veracode's JSON reports: of a pipeline scan, of the findings API (one answer, several pages in an array, or
 * the findings alone), of the SCA REST API, of the SCA agent.
 */
export async function openJsonReport(context: ConversionContext, isList: boolean): Promise<OpenedRun<unknown>[]> {
  const isFindings = (path: readonly PathSegment[]) => isFindingsPath(path, isList);
  const report = await JsonReport.open(context, isFindings, isFindings);
  const { root } = report;
  const runs = isObject(root) ? await openObject(report, root, context) : await openArray(report, root, context);
  if (runs.length > 0) return runs;
  const because =
    'a Veracode report has "findings", "_embedded" or "records", or is an array of findings, and this document is nothing of that kind';
  throw new UnknownFormatError({ format: 'unknown', title: 'JSON of an unknown format', because, candidates: [] }, []);
}

function isFindingsPath(path: readonly PathSegment[], isList: boolean): boolean {
  if (path.length === 0) return isList;
  if (typeof path[0] === 'number') return findingLists.has(path.slice(1).join('/'));
  return (
    findingLists.has(path.join('/')) || (path.length === 3 && path[0] === 'records' && path[2] === 'vulnerabilities')
  );
}

async function openObject(
  report: JsonReport,
  root: JsonObject,
  context: ConversionContext,
): Promise<OpenedRun<unknown>[]> {
  if (Array.isArray(root['records'])) return openAgentReport(report, root, context);
  if (report.has(['_embedded', 'issues'])) return [openScaIssues(report, root, context)];
  if (root['scan_status'] !== undefined || root['pipeline_scan'] !== undefined) {
    return [openPipelineReport(report, root, context)];
  }
  if (report.has(['findings']) && (await isPipeline(report, ['findings']))) {
    return [openPipelineReport(report, root, context)];
  }
  const page = pageAt(report, [], root);
  if (page !== undefined) return openApiReport(report, [page], context);
  // An answer without findings has nothing embedded.
  if (!isObject(root['page']) || !isObject(root['_links'])) return [];
  return openApiReport(report, [{ path: [], object: root, findings: ['findings'] }], context);
}

async function openArray(report: JsonReport, root: unknown, context: ConversionContext): Promise<OpenedRun<unknown>[]> {
  if (report.has([])) {
    if (await isPipeline(report, [])) return [openPipelineReport(report, {}, context, [])];
    return openApiReport(report, [{ path: [], object: {}, findings: [] }], context);
  }
  const entries = Array.isArray(root) ? (root as unknown[]) : [];
  const pages = entries.flatMap((entry, index) => (isObject(entry) ? (pageAt(report, [index], entry) ?? []) : []));
  return pages.length === 0 ? [] : openApiReport(report, pages, context);
}

function pageAt(report: JsonReport, path: readonly number[], object: JsonObject): ApiPage | undefined {
  const lists = [
    [...path, '_embedded', 'findings'],
    [...path, 'findings'],
  ];
  const findings = lists.find((list) => report.has(list));
  return findings === undefined ? undefined : { path, object, findings };
}

/** Whether the first finding is one of a pipeline scan: the answers of the API keep its type elsewhere. */
async function isPipeline(report: JsonReport, path: readonly string[]): Promise<boolean> {
  for await (const { value, broken } of report.elements(path)) {
    if (broken !== undefined) continue;
    return isObject(value) && (value['issue_type_id'] !== undefined || value['cwe_id'] !== undefined);
  }
  return false;
}
