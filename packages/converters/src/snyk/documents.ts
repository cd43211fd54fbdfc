import { type OpenedRun, openedRun } from '../converter.ts';
import { Findings } from '../reading/findings.ts';
import type { JsonReport } from '../reading/json-report.ts';
import { Notifications } from '../shell/notifications.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { IacRun } from './iac-run.ts';
import { listed } from './listed-entry.ts';
import type { Opening } from './opening.ts';
import { openPlatformIssues } from './platform-issues.ts';
import { type Project, readProject } from './project.ts';
import { openServerAnswer } from './server-answer.ts';
import { openTestResult } from './test-result.ts';
import { openAggregatedIssues } from './v1-issues.ts';
import { VulnerabilitiesRun } from './vulnerabilities-run.ts';
import type { VulnerabilityList } from './vulnerability.ts';

/** The runs of one document: the whole report, or an element of its array. None when it is of no known kind. */
export function openDocument(
  opening: Opening,
  value: JsonObject,
  path: readonly (string | number)[],
): OpenedRun<unknown>[] {
  const { report } = opening;
  const has = (...list: string[]) => report.has([...path, ...list]);
  if (has('data') || Object.hasOwn(value, 'jsonapi')) return [openPlatformIssues(opening, [{ value, path }])];
  if (has('findings') || isTestResult(value)) return [openTestResult(opening, value, path)];
  const runs = openProject(opening, value, path);
  if (runs.length > 0) return runs;
  if (has('result', 'issues') || (has('issues') && isObject(value['issuesData']))) {
    return [openServerAnswer(opening, value, path)];
  }
  if (has('issues') || has('results')) return [openAggregatedIssues(opening, value, path)];
  return isFailure(value) ? [openFailed(opening, value, path)] : [];
}

/** Pages of one answer of the platform, as one run. */
export function isPlatformAnswer(value: unknown): value is JsonObject {
  return isObject(value) && Object.hasOwn(value, 'jsonapi');
}

function openProject(
  opening: Opening,
  value: JsonObject,
  path: readonly (string | number)[],
  containedIn?: Project,
): OpenedRun<unknown>[] {
  const { report, context, ids } = opening;
  const isOpenSource =
    report.count([...path, 'vulnerabilities']) > 0 ||
    ['ignore', 'patch'].some((list) => report.count([...path, 'filtered', list]) > 0);
  const iacLists = ['infrastructureAsCodeIssues', 'infrastructureAsCodeSuccesses', 'result/cloudConfigResults'];
  const isIac = iacLists.some((list) => report.has([...path, ...list.split('/')]));
  const wasTested = Object.hasOwn(value, 'vulnerabilities') || isObject(value['filtered']);
  if (!isOpenSource && !isIac && !wasTested) return [];

  const project = readProject(report, value, path, context, containedIn);
  const { product, name, targetFile, testedPath, notifications } = project;
  const runs: OpenedRun<unknown>[] = [];
  if (isIac) {
    const id = ids.next('iac', name, targetFile ?? testedPath);
    runs.push(openedRun(new IacRun(() => iacEntries(opening, project), project, id, context), notifications));
  }
  if (isOpenSource || !isIac) {
    const id = ids.next(product, name, targetFile ?? testedPath);
    const entries = () => vulnerabilityEntries(report, path);
    // What was said of the project stands in its first run.
    const own = isIac ? new Notifications() : notifications;
    runs.push(openedRun(new VulnerabilitiesRun(entries, project, id, context), own));
  }
  return [...runs, ...openApplications(opening, value, path, project)];
}

/** The applications in an image, each with findings of its own. */
function openApplications(
  opening: Opening,
  value: JsonObject,
  path: readonly (string | number)[],
  image: Project,
): OpenedRun<unknown>[] {
  const { applications } = value;
  if (!Array.isArray(applications) || image.path.includes('applications')) return [];
  return (applications as unknown[]).flatMap((application, index) => {
    const at = [...path, 'applications', index];
    const opened = isObject(application) ? openProject(opening, application, at, image) : [];
    if (opened.length > 0) return opened;
    if (isObject(application) && isFailure(application)) return [openFailed(opening, application, at, image)];
    opening.report.doubt(
      'SF-K102',
      at,
      'This entry of "applications" has no list of findings. It is not in the log.',
      application,
    );
    return [];
  });
}

function vulnerabilityEntries(report: JsonReport, path: readonly (string | number)[]): Findings {
  const lists: readonly [VulnerabilityList, ...string[]][] = [
    ['vulnerabilities', 'vulnerabilities'],
    ['ignore', 'filtered', 'ignore'],
    ['patch', 'filtered', 'patch'],
  ];
  return Findings.concat(() => lists.map(([list, ...within]) => listed(list, report.elements([...path, ...within]))));
}

function iacEntries({ report, context }: Opening, { path }: Project): Findings {
  const lists: ['issue' | 'success', ...string[]][] = [
    ['issue', 'infrastructureAsCodeIssues'],
    ['issue', 'result', 'cloudConfigResults'],
  ];
  if (context.options.snyk?.includePassed === true) lists.push(['success', 'infrastructureAsCodeSuccesses']);
  return Findings.concat(() => lists.map(([list, ...within]) => listed(list, report.elements([...path, ...within]))));
}

/** A project that could not be tested: a run without results, which says why. */
function openFailed(
  { report, context, ids, product }: Opening,
  value: JsonObject,
  path: readonly (string | number)[],
  containedIn?: Project,
): OpenedRun<unknown> {
  const read = readProject(report, value, path, context, containedIn);
  const project = read.product === 'open-source' ? { ...read, product } : read;
  const id = ids.next(project.product, project.name, project.targetFile ?? project.testedPath);
  const entries = () => vulnerabilityEntries(report, path);
  return openedRun(new VulnerabilitiesRun(entries, project, id, context), project.notifications);
}

/** A test without findings may have no list of them. */
function isTestResult(value: JsonObject): boolean {
  return ['executionState', 'effectiveSummary', 'testSubject'].some((name) => Object.hasOwn(value, name));
}

function isFailure(value: JsonObject): boolean {
  return value['error'] !== undefined && value['error'] !== null && Object.hasOwn(value, 'ok');
}
