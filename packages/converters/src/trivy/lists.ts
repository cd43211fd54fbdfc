import type { ConversionContext } from '../converter.ts';
import type { JsonReport } from '../reading/json-report.ts';
import type { Notifications } from '../shell/notifications.ts';
import type { Fields, KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import type { Kind, Lines } from './finding.ts';
import type { Target } from './target.ts';

type Path = readonly (string | number)[];

/** A list of findings in the report. */
export interface FoundList {
  readonly path: Path;
  readonly target: Target;
  readonly kindOf: (value: unknown) => Kind;
  /** How a finding is read whose members are called otherwise. */
  readonly translate?: (value: JsonObject) => Translated;
  /** Whether what is left out of it was counted. */
  isCounted: boolean;
}

/** A finding with the members of `trivy -f json`. */
export interface Translated {
  readonly value: JsonObject;
  readonly target: Target;
  /** What has no place. */
  readonly kept: readonly KeptValue[];
  /** Why nobody knows whether it is a finding at all. A full sentence. */
  readonly unclear?: string;
}

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['Vulnerabilities', 'vulnerability'],
  ['Misconfigurations', 'misconfiguration'],
  ['Secrets', 'secret'],
  ['Licenses', 'license'],
]);
const modifiedKinds: ReadonlyMap<unknown, Kind> = new Map([
  ['vulnerability', 'vulnerability'],
  ['misconfiguration', 'misconfiguration'],
  ['secret', 'secret'],
  ['license', 'license'],
]);
const resultMembers = new Set([
  'Target',
  'Class',
  'Type',
  'Packages',
  'MisconfSummary',
  'CustomResources',
  'ExperimentalModifiedFindings',
  ...kinds.keys(),
]);
/** Resources of a cluster; versions before 0.30 had two lists, by what was found. */
export const resourceLists = ['Resources', 'Findings', 'Vulnerabilities', 'Misconfigurations'] as const;
const resourceMembers = new Set(['Namespace', 'Kind', 'Name', 'Metadata', 'Results', 'Error', 'Report']);
/** Lines of packages beyond this number are not remembered, so that memory stays bounded. */
const mostPackages = 100_000;

/** The lists of findings of a report, each with what it is about. Errors of a cluster's resources become notifications. */
export async function readTargets(
  fields: Fields,
  report: JsonReport,
  context: ConversionContext,
  notifications: Notifications,
): Promise<FoundList[]> {
  const artifact = fields.text('ArtifactName') ?? '';
  const isImage = fields.text('ArtifactType') === 'container_image';
  const around = { report, context, artifact, isImage, resource: undefined };
  if (Array.isArray(report.root)) return listsOf(fields, report.root, [], around);
  const lists = await listsOf(fields, fields.list('Results'), ['Results'], around);
  for (const name of resourceLists) {
    for (const [index, value] of (fields.list(name) ?? []).entries()) {
      if (!isObject(value)) {
        fields.doubtValue([name, index], value, 'an object');
        continue;
      }
      const resource = fields.at(value, [name, index]);
      resource.keepUnknown(resourceMembers);
      const names = [resource.text('Namespace'), resource.text('Kind'), resource.text('Name')];
      const id = names.filter((part) => part !== undefined && part !== '').join('/');
      if (id === '') {
        resource.doubt(
          'SF-K103',
          undefined,
          'The resource has no "Namespace", "Kind" or "Name", so what it is about is not known.',
        );
      }
      const error = resource.text('Error');
      if (error !== undefined && error !== '') {
        notifications.add('execution', { kind: 'trivy/resource', level: 'error', text: `${id}: ${error}` });
      }
      const inCluster = { report, context, artifact: id, isImage: false, resource: id };
      lists.push(...(await listsOf(resource, resource.list('Results'), ['Results'], inCluster)));
    }
  }
  return lists;
}

interface Around {
  readonly report: JsonReport;
  readonly context: ConversionContext;
  readonly artifact: string;
  readonly isImage: boolean;
  readonly resource: string | undefined;
}

async function listsOf(
  fields: Fields,
  results: readonly unknown[] = [],
  path: Path,
  around: Around,
): Promise<FoundList[]> {
  const lists: FoundList[] = [];
  for (const [index, value] of results.entries()) {
    if (!isObject(value)) {
      fields.doubtValue([...path, index], value, 'an object');
      continue;
    }
    const result = fields.at(value, [...path, index]);
    result.keepUnknown(resultMembers);
    const { artifact, isImage, resource, report, context } = around;
    context.losses.drop('Results[].Packages', report.count([...result.path, 'Packages']));
    context.losses.drop('Results[].CustomResources', report.count([...result.path, 'CustomResources']));
    if (value['Target'] === undefined) {
      result.doubt('SF-K103', undefined, 'The result has no "Target", so what it is about is not known.');
    }
    const target: Target = {
      name: result.text('Target') ?? '',
      className: result.text('Class') ?? '',
      type: result.text('Type') ?? '',
      artifact,
      isImage,
      resource,
      lines: await linesOfPackages(report, [...result.path, 'Packages']),
    };
    for (const [name, kind] of kinds) lists.push(...listAt(result, name, target, report, () => kind));
    const ofModified = (entry: unknown) =>
      (isObject(entry) ? modifiedKinds.get(entry['Type']) : undefined) ?? 'vulnerability';
    lists.push(...listAt(result, 'ExperimentalModifiedFindings', target, report, ofModified));
  }
  return lists;
}

function listAt(
  result: Fields,
  name: string,
  target: Target,
  report: JsonReport,
  kindOf: FoundList['kindOf'],
): FoundList[] {
  const path = [...result.path, name];
  if (report.has(path)) return [{ path, target, kindOf, isCounted: false }];
  result.list(name);
  return [];
}

/** The first place of each package in its lock file. */
async function linesOfPackages(report: JsonReport, path: Path): Promise<ReadonlyMap<string, Lines>> {
  const lines = new Map<string, Lines>();
  for await (const { value } of report.elements(path)) {
    if (!isObject(value) || !Array.isArray(value['Locations']) || lines.size >= mostPackages) continue;
    const [first] = value['Locations'] as unknown[];
    const start = isObject(first) ? first['StartLine'] : undefined;
    const end = isObject(first) ? first['EndLine'] : undefined;
    if (typeof start !== 'number' || !Number.isSafeInteger(start) || start < 1) continue;
    const isEnd = typeof end === 'number' && Number.isSafeInteger(end) && end >= start;
    const span = { start, end: isEnd ? end : undefined };
    const identifier = value['Identifier'];
    const uid = isObject(identifier) ? identifier['UID'] : undefined;
    for (const id of [uid, value['ID']]) if (typeof id === 'string' && !lines.has(id)) lines.set(id, span);
  }
  return lines;
}
