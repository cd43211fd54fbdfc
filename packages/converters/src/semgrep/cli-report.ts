import type { Artifact, PropertyBag } from '@sariflow/sarif';
import type { ConversionContext, OpenedRun } from '../converter.ts';
import { openedRun } from '../converter.ts';
import { SourcePaths } from '../locations/source-paths.ts';
import type { JsonReport } from '../reading/json-report.ts';
import type { HeaderDraft } from '../shell/drafts.ts';
import { Notifications } from '../shell/notifications.ts';
import { Fields } from '../values/fields.ts';
import type { JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { readError } from './cli-errors.ts';
import { CliRun } from './cli-run.ts';
import { noteSkippedFile, noteSkippedRule } from './cli-skipped.ts';
import { propertyName } from './property-name.ts';
import { semgrepDriver } from './tool.ts';

const members = new Set([
  'version',
  'results',
  'errors',
  'paths',
  'skipped_rules',
  'engine_requested',
  'interfile_languages_used',
  'time',
  'profiling_results',
  'explanations',
  // The other arrays of findings become runs of their own.
  'findings',
  'vulns',
]);
const pathMembers = new Set(['scanned', 'skipped', '_comment']);

/** Members of the report about the scan's own speed and reasoning. */
export const profileMembers: readonly string[] = ['time', 'profiling_results', 'explanations'];

/** Reads what stands around `results`: the tool, what went wrong, what was skipped. `at` is where it is in the document. */
export async function openCliReport(
  report: JsonReport,
  root: JsonObject,
  context: ConversionContext,
  at: readonly number[] = [],
): Promise<OpenedRun<unknown>> {
  const { losses, options } = context;
  const notifications = new Notifications();
  const paths = new SourcePaths(options.sourceRoot);
  const fields = new Fields(root, report.doubt, at);
  fields.keepUnknown(members);
  for (const name of ['errors', 'skipped_rules']) fields.list(name);
  const executionSuccessful = await readErrors(report, at, context, notifications, paths);
  const pathFields = fields.nested('paths');
  pathFields?.keepUnknown(pathMembers);
  for (const name of ['scanned', 'skipped']) pathFields?.list(name);
  for await (const { value, origin } of report.elements([...at, 'paths', 'skipped'])) {
    noteSkippedFile(value, context.doubts.about(origin), notifications, paths);
  }
  for await (const { value, origin } of report.elements([...at, 'skipped_rules'])) {
    noteSkippedRule(value, context.doubts.about(origin), notifications);
  }
  const artifacts = await readScannedFiles(report, at, context, paths);
  for (const name of profileMembers) {
    if (root[name] === undefined || root[name] === null) continue;
    if (options.semgrep?.keepProfile === true) fields.keep(name);
    else losses.drop(name);
  }
  const driver = semgrepDriver(fields.text('version'));
  const engine = driverProperties(fields);
  const properties: PropertyBag = {};
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses });
  const header: HeaderDraft = {
    driver: { ...driver, ...(Object.keys(engine).length > 0 && { properties: engine }) },
    executionSuccessful,
    run: {
      // Runs of one tool in one log have to be told apart.
      ...(at.length > 0 && { automationDetails: { id: `semgrep/${at.map((index) => index + 1).join('/')}/` } }),
      ...(artifacts.length > 0 && { artifacts }),
      columnKind: 'unicodeCodePoints',
      ...(Object.keys(properties).length > 0 && { properties }),
    },
  };
  return openedRun(new CliRun(() => report.elements([...at, 'results']), context, header), notifications);
}

function driverProperties(fields: Fields): PropertyBag {
  const engine = fields.text('engine_requested');
  const languages = fields.texts('interfile_languages_used');
  return {
    ...(engine !== undefined && { 'semgrep/engineRequested': engine }),
    ...(languages.length > 0 && { 'semgrep/interfileLanguagesUsed': languages }),
  };
}

/** Writes `errors` as notifications. Returns whether the scan took place. */
async function readErrors(
  report: JsonReport,
  at: readonly number[],
  context: ConversionContext,
  notifications: Notifications,
  paths: SourcePaths,
): Promise<boolean> {
  const foundSomething = report.count([...at, 'results']) > 0;
  let successful = true;
  for await (const { value, origin } of report.elements([...at, 'errors'])) {
    const error = readError(value, context.doubts.about(origin), paths, context.losses);
    notifications.add(error.to, error.draft);
    if (error.isFatal || (error.isSerious && !foundSomething)) successful = false;
  }
  return successful;
}

async function readScannedFiles(
  report: JsonReport,
  at: readonly number[],
  context: ConversionContext,
  paths: SourcePaths,
): Promise<Artifact[]> {
  if (context.options.semgrep?.scannedFiles !== true) {
    context.losses.drop('paths.scanned', report.count([...at, 'paths', 'scanned']));
    return [];
  }
  const artifacts = new Map<string, Artifact>();
  for await (const { value, origin } of report.elements([...at, 'paths', 'scanned'])) {
    if (typeof value !== 'string') {
      context.doubts.about(origin)('SF-K102', [], 'This entry of "paths.scanned" is no string.', value);
      continue;
    }
    const location = paths.locationOf(value);
    artifacts.set(`${location.uriBaseId} ${location.uri}`, { location, roles: ['analysisTarget'] });
  }
  return [...artifacts.values()];
}
