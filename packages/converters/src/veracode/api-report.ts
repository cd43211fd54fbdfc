import type { PropertyBag } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import type { Doubt } from '../diagnostics/doubt.ts';
import { bytesFrom } from '../reading/bytes-from.ts';
import { Findings } from '../reading/findings.ts';
import type { JsonReport } from '../reading/json-report.ts';
import type { HeaderDraft, RawFinding } from '../shell/drafts.ts';
import { Notifications } from '../shell/notifications.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { parseApiComponent } from './api-component.ts';
import { parseApiFinding, typeOfApiFinding } from './api-finding.ts';
import { CodeRun } from './code-run.ts';
import { ComponentRun } from './component-run.ts';
import { propertyName } from './property-name.ts';
import { categoryOf, driverOf, type ScanType, scanTypeOf, scanTypes } from './scan-type.ts';

type Path = readonly (string | number)[];

/** One answer of the findings API, or one page of several. */
export interface ApiPage {
  /** Path of the object that holds the findings, `page` and `_links`. */
  readonly path: Path;
  readonly object: JsonObject;
  /** Path of the array of findings. */
  readonly findings: Path;
}

const pageMembers = new Set(['_embedded', 'findings', '_links', 'page']);

/** The runs of answers of the findings API: one for each kind of scan that has findings. */
export async function openApiReport(
  report: JsonReport,
  pages: readonly ApiPage[],
  context: ConversionContext,
): Promise<OpenedRun<unknown>[]> {
  const properties = readAround(report, pages, context);
  const sole = await soleTypeIn(report, pages, context);
  const types = sole === undefined ? await typesIn(report, pages) : [sole];
  return types.map((type, index) => {
    const header: HeaderDraft = {
      driver: driverOf(type),
      executionSuccessful: true,
      run: {
        automationDetails: { id: categoryOf(type, undefined) },
        columnKind: 'utf16CodeUnits',
        ...(index === 0 && Object.keys(properties).length > 0 && { properties }),
      },
    };
    // What cannot be read at all belongs to no scan; the first run tells of it.
    const findings = () => findingsOf(report, pages, sole === undefined ? type : undefined, index === 0);
    const draft =
      type === 'SCA'
        ? new ComponentRun({ findings, parse: parseApiComponent, header: () => header }, context)
        : new CodeRun({ findings, parse: parseApiFinding, header: () => header }, context);
    return openedRun<never>(draft as never, new Notifications());
  });
}

/** The findings of one kind of scan, or all of them. */
function findingsOf(
  report: JsonReport,
  pages: readonly ApiPage[],
  type: ScanType | undefined,
  takesBroken: boolean,
): Findings {
  const isWanted = (raw: RawFinding) =>
    type === undefined || (raw.broken === undefined ? typeOfApiFinding(raw.value) === type : takesBroken);
  return Findings.concat(() =>
    pages.map(({ findings }) => report.elements(findings).flatMap((raw) => (isWanted(raw) ? [raw] : []))),
  );
}

/**
 * The kind of scan that all findings are of, where the bytes alone show it: most answers are of one kind, and reading them for
 * that would take as long as converting them.
 */
async function soleTypeIn(
  report: JsonReport,
  pages: readonly ApiPage[],
  { source, options }: ConversionContext,
): Promise<ScanType | undefined> {
  const count = pages.reduce((sum, { findings }) => sum + report.count(findings), 0);
  const decoder = new TextDecoder('latin1');
  let found = 0;
  let sole: string | undefined;
  let cut = '';
  for await (const chunk of bytesFrom(source)) {
    options.signal?.throwIfAborted();
    const text = cut + decoder.decode(chunk);
    let end = 0;
    for (const match of text.matchAll(typeMember)) {
      if (sole !== undefined && sole !== match[1]) return undefined;
      sole = match[1];
      found += 1;
      end = match.index + match[0].length;
    }
    cut = text.slice(Math.max(end, text.length - mostMemberCharacters));
  }
  return found === count && sole !== undefined ? scanTypeOf(sole) : undefined;
}

const mostMemberCharacters = 64;
const typeMember = /"scan_type"\s{0,8}:\s{0,8}"([A-Za-z]{1,16})"/g;

async function typesIn(report: JsonReport, pages: readonly ApiPage[]): Promise<ScanType[]> {
  const found = new Set<ScanType>();
  for (const { findings } of pages) {
    for await (const { value, broken } of report.elements(findings)) {
      if (broken === undefined) found.add(typeOfApiFinding(value));
    }
  }
  const types = scanTypes.filter((type) => found.has(type));
  return types.length > 0 ? types : ['OTHER'];
}

/** Reads what is around the findings, and says when there are more of them elsewhere. */
function readAround(report: JsonReport, pages: readonly ApiPage[], context: ConversionContext): PropertyBag {
  const properties: PropertyBag = {};
  let held = 0;
  let total = 0;
  let told: Doubt | undefined;
  for (const { path, object, findings } of pages) {
    const doubt = context.doubts.about(report.originOf(path));
    const fields = new Fields(object, doubt);
    fields.keepUnknown(pageMembers);
    const embedded = isObject(object['_embedded']) ? fields.nested('_embedded') : undefined;
    embedded?.keepUnknown(new Set(['findings']));
    keepInProperties(properties, fields.kept, { nameOf: propertyName, losses: context.losses });
    held += report.count(findings);
    const page = fields.nested('page');
    total = Math.max(total, page?.integer('total_elements') ?? 0);
    if (page !== undefined) told ??= doubt;
    for (const name of ['_links', 'page']) if (object[name] !== undefined) context.losses.drop(name);
  }
  if (told !== undefined && held < total) {
    told('SF-K201', ['page'], `The answer has ${total} findings on several pages, and ${held} are here.`);
    properties['veracode/truncated'] = true;
  }
  return properties;
}
