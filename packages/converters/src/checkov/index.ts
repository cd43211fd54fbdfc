import { type ConversionContext, defineConverter, type OpenedRun, openedRun } from '../converter.ts';
import { SourcePaths } from '../locations/source-paths.ts';
import { Findings } from '../reading/findings.ts';
import { JsonReport } from '../reading/json-report.ts';
import { Notifications } from '../shell/notifications.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { FoundCheck } from './check.ts';
import { CheckRun } from './check-run.ts';
import { checkovPage } from './page.ts';
import { propertyName } from './property-name.ts';
import { checkovSignatures } from './signatures.ts';

type Path = readonly (string | number)[];

const findingLists = new Set(['failed_checks', 'skipped_checks']);
const containers = ['results', 'checks'];

/** Checkov: JSON of one kind of checks, of several, or of none. */
export const checkov = defineConverter({
  id: 'checkov',
  title: 'Checkov',
  signatures: checkovSignatures,
  page: checkovPage,
  async open(context) {
    const report = await JsonReport.open(context, isLarge, isFindings);
    const { root } = report;
    const entries: [Path, unknown][] = Array.isArray(root)
      ? root.map((value: unknown, index) => [[index], value])
      : [[[], root]];
    const runs: OpenedRun<unknown>[] = [];
    for (const [path, value] of entries) {
      if (isObject(value) && isReport(value)) runs.push(await openReport(report, context, path, value));
      else if (Array.isArray(root))
        report.doubt('SF-K102', path, 'This element is no report of checks. It is passed over.', value);
    }
    if (runs.length > 0) return runs;
    const because =
      'a Checkov report has a member named "check_type" or "checkov_version", and this document has none of them';
    throw new UnknownFormatError(
      { format: 'unknown', title: 'JSON of an unknown format', because, candidates: [] },
      [],
    );
  },
});

function isReport(value: JsonObject): boolean {
  return ['check_type', 'checkov_version', 'failed', ...containers].some((name) => Object.hasOwn(value, name));
}

function isLarge(path: Path): boolean {
  return isFindings(path) || (isList(path) && (path.at(-1) === 'passed_checks' || path.at(-1) === 'parsing_errors'));
}

function isFindings(path: Path): boolean {
  return isList(path) && findingLists.has(String(path.at(-1)));
}

function isList(path: Path): boolean {
  if (!containers.includes(String(path.at(-2)))) return false;
  return path.length === 2 || (path.length === 3 && typeof path[0] === 'number');
}

const members = new Set(['check_type', 'results', 'checks', 'summary', 'url']);
const resultMembers = new Set(['passed_checks', 'failed_checks', 'skipped_checks', 'parsing_errors']);
const summaryMembers = ['passed', 'failed', 'skipped', 'parsing_errors', 'resource_count', 'checkov_version'];

async function openReport(
  report: JsonReport,
  context: ConversionContext,
  path: Path,
  value: JsonObject,
): Promise<OpenedRun<unknown>> {
  const { losses } = context;
  const fields = new Fields(value, report.doubt, path);
  // Without any check to run, the summary is all that Checkov writes.
  const isBare = Object.hasOwn(value, 'checkov_version');
  fields.keepUnknown(isBare ? new Set(summaryMembers) : members);
  const summary = isBare ? fields : fields.nested('summary');
  const checkType = fields.text('check_type') ?? '';
  if (!isBare) summary?.keepUnknown(new Set(summaryMembers));
  for (const name of summaryMembers) if (name !== 'checkov_version') summary?.keep(name);
  fields.keep('url');
  const lists = listsOf(report, fields, context);
  const notifications = new Notifications();
  await noteParsingErrors(report, context, lists.errors, notifications);
  const version = summary?.text('checkov_version') || undefined;
  const unlisted = lists.findings.length === 0 ? (summary?.integer('failed') ?? 0) : 0;
  if (unlisted > 0) {
    fields.doubt(
      'SF-K205',
      undefined,
      `The summary says that ${unlisted} checks failed, and the report does not say which.`,
    );
  }
  const properties = {};
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses });
  const header = {
    driver: {
      name: 'Checkov',
      ...(version !== undefined && { version }),
      ...(version !== undefined && /^\d{1,9}\.\d{1,9}\.\d{1,9}$/.test(version) && { semanticVersion: version }),
      organization: 'Bridgecrew',
      informationUri: 'https://www.checkov.io/',
    },
    executionSuccessful: true,
    ...(unlisted > 0 && { results: 'absent' as const }),
    run: {
      automationDetails: { id: `checkov/${checkType}${checkType === '' ? '' : '/'}` },
      columnKind: 'utf16CodeUnits' as const,
      ...(Object.keys(properties).length > 0 && { properties }),
    },
  };
  const found = () => eachCheck(report, lists.findings);
  return openedRun(new CheckRun(checkType, found, context, header), notifications);
}

interface Lists {
  readonly findings: readonly { readonly path: Path; readonly isSkipped: boolean }[];
  readonly errors: readonly Path[];
}

function listsOf(report: JsonReport, fields: Fields, { losses }: ConversionContext): Lists {
  const findings: { path: Path; isSkipped: boolean }[] = [];
  const errors: Path[] = [];
  for (const name of containers) {
    const results = fields.nested(name);
    results?.keepUnknown(resultMembers);
    for (const member of resultMembers) {
      if (results === undefined) continue;
      const path = [...results.path, member];
      if (!report.has(path)) results.list(member);
      else if (member === 'parsing_errors') errors.push(path);
      else if (member === 'passed_checks') losses.drop('passed_checks', report.count(path));
      else findings.push({ path, isSkipped: member === 'skipped_checks' });
    }
  }
  return { findings, errors };
}

async function noteParsingErrors(
  report: JsonReport,
  { options, doubts }: ConversionContext,
  lists: readonly Path[],
  notifications: Notifications,
): Promise<void> {
  const paths = new SourcePaths(options.sourceRoot);
  for (const path of lists) {
    for await (const { value, origin } of report.elements(path)) {
      if (typeof value !== 'string') {
        if (value !== undefined)
          doubts.about(origin)('SF-K102', [], 'This entry of "parsing_errors" is no string.', value);
        continue;
      }
      const file = value.replace(/^[\\/]{1,9}/, '');
      notifications.add('execution', {
        kind: 'checkov/parsing-error',
        about: 'A file cannot be parsed, and was not checked.',
        level: 'warning',
        text: 'The file cannot be parsed, and was not checked.',
        fields: file === '' ? {} : { locations: [{ physicalLocation: { artifactLocation: paths.locationOf(file) } }] },
      });
    }
  }
}

function eachCheck(report: JsonReport, lists: Lists['findings']): Findings {
  return Findings.concat(() =>
    lists.map(({ path, isSkipped }) =>
      report.elements(path).flatMap((raw) => [{ ...raw, value: new FoundCheck(raw.value, isSkipped) }]),
    ),
  );
}
