import type { PropertyBag } from '@sariflow/sarif';
import type { ConversionContext } from '../converter.ts';
import type { JsonReport } from '../reading/json-report.ts';
import { Notifications } from '../shell/notifications.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { propertyName } from './property-name.ts';
import { noteFailure } from './scan-failure.ts';
import type { Product } from './tool.ts';

/** One project of a report of the command line: the report itself, an element of its array, or an application in an image. */
export interface Project {
  /** Where it stands in the report. */
  readonly path: readonly (string | number)[];
  readonly product: Product;
  readonly name: string | undefined;
  /** The manifest or lock file, as written; for images their reference. */
  readonly targetFile: string | undefined;
  /** The directory or image that was tested. */
  readonly testedPath: string | undefined;
  readonly image: string | undefined;
  /** Whether `targetFile` is the Dockerfile that the image is made from, which is no file of the image. */
  readonly isFromDockerfile: boolean;
  readonly packageManager: string | undefined;
  /** Upgrades and pins by direct dependency, as Snyk works them out for the project as a whole. */
  readonly remediation: JsonObject | undefined;
  /** Where unmanaged dependencies were found, by their names. */
  readonly fileSignatures: JsonObject | undefined;
  readonly properties: PropertyBag;
  readonly notifications: Notifications;
  readonly executionSuccessful: boolean;
}

const placed = new Set([
  'vulnerabilities',
  'filtered',
  'applications',
  'infrastructureAsCodeIssues',
  'infrastructureAsCodeSuccesses',
  'result',
  'projectName',
  'error',
  'remediation',
  'fileSignaturesDetails',
]);
/** Lists that say again what the findings say, and texts without use for a reader of results. */
const dropped = ['policy', 'depGraphData', 'depsFilePaths', 'issues', 'issuesData', 'affectedPkgs'] as const;
const filteredMembers = new Set(['ignore', 'patch']);
/** What else the versions of the command line write, kept without a word. */
const keptMembers = new Set([
  'advice',
  'code',
  'dependencyCount',
  'displayTargetFile',
  'docker',
  'filesystemPolicy',
  'foundProjectCount',
  'hasUnknownVersions',
  'ignoreSettings',
  'isPrivate',
  'licensesPolicy',
  'links',
  'meta',
  'numDependencies',
  'ok',
  'org',
  'packageManager',
  'path',
  'platform',
  'projectId',
  'projectType',
  'severityMap',
  'severityThreshold',
  'summary',
  'targetFile',
  'targetFilePath',
  'total',
  'uniqueCount',
]);
const distributionManagers = new Set(['deb', 'rpm', 'apk', 'linux']);

/** Reads what stands around the findings of a project. */
export function readProject(
  report: JsonReport,
  value: JsonObject,
  path: readonly (string | number)[],
  context: ConversionContext,
  containedIn?: Project,
): Project {
  const { losses } = context;
  const fields = new Fields(value, report.doubt, path);
  const notifications = new Notifications();
  const failed = noteFailure(fields, notifications);
  const name = fields.text('projectName') ?? containedIn?.name;
  const testedPath = fields.text('path');
  const targetFile = fields.text('displayTargetFile') || fields.text('targetFile') || undefined;
  const product = containedIn?.product ?? productOf(value);
  for (const list of [
    'vulnerabilities',
    'infrastructureAsCodeIssues',
    'infrastructureAsCodeSuccesses',
    'applications',
  ]) {
    fields.list(list);
  }
  const filtered = fields.nested('filtered');
  filtered?.keepUnknown(filteredMembers);
  for (const list of ['ignore', 'patch']) filtered?.list(list);
  for (const member of dropped) if (value[member] !== undefined && value[member] !== null) losses.drop(member);
  const remediation = fields.nested('remediation');
  for (const member of Object.keys(remediation?.object ?? {})) {
    if (member === 'unresolved')
      losses.drop('remediation.unresolved', report.count([...path, 'remediation', 'unresolved']));
    else if (!isEmpty(remediation?.object[member])) remediation?.keep(member);
  }
  const signatures = fields.nested('fileSignaturesDetails')?.object;
  for (const member in value) {
    if (!Object.hasOwn(value, member) || placed.has(member) || isDropped(member) || isEmpty(value[member])) continue;
    fields.keep(member);
    if (keptMembers.has(member)) continue;
    // It may be a list of findings: that is not kept without a word.
    const what = JSON.stringify(member);
    fields.doubt('SF-K107', member, `The field ${what} is not known; it is kept in the properties.`);
  }
  const properties: PropertyBag = {};
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses });
  return {
    path,
    product,
    name,
    targetFile,
    testedPath,
    isFromDockerfile: containedIn === undefined && targetFile?.startsWith('/') === false && isImage(value),
    image: product === 'container' ? testedPath || containedIn?.image : undefined,
    packageManager: fields.text('packageManager'),
    remediation: remediation?.object,
    fileSignatures: signatures,
    properties,
    notifications,
    executionSuccessful: !failed,
  };
}

/** Whether a project is an image itself, and not an application in it. */
function isImage({ packageManager, projectName }: JsonObject): boolean {
  if (typeof projectName === 'string' && projectName.startsWith('docker-image|')) return true;
  return typeof packageManager === 'string' && distributionManagers.has(packageManager);
}

function productOf(value: JsonObject): Product {
  if (isObject(value['docker']) || Array.isArray(value['applications']) || isImage(value)) return 'container';
  const result = value['result'];
  const isInfrastructure =
    Object.hasOwn(value, 'infrastructureAsCodeIssues') ||
    Object.hasOwn(value, 'infrastructureAsCodeSuccesses') ||
    (isObject(result) && Object.hasOwn(result, 'cloudConfigResults'));
  return isInfrastructure ? 'iac' : 'open-source';
}

function isDropped(member: string): boolean {
  return (dropped as readonly string[]).includes(member);
}

/** `[]` stands for an array that was left in the source, and an empty object says nothing. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
