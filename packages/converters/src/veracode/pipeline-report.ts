import type { PropertyBag, VersionControlDetails } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import type { JsonReport } from '../reading/json-report.ts';
import type { HeaderDraft } from '../shell/drafts.ts';
import { Notifications } from '../shell/notifications.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { Fields } from '../values/fields.ts';
import type { JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { CodeRun } from './code-run.ts';
import { parsePipelineFinding } from './pipeline-finding.ts';
import { propertyName } from './property-name.ts';
import { categoryOf, driverOf } from './scan-type.ts';
import { readText } from './veracode-fields.ts';

const members = new Set([
  'findings',
  'scan_id',
  'scan_status',
  'message',
  'modules',
  'modules_count',
  'selected_modules',
  'pipeline_scan',
  'dev_stage',
  'project_name',
  'project_uri',
  'project_ref',
  'commit_hash',
  'scan_app_id',
  '_links',
]);
const keptMembers = ['modules', 'selected_modules', 'dev_stage', 'scan_app_id'];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The run of `results.json` or `filtered_results.json` of a pipeline scan; `findings` is where they stand. */
export function openPipelineReport(
  report: JsonReport,
  root: JsonObject,
  context: ConversionContext,
  findings: readonly string[] = ['findings'],
): OpenedRun<unknown> {
  const notifications = new Notifications();
  const fields = new Fields(root, report.doubt);
  fields.keepUnknown(members);
  fields.list('findings');
  for (const name of keptMembers) fields.keep(name);
  const executionSuccessful = readStatus(fields, notifications);
  const project = readText(fields, 'project_name');
  const scanId = readText(fields, 'scan_id');
  const isGuid = scanId !== undefined && uuid.test(scanId);
  if (!isGuid) fields.keep('scan_id');
  const provenance = readProvenance(fields);
  if (project !== undefined) fields.keep('project_name');
  const properties: PropertyBag = {};
  keepInProperties(properties, fields.kept, {
    nameOf: propertyName,
    losses: context.losses,
    placed: new Set(['project_name']),
  });
  for (const name of ['modules_count', '_links']) if (root[name] !== undefined) context.losses.drop(name);
  const header: HeaderDraft = {
    driver: driverOf('STATIC', readText(fields, 'pipeline_scan')),
    executionSuccessful,
    run: {
      automationDetails: { id: categoryOf('STATIC', project), ...(isGuid && { guid: scanId }) },
      ...(provenance !== undefined && { versionControlProvenance: [provenance] }),
      columnKind: 'utf16CodeUnits',
      ...(Object.keys(properties).length > 0 && { properties }),
    },
  };
  const source = {
    findings: () => report.elements(findings),
    parse: parsePipelineFinding,
    header: () => header,
  };
  return openedRun(new CodeRun(source, context), notifications);
}

/** A scan that failed found nothing because it did not look to the end. */
function readStatus(fields: Fields, notifications: Notifications): boolean {
  const status = readText(fields, 'scan_status');
  const message = readText(fields, 'message');
  if (status === undefined || status.toUpperCase() === 'SUCCESS') {
    if (message !== undefined) fields.keep('message');
    return true;
  }
  notifications.add('execution', {
    kind: `veracode/scanStatus/${status}`,
    about: 'The scan did not end well.',
    level: 'error',
    text: message ?? `The status of the scan is ${status}.`,
  });
  return false;
}

function readProvenance(fields: Fields): VersionControlDetails | undefined {
  const address = readText(fields, 'project_uri');
  const repositoryUri = address === undefined ? undefined : webUri(address);
  const branch = readText(fields, 'project_ref');
  const revisionId = readText(fields, 'commit_hash');
  if (repositoryUri === undefined) {
    // Without the repository's address there is no place for them.
    for (const name of ['project_uri', 'project_ref', 'commit_hash']) fields.keep(name);
    return undefined;
  }
  return {
    repositoryUri,
    ...(branch !== undefined && { branch }),
    ...(revisionId !== undefined && { revisionId }),
  };
}
