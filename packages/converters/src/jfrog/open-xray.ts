import type { Artifact } from '@sariflow/sarif';
import type { OpenedRun } from '../converter.ts';
import type { RawFinding } from '../shell/drafts.ts';
import { Notifications } from '../shell/notifications.ts';
import type { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import type { ListPlan, RunOpener } from './run-opener.ts';

const scanMembers = new Set([
  'vulnerabilities',
  'violations',
  'licenses',
  'errors',
  'scan_id',
  'component_id',
  'status',
]);
const keptOfScans = [
  'scan_id',
  'component_id',
  'package_type',
  'status',
  'xray_data_url',
  'more_details_url',
  'fail_build',
  'info',
  'top_vulnerability_severity',
  'build_name',
  'build_number',
  'project',
];
const fineStatuses = new Set(['completed', 'done', 'success', 'scanned', '']);

/** The answer of a scan of packages, of a build or of a file: of the API or of `jf scan --format=json`. */
export async function openScan(
  opener: RunOpener,
  root: JsonObject,
  path: readonly number[],
  suffix = '',
): Promise<OpenedRun<unknown>> {
  const fields = opener.fieldsAt(root, path);
  fields.keepUnknown(new Set([...scanMembers, ...keptOfScans]));
  for (const name of keptOfScans) fields.keep(name);
  const component = fields.text('component_id')?.trim() || undefined;
  const status = fields.text('status')?.trim().toLowerCase() ?? '';
  opener.leaveOut(opener.arraysIn(fields, ['licenses']), 'licenses');
  const notifications = new Notifications();
  const hadNoErrors = await opener.readErrors(fields, notifications);
  const isFine = fineStatuses.has(status);
  if (!isFine) {
    const text = `The scan's status is ${JSON.stringify(status)}: it is not complete.`;
    notifications.add('execution', { kind: 'xray/scan-status', level: 'error', text });
  }
  const lists: ListPlan[] = [
    ...opener.arraysIn(fields, ['vulnerabilities']).map((at) => ({ path: at, isViolation: false, root: component })),
    ...opener.arraysIn(fields, ['violations']).map((at) => ({ path: at, isViolation: true, root: component })),
  ];
  return opener.open(
    {
      family: 'sca',
      category: `scan${component === undefined ? '' : `/${component}`}${suffix}`,
      lists,
      executionSuccessful: isFine && hadNoErrors,
      properties: opener.propertiesOf(fields),
    },
    notifications,
  );
}

/** Several scans in one document, a run each; or violations one after another. Undefined when it is neither. */
export async function openScans(
  opener: RunOpener,
  root: readonly unknown[],
): Promise<OpenedRun<unknown>[] | undefined> {
  const { report } = opener;
  const violations: RawFinding[] = [];
  const runs: OpenedRun<unknown>[] = [];
  const seen = new Map<string, number>();
  const others: number[] = [];
  for (const [index, value] of root.entries()) {
    const isScan = ['vulnerabilities', 'violations'].some((name) => report.has([index, name]));
    if (isObject(value) && (isScan || 'scan_id' in value)) {
      const id = String(value['component_id'] ?? '');
      const count = (seen.get(id) ?? 0) + 1;
      seen.set(id, count);
      runs.push(await openScan(opener, value, [index], count === 1 ? '' : `/${count}`));
    } else if (isObject(value) && ('violation_id' in value || 'infected_components' in value)) {
      violations.push({ value, origin: report.originOf([index]) });
    } else others.push(index);
  }
  if (violations.length > 0) runs.push(held(opener, violations, others));
  else if (runs.length > 0) for (const index of others) doubtElement(opener, root, index);
  if (root.length === 0)
    runs.push(opener.open({ family: 'sca', category: 'scan', lists: [], executionSuccessful: true }));
  return runs.length === 0 ? undefined : runs;

  function held(to: RunOpener, findings: RawFinding[], rest: readonly number[]): OpenedRun<unknown> {
    const damaged = rest.map((index) => ({ value: root[index], origin: report.originOf([index]) }));
    const lists = [{ held: [...findings, ...damaged], isViolation: true }];
    return to.open({ family: 'sca', category: 'violations', lists, executionSuccessful: true });
  }
}

function doubtElement(opener: RunOpener, root: readonly unknown[], index: number): void {
  const message = `Element ${index} of the report is no scan. It is passed over.`;
  opener.report.doubt('SF-K102', [index], message, root[index]);
}

/** The details of one violation. */
export function openSingle(opener: RunOpener, root: JsonObject): OpenedRun<unknown>[] {
  const lists = [{ held: [{ value: root, origin: opener.report.originOf([]) }], isViolation: true }];
  return [opener.open({ family: 'sca', category: 'violations', lists, executionSuccessful: true })];
}

const listMembers = [
  'rows',
  'data',
  'issues',
  'violations',
  'alerts',
  'licenses',
  'errors',
  'total_rows',
  'total_count',
  'total_violations',
  'violations_count',
  'build',
  'summary',
];

/** Exports, reports, summaries of builds, and lists of violations: one list of entries, and their number. */
export async function openLists(opener: RunOpener, root: JsonObject): Promise<OpenedRun<unknown>[]> {
  const fields = opener.fieldsAt(root, []);
  fields.keepUnknown(new Set(listMembers));
  for (const name of ['build', 'summary']) fields.keep(name);
  const notifications = new Notifications();
  const executionSuccessful = await opener.readErrors(fields, notifications);
  opener.leaveOut(opener.arraysIn(fields, ['licenses']), 'licenses');
  const isIgnored = 'violations_count' in root;
  const lists: ListPlan[] = [
    ...opener.arraysIn(fields, ['rows', 'data', 'issues']).map((path) => ({ path, isViolation: false })),
    ...opener.arraysIn(fields, ['violations']).map((path) => ({ path, isViolation: true, isIgnored })),
    ...alertLists(opener, fields),
  ];
  for (const [total, name] of totals) checkTotal(opener, fields, total, name);
  const plan = { family: 'sca', category: categoryOf(root), lists, executionSuccessful } as const;
  return [opener.open({ ...plan, properties: opener.propertiesOf(fields) }, notifications)];
}

const totals = [
  ['total_rows', 'rows'],
  ['total_count', 'data'],
  ['total_violations', 'violations'],
  ['violations_count', 'violations'],
] as const;

function checkTotal(opener: RunOpener, fields: Fields, total: string, name: string): void {
  if (opener.report.has([name])) opener.checkTotal(fields, total, [[name]]);
  else fields.keep(total);
}

const alertMembers = new Set(['created', 'top_severity', 'watch_name', 'issues']);

/** Alerts of builds: a list of issues each. */
function alertLists(opener: RunOpener, fields: Fields): ListPlan[] {
  return (fields.list('alerts') ?? []).flatMap((value, index) => {
    if (!isObject(value)) {
      fields.doubtValue(['alerts', index], value, 'an object');
      return [];
    }
    const alert = fields.at(value, ['alerts', index]);
    alert.keepUnknown(alertMembers);
    for (const name of alertMembers) if (name !== 'issues') alert.keep(name);
    if (value['issues'] === undefined) {
      alert.doubt('SF-K103', undefined, 'The alert has no "issues", so no finding is read from it.');
    }
    return opener.arraysIn(alert, ['issues']).map((path) => ({ path, isViolation: true }));
  });
}

function categoryOf(root: JsonObject): string {
  if ('violations' in root) return 'violations';
  const build = isObject(root['build']) ? root['build']['name'] : undefined;
  if (typeof build === 'string' && build !== '') return `build/${build}`;
  return 'report';
}

const artifactMembers = new Set(['general', 'issues', 'licenses', 'operational_risks']);
const generalMembers = new Set(['name', 'path', 'sha256', 'component_id', 'pkg_type', 'parent_sha']);

/** Summaries of artifacts: a list of issues each. */
export async function openArtifacts(opener: RunOpener, root: JsonObject): Promise<OpenedRun<unknown>[]> {
  const fields = opener.fieldsAt(root, []);
  fields.keepUnknown(new Set(['artifacts', 'errors']));
  const notifications = new Notifications();
  const executionSuccessful = await opener.readErrors(fields, notifications);
  const lists: ListPlan[] = [];
  const artifacts = new Map<string, Artifact>();
  for (const [index, value] of (fields.list('artifacts') ?? []).entries()) {
    if (!isObject(value)) {
      fields.doubtValue(['artifacts', index], value, 'an object');
      continue;
    }
    const artifact = fields.at(value, ['artifacts', index]);
    artifact.keepUnknown(artifactMembers);
    if (value['general'] === undefined && value['issues'] === undefined) {
      artifact.doubt(
        'SF-K103',
        undefined,
        'The artifact has neither "general" nor "issues"; no finding is read from it.',
      );
    }
    opener.leaveOut(opener.arraysIn(artifact, ['licenses']), 'artifacts[].licenses');
    const general = artifact.nested('general')?.apart();
    const described = general === undefined ? undefined : readArtifact(opener, general);
    if (described !== undefined) artifacts.set(JSON.stringify(described), described);
    const named = general?.text('path') || general?.text('component_id') || general?.text('name') || undefined;
    lists.push(
      ...opener.arraysIn(artifact, ['issues']).map((path) => ({ path, isViolation: false, root: named })),
      ...opener.arraysIn(artifact, ['operational_risks']).map((path) => ({
        path,
        isViolation: false,
        root: named,
        category: 'operational-risk' as const,
      })),
    );
  }
  const plan = { family: 'sca', category: 'summary', lists, executionSuccessful } as const;
  return [
    opener.open(
      { ...plan, artifacts: [...artifacts.values()], properties: opener.propertiesOf(fields) },
      notifications,
    ),
  ];
}

function readArtifact(opener: RunOpener, general: Fields): Artifact {
  general.keepUnknown(generalMembers);
  for (const name of ['component_id', 'pkg_type', 'parent_sha']) general.keep(name);
  const path = general.text('path') || undefined;
  const name = general.text('name') || undefined;
  const sha256 = general.text('sha256')?.trim() || undefined;
  const properties = opener.propertiesOf(general);
  return {
    ...(path !== undefined && { location: opener.paths.locationOf(path.replaceAll(':', '_')) }),
    ...(name !== undefined && { description: { text: name } }),
    ...(sha256 !== undefined && { hashes: { 'sha-256': sha256 } }),
    roles: ['analysisTarget'],
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

/** `jf … --format=summary`: how many findings there are, and not which. */
export function openSummary(opener: RunOpener, root: JsonObject): OpenedRun<unknown>[] {
  const fields = opener.fieldsAt(root, []);
  fields.keepUnknown(new Set(['scans']));
  fields.keep('scans');
  fields.doubt(
    'SF-K205',
    'scans',
    'This summary says how many findings there are, and not which. Write the report with --format=simple-json.',
  );
  const plan = { family: 'sca', category: 'summary', lists: [], executionSuccessful: true, results: 'absent' } as const;
  return [opener.open({ ...plan, properties: opener.propertiesOf(fields) })];
}
