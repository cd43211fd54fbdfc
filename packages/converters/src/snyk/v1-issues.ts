import { type OpenedRun, openedRun } from '../converter.ts';
import type { Findings } from '../reading/findings.ts';
import type { JsonReport } from '../reading/json-report.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { listed } from './listed-entry.ts';
import type { Opening } from './opening.ts';
import { readProject } from './project.ts';
import { VulnerabilitiesRun } from './vulnerabilities-run.ts';
import type { VulnerabilityList } from './vulnerability.ts';

/**
 * The run of an answer of the V1 API: the issues of a project (`issues[]` with `issueData`), or the issues of an organisation
 * as its reports have them (`results[]` with `issue`). Each is read as an entry of the command line's report.
 */
export function openAggregatedIssues(
  { report, context, ids }: Opening,
  value: JsonObject,
  path: readonly (string | number)[],
): OpenedRun<unknown> {
  const isReporting = report.has([...path, 'results']);
  const { issues: _issues, results: _results, ...header } = value;
  const project = { ...readProject(report, header, path, context), product: 'platform' as const };
  const id = ids.next('platform', project.name, undefined);
  const entries = isReporting
    ? () => translated(report, [...path, 'results'], ofReporting)
    : () => translated(report, [...path, 'issues'], ofProject);
  return openedRun(new VulnerabilitiesRun(entries, project, id, context), project.notifications);
}

function translated(
  report: JsonReport,
  path: readonly (string | number)[],
  translate: (issue: JsonObject) => JsonObject,
): Findings {
  const change = (value: unknown) => (isObject(value) ? translate(value) : value);
  return listed<VulnerabilityList>('vulnerabilities', report.elements(path), change);
}

/** `{ id, issueType, pkgName, pkgVersions, issueData, isIgnored, isPatched, ignoreReasons, fixInfo, … }` */
function ofProject(issue: JsonObject): JsonObject {
  const { issueType, pkgName, pkgVersions, issueData, fixInfo, ignoreReasons, ...others } = issue;
  const versions: unknown[] = Array.isArray(pkgVersions) ? pkgVersions : pkgVersions === undefined ? [] : [pkgVersions];
  const [version] = versions;
  const isOne = versions.length === 1 && typeof version === 'string';
  return {
    ...(isObject(issueData) ? issueData : issueData === undefined ? {} : { issueData }),
    ...(isObject(fixInfo) ? fixInfo : fixInfo === undefined ? {} : { fixInfo }),
    ...others,
    ...(issueType !== undefined && { type: issueType }),
    ...(pkgName !== undefined && { name: pkgName }),
    ...(isOne && { version }),
    ...(!isOne && versions.length > 0 && { pkgVersions }),
    ...ignoresOf(ignoreReasons),
  };
}

/** `{ issue: { id, type, package, version, isIgnored, ignored, … }, project | projects, introducedDate, … }` */
function ofReporting(entry: JsonObject): JsonObject {
  const { issue, ...others } = entry;
  if (!isObject(issue)) return { ...others, ...(issue !== undefined && { issue }) };
  const { package: name, ignored, ignoreReasons, ...rest } = issue;
  return { ...rest, ...others, ...(name !== undefined && { name }), ...ignoresOf(ignored ?? ignoreReasons) };
}

/** Reasons go where the command line's report has them; without any the member is left out. */
function ignoresOf(reasons: unknown): JsonObject {
  if (reasons === undefined || reasons === null || (Array.isArray(reasons) && reasons.length === 0)) return {};
  return { filtered: { ignored: reasons } };
}
