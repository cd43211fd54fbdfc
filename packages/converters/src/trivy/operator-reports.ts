import type { ConversionContext } from '../converter.ts';
import type { JsonReport } from '../reading/json-report.ts';
import type { KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import type { Kind } from './finding.ts';
import type { FoundList, Translated } from './lists.ts';
import type { Target } from './target.ts';

type Path = readonly (string | number)[];

/** A report that the operator keeps as a resource of the cluster. */
interface OperatorReport {
  readonly path: Path;
  readonly value: JsonObject;
}

const group = 'aquasecurity.github.io';

/**
 * The reports of Trivy's operator: one as `kubectl get` writes it, a list of several, or an object of lists by their kinds. Empty
 * when the document is something else. What stands among reports and is none is doubted.
 */
export function operatorReports({ root, doubt }: Pick<JsonReport, 'root' | 'doubt'>): OperatorReport[] {
  if (isReport(root)) return [{ path: [], value: root }];
  const entries = entriesOf(root);
  const reports = entries.filter((entry): entry is OperatorReport => isReport(entry.value));
  if (reports.length === 0) return [];
  for (const { path, value } of entries) {
    if (!isReport(value)) doubt('SF-K102', path, "This is no report of Trivy's operator. It is passed over.", value);
  }
  return reports;
}

function entriesOf(root: unknown): { path: Path; value: unknown }[] {
  const entriesIn = (list: readonly unknown[], path: Path) =>
    list.map((value, index) => ({ path: [...path, index], value }));
  if (Array.isArray(root)) return entriesIn(root, []);
  if (!isObject(root)) return [];
  return Object.entries(root).flatMap(([name, list]) =>
    Array.isArray(list) && (name === 'items' || name.endsWith(`.${group}`)) ? entriesIn(list, [name]) : [],
  );
}

function isReport(value: unknown): value is JsonObject {
  return isObject(value) && typeof value['apiVersion'] === 'string' && value['apiVersion'].startsWith(`${group}/`);
}

/** Where findings are in a report, and how their members are called there. */
const layouts = [
  {
    at: ['report', 'vulnerabilities'],
    kind: 'vulnerability',
    names: {
      vulnerabilityID: 'VulnerabilityID',
      resource: 'PkgName',
      installedVersion: 'InstalledVersion',
      fixedVersion: 'FixedVersion',
      severity: 'Severity',
      title: 'Title',
      description: 'Description',
      primaryLink: 'PrimaryURL',
      links: 'References',
      pkgPath: 'PkgPath',
      publishedDate: 'PublishedDate',
      lastModifiedDate: 'LastModifiedDate',
      cvss: 'CVSS',
    },
  },
  {
    at: ['report', 'checks'],
    kind: 'misconfiguration',
    names: {
      checkID: 'ID',
      title: 'Title',
      description: 'Description',
      severity: 'Severity',
      category: 'Type',
      remediation: 'Resolution',
    },
  },
  {
    at: ['report', 'secrets'],
    kind: 'secret',
    names: { ruleID: 'RuleID', category: 'Category', severity: 'Severity', title: 'Title', match: 'Match' },
  },
  {
    at: ['status', 'summaryReport', 'controlCheck'],
    kind: 'misconfiguration',
    names: { id: 'ID', name: 'Title', description: 'Description', severity: 'Severity' },
  },
] as const satisfies readonly { at: readonly string[]; kind: Kind; names: Readonly<Record<string, string>> }[];

/** Members that say what a finding is about, and whether it is one. */
const apart = new Set(['target', 'class', 'packageType', 'packagePURL', 'messages', 'success', 'score']);

/** Whether a path is that of findings in a report of the operator. */
export function isOperatorList(path: Path): boolean {
  return layouts.some(({ at }) => {
    const before = path.length - at.length;
    return before >= 0 && before <= 2 && at.every((name, index) => path[before + index] === name);
  });
}

/** The lists of findings of the operator's reports. What is said of the reports themselves is counted as left out. */
export function operatorLists(
  reports: readonly OperatorReport[],
  report: JsonReport,
  { losses }: ConversionContext,
): FoundList[] {
  losses.drop('metadata', reports.length);
  return reports.flatMap(({ path, value }) => {
    const subject = subjectOf(value);
    if (!isComplete(value)) {
      const message = 'The report has no list of findings, so what was found is not known.';
      report.doubt('SF-K103', path, message);
    }
    return layouts.flatMap(({ at, kind, names }) => {
      const list = [...path, ...at];
      if (!report.has(list)) return [];
      const target: Target = {
        name: '',
        className: kind === 'misconfiguration' ? 'config' : '',
        type: '',
        artifact: subject.resource,
        isImage: false,
        resource: subject.resource,
        lines: new Map(),
      };
      const translate = (entry: JsonObject) => translated(entry, new Map(Object.entries(names)), target, subject.about);
      return [{ path: list, target, kindOf: () => kind, translate, isCounted: false }];
    });
  });
}

const findingKinds =
  /^(?:Cluster)?(?:Vulnerability|ConfigAudit|ExposedSecret|RbacAssessment|InfraAssessment|Compliance)Report$/;

/** Whether a report has a list of findings, if only an empty one or null. Bills of materials need none. */
function isComplete(value: JsonObject): boolean {
  const hasList = layouts.some(({ at }) => {
    let inner: unknown = value;
    for (const name of at) {
      if (!isObject(inner) || !Object.hasOwn(inner, name)) return false;
      inner = inner[name];
    }
    return inner === null || Array.isArray(inner);
  });
  return hasList || !findingKinds.test(textOf(value['kind']));
}

const unclearControl =
  'The control has no number in "totalFail", so whether it failed is not known. It is not converted.';

function translated(
  entry: JsonObject,
  names: ReadonlyMap<string, string>,
  target: Target,
  about: readonly KeptValue[],
): Translated {
  const value: Record<string, unknown> = {};
  const kept = [...about];
  for (const [name, member] of Object.entries(entry)) {
    const known = names.get(name);
    if (known !== undefined && member !== '') value[known] = member;
    else if (known === undefined && !apart.has(name)) kept.push({ field: name, value: member });
  }
  const { target: file, class: className, packageType, packagePURL, messages, success, score, totalFail } = entry;
  if (typeof packagePURL === 'string') value['PkgIdentifier'] = { PURL: packagePURL };
  if (Array.isArray(messages)) value['Message'] = messages.filter((text) => typeof text === 'string').join('\n');
  if (typeof score === 'number') {
    value['Score'] = score;
    kept.push({ field: 'score', value: score });
  }
  // A control of a benchmark tells how many of its checks failed.
  const isControl = names.has('name');
  const failed = typeof totalFail === 'number' ? totalFail : undefined;
  // One that people have to look at has no such number, and nothing else in its place.
  const isUnclear = isControl && failed === undefined && Object.keys(entry).some((name) => !names.has(name));
  if (success === true || (isControl && (failed ?? 0) <= 0)) value['Status'] = 'PASS';
  // Older versions of the operator leave out the ids of some checks.
  if (names.has('checkID') && value['ID'] === undefined) value['ID'] = value['Title'];
  const told = {
    ...(typeof file === 'string' && { name: file }),
    ...(typeof className === 'string' && { className }),
    ...(typeof packageType === 'string' && { type: packageType }),
  };
  return { value, target: { ...target, ...told }, kept, ...(isUnclear && { unclear: unclearControl }) };
}

/** The resource that was looked at, and the image that it runs. */
function subjectOf({ metadata, report }: JsonObject): { resource: string; about: KeptValue[] } {
  const data = isObject(metadata) ? metadata : {};
  const labels = isObject(data['labels']) ? data['labels'] : {};
  const label = (name: string) => textOf(labels[`trivy-operator.${name}`]);
  const named = [
    label('resource.namespace') || textOf(data['namespace']),
    label('resource.kind'),
    label('resource.name'),
  ];
  const parts = label('resource.name') === '' ? [textOf(data['namespace']), textOf(data['name'])] : named;
  const details = isObject(report) ? report : {};
  const artifact = isObject(details['artifact']) ? details['artifact'] : {};
  const server = isObject(details['registry']) ? textOf(details['registry']['server']) : '';
  const image = [server, textOf(artifact['repository'])].filter((part) => part !== '').join('/');
  const tag = textOf(artifact['tag']);
  const about = [
    { field: 'container', value: label('container.name') },
    { field: 'image', value: image === '' || tag === '' ? image : `${image}:${tag}` },
    { field: 'digest', value: textOf(artifact['digest']) },
  ];
  return {
    resource: parts.filter((part) => part !== '').join('/'),
    about: about.filter(({ value }) => value !== ''),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What the run is told by: the kind of its reports, and the resource when there is one only. And the version of Trivy. */
export function operatorRoot(reports: readonly OperatorReport[]): JsonObject {
  const kinds = new Set(reports.map(({ value }) => textOf(value['kind'])));
  const [first] = reports;
  const resource = reports.length === 1 && first !== undefined ? subjectOf(first.value).resource : '';
  const kind = kinds.size === 1 ? [...kinds].join('') : 'reports';
  const scanners = reports.map(({ value: { report } }) => (isObject(report) ? report['scanner'] : undefined));
  const scanner = scanners.find((entry) => isObject(entry) && typeof entry['version'] === 'string');
  return {
    ArtifactName: [kind, resource].filter((part) => part !== '').join('/'),
    ...(isObject(scanner) && { Trivy: { Version: scanner['version'] } }),
  };
}
