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
 * The run of what Snyk's server answers to the command line: `issues` that name an advisory and a package, and the advisories in
 * a table of their own, `issuesData`. Each issue is read as the command line would have written it.
 */
export function openServerAnswer(
  { report, context, ids }: Opening,
  value: JsonObject,
  path: readonly (string | number)[],
): OpenedRun<unknown> {
  const within = report.has([...path, 'result', 'issues']) ? ['result'] : [];
  const holder = within.length === 0 ? value : (value['result'] as JsonObject);
  const data = isObject(holder['issuesData']) ? holder['issuesData'] : {};
  const project = readProject(report, value, path, context);
  const { result: _result, ...properties } = project.properties;
  const id = ids.next(project.product, project.name, project.targetFile ?? project.testedPath);
  const entries = () => issuesOf(report, [...path, ...within, 'issues'], data);
  const run = new VulnerabilitiesRun(entries, { ...project, properties }, id, context);
  return openedRun(run, project.notifications);
}

function issuesOf(report: JsonReport, path: readonly (string | number)[], data: JsonObject): Findings {
  return listed<VulnerabilityList>('vulnerabilities', report.elements(path), (issue) => joined(issue, data));
}

/** An issue with the members of its advisory. What is not as expected stays as it is, for the parser to doubt. */
function joined(issue: unknown, data: JsonObject): unknown {
  if (!isObject(issue)) return issue;
  const { issueId, pkgName, pkgVersion, fixInfo, ...others } = issue;
  const key = typeof issueId === 'string' ? issueId : undefined;
  const advisory = key !== undefined && Object.hasOwn(data, key) ? data[key] : undefined;
  const { upgradePaths, isPatchable, isPinnable, ...otherInfo } = isObject(fixInfo) ? fixInfo : { fixInfo };
  const paths = pathsOf(upgradePaths);
  return {
    ...(isObject(advisory) ? advisory : {}),
    id: issueId,
    ...(pkgName !== undefined && { name: pkgName }),
    ...(pkgVersion !== undefined && { version: pkgVersion }),
    ...(isPatchable !== undefined && { isPatchable }),
    ...(isPinnable !== undefined && { isPinnable }),
    ...(paths.from !== undefined && { from: paths.from }),
    ...(paths.upgrade !== undefined && { upgradePath: paths.upgrade }),
    ...otherInfo,
    ...others,
    ...(paths.from === undefined && Array.isArray(upgradePaths) && upgradePaths.length > 0 && { upgradePaths }),
  };
}

/** One path, as steps `name@version` before and after the upgrade; several are kept as they are. */
function pathsOf(upgradePaths: unknown): { from?: string[]; upgrade?: (string | false)[] } {
  const [only, ...more] = Array.isArray(upgradePaths) ? (upgradePaths as unknown[]) : [];
  if (!isObject(only) || more.length > 0 || !Array.isArray(only['path'])) return {};
  const from: string[] = [];
  const upgrade: (string | false)[] = [];
  for (const step of only['path'] as unknown[]) {
    if (!isObject(step) || typeof step['name'] !== 'string') return {};
    const { name, version, newVersion } = step;
    from.push(typeof version === 'string' && version !== '' ? `${name}@${version}` : name);
    upgrade.push(typeof newVersion === 'string' && newVersion !== '' ? `${name}@${newVersion}` : false);
  }
  return upgrade.some((step) => step !== false) ? { from, upgrade } : { from };
}
