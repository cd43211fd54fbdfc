import type { PropertyBag } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import type { JsonReport } from '../reading/json-report.ts';
import type { HeaderDraft, RawFinding } from '../shell/drafts.ts';
import { Notifications } from '../shell/notifications.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { librariesOf, parseAgentFinding } from './agent-finding.ts';
import { readAgentRecord } from './agent-record.ts';
import { ComponentRun } from './component-run.ts';
import { packageNameOf } from './library.ts';
import { propertyName } from './property-name.ts';
import { categoryOf, driverOf } from './scan-type.ts';
import { readText } from './veracode-fields.ts';

const recordMembers = new Set([
  'metadata',
  'graphs',
  'libraries',
  'vulnerabilities',
  'unmatchedLibraries',
  'vulnMethods',
]);
const mostUnmatched = 100;

/** The runs of a report of the SCA agent: one for each record. */
export function openAgentReport(
  report: JsonReport,
  root: JsonObject,
  context: ConversionContext,
): OpenedRun<unknown>[] {
  const fields = new Fields(root, report.doubt);
  fields.keepUnknown(new Set(['records', 'metadata']));
  fields.keep('metadata');
  const records = fields.list('records') ?? [];
  const runs: OpenedRun<unknown>[] = [];
  for (const [index, record] of records.entries()) {
    if (!isObject(record)) {
      fields.doubtValue(['records', index], record, 'an object');
      continue;
    }
    runs.push(openRecord(report, record, index, records.length, fields, context));
  }
  return runs;
}

function openRecord(
  report: JsonReport,
  record: JsonObject,
  index: number,
  count: number,
  around: Fields,
  context: ConversionContext,
): OpenedRun<unknown> {
  const fields = new Fields(record, context.doubts.about(report.originOf(['records', index])));
  const notifications = new Notifications();
  fields.keepUnknown(recordMembers);
  fields.keep('metadata');
  if (record['vulnerabilities'] === undefined) {
    fields.doubt('SF-K103', undefined, 'The record has no "vulnerabilities", so no finding is read from it.');
  }
  fields.list('vulnerabilities');
  noteUnmatched(fields, notifications);
  const properties: PropertyBag = {};
  const kept = index === 0 ? [...around.kept, ...fields.kept] : fields.kept;
  keepInProperties(properties, kept, { nameOf: propertyName, losses: context.losses });
  const side = readAgentRecord(report, record, index, context);
  const header: HeaderDraft = {
    driver: driverOf('SCA'),
    executionSuccessful: true,
    run: {
      automationDetails: { id: categoryOf('SCA', count > 1 ? `record ${index + 1}` : undefined) },
      columnKind: 'utf16CodeUnits',
      ...(Object.keys(properties).length > 0 && { properties }),
    },
  };
  const draft = new ComponentRun(
    {
      findings: () => perLibrary(report.elements(['records', index, 'vulnerabilities'])),
      parse: (value, doubt) => parseAgentFinding(value, doubt, side),
      header: () => header,
    },
    context,
  );
  return openedRun(draft, notifications);
}

/** One finding for each library that has the vulnerability. */
async function* perLibrary(vulnerabilities: AsyncIterable<RawFinding>): AsyncGenerator<RawFinding> {
  for await (const raw of vulnerabilities) {
    if (raw.broken !== undefined) {
      yield raw;
      continue;
    }
    for (const library of librariesOf(raw.value)) {
      yield { value: { vulnerability: raw.value, library }, origin: raw.origin };
    }
  }
}

/** Libraries that the scan could not find out about: nobody knows whether they are vulnerable. */
function noteUnmatched(fields: Fields, notifications: Notifications): void {
  for (const [index, entry] of (fields.list('unmatchedLibraries') ?? []).entries()) {
    if (!isObject(entry)) {
      fields.doubtValue(['unmatchedLibraries', index], entry, 'an object');
      continue;
    }
    const library = fields.at(entry, ['unmatchedLibraries', index]);
    const name = packageNameOf(readText(library, 'coordinate1') ?? '', readText(library, 'coordinate2') ?? '');
    const about = 'A library is not known to the scan.';
    const text = `The library ${name || readText(library, 'name') || 'without a name'} is not known, so nothing is said about it.`;
    notifications.add('execution', { kind: 'veracode/unmatchedLibrary', about, level: 'note', text }, mostUnmatched);
  }
}
