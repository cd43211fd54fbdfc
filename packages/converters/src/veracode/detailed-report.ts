import { type Place, type PropertyBag, ReadError } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import type { Origin } from '../diagnostics/doubt.ts';
import { Findings } from '../reading/findings.ts';
import { type XmlEncoding, xmlEncodingOf } from '../reading/xml/xml-encoding.ts';
import type { XmlStart } from '../reading/xml/xml-pieces.ts';
import { type HeaderDraft, type RawFinding, Refusal } from '../shell/drafts.ts';
import { Notifications } from '../shell/notifications.ts';
import { utcTime } from '../texts/utc-time.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import type { KeptValue } from '../values/fields.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { CodeRun } from './code-run.ts';
import { ComponentRun } from './component-run.ts';
import { parseDetailedComponent } from './detailed-component.ts';
import { type DetailedEntry, type DetailedPass, type DetailedWatcher, detailedEntries } from './detailed-entries.ts';
import { parseDetailedFlaw } from './detailed-flaw.ts';
import { propertyName } from './property-name.ts';
import { categoryOf, driverOf, type ScanType, scanTypes } from './scan-type.ts';

type Attributes = Readonly<Record<string, string>>;

/** The runs of a detailed report in XML: one for each kind of scan that took place. */
export async function openDetailedReport(context: ConversionContext, head: Uint8Array): Promise<OpenedRun<unknown>[]> {
  const encoding = readEncoding(head);
  const survey = new Survey(context, encoding);
  await survey.read();
  const application = survey.root['app_id']?.trim() || undefined;
  return survey.types().map((type, index) => {
    const header = headerOf(type, survey, index === 0, context);
    const findings = () => survey.findings(type);
    const draft =
      type === 'SCA'
        ? new ComponentRun({ findings, parse: parseDetailedComponent, header: () => header }, context)
        : new CodeRun(
            { findings, parse: (value, doubt) => parseDetailedFlaw(value, doubt, application), header: () => header },
            context,
          );
    return openedRun<never>(draft as never, new Notifications());
  });
}

function readEncoding(head: Uint8Array): XmlEncoding {
  const encoding = xmlEncodingOf(head);
  if ('label' in encoding) return encoding;
  throw refused(`XML in the encoding ${JSON.stringify(encoding.unknown)}`, 'nobody here knows how to read it');
}

function refused(title: string, because: string): UnknownFormatError {
  return new UnknownFormatError({ format: 'xml', title, because, candidates: [] }, []);
}

const analyses: ReadonlyMap<string, ScanType> = new Map([
  ['static-analysis', 'STATIC'],
  ['dynamic-analysis', 'DYNAMIC'],
  ['manual-analysis', 'MANUAL'],
  ['software_composition_analysis', 'SCA'],
]);
const mostModules = 1000;
const mostFields = 1000;

/** The first pass: which scans took place, what is said of each, and what is wrong with the document. */
class Survey implements DetailedWatcher {
  root: Attributes = {};
  readonly analyses = new Map<ScanType, Attributes>();
  readonly modules = new Map<ScanType, Attributes[]>();
  readonly customFields: Attributes[] = [];
  readonly #context: ConversionContext;
  readonly #pass: DetailedPass;
  readonly #found = new Set<ScanType>();
  #sawReport = false;
  #firstElement: string | undefined;
  #componentsStart: XmlStart | undefined;
  #flawsBehindComponents = false;

  constructor(context: ConversionContext, encoding: XmlEncoding) {
    this.#context = context;
    const { limits, signal } = context.options;
    this.#pass = { encoding, limits, signal };
    if (encoding.wronglyDeclared === undefined) return;
    const message = `The document says that it is in ${encoding.wronglyDeclared}, and is not; it is read as UTF-8.`;
    this.damage(message, { pointer: '', placeOf: () => ({ byteOffset: 0, line: 1, column: 1 }) });
  }

  async read(): Promise<void> {
    const pass = { ...this.#pass, watcher: this };
    for await (const batch of detailedEntries(this.#context.source, pass)) {
      for (const { type, node } of batch) {
        this.#found.add(type);
        if (type !== 'SCA' && node.at > (this.#componentsStart?.charOffset ?? Number.POSITIVE_INFINITY)) {
          this.#flawsBehindComponents = true;
        }
      }
    }
    if (this.#sawReport || this.#found.size > 0) return;
    throw refused('XML that is no detailed report', `its root element is <${this.#firstElement ?? 'missing'}>`);
  }

  /** Scans that found something, or that the report says took place. */
  types(): ScanType[] {
    const types = scanTypes.filter((type) => this.#found.has(type) || (type !== 'SCA' && this.analyses.has(type)));
    if (types.length > 0) return types;
    return this.analyses.has('SCA') ? ['SCA'] : ['STATIC'];
  }

  /** The findings of one kind of scan. Components are looked for where they start, flaws up to there. */
  findings(type: ScanType): Findings {
    const start = this.#componentsStart;
    const isApart = start !== undefined && !this.#flawsBehindComponents;
    const stretch = !isApart
      ? {}
      : type === 'SCA'
        ? { from: start, around: ['detailedreport'] }
        : { until: start.charOffset };
    const { source } = this.#context;
    const pass = { ...this.#pass, ...stretch };
    return new Findings(async function* () {
      for await (const batch of detailedEntries(source, pass))
        yield batch.filter((entry) => entry.type === type).map(rawFinding);
    });
  }

  element(name: string, attributes: Attributes, around: readonly string[]): void {
    this.#firstElement ??= name;
    if (name === 'detailedreport') {
      this.#sawReport = true;
      this.root = attributes;
    }
    const type = analyses.get(name);
    if (type !== undefined) this.analyses.set(type, attributes);
    if (name === 'module') this.#addModule(attributes, around);
    if (name === 'customfield' && attributes['value'] !== '' && this.customFields.length < mostFields) {
      this.customFields.push(attributes);
    }
  }

  damage(message: string, origin: Origin): void {
    this.#context.doubts.about(origin)('SF-K204', [], message);
  }

  broken(message: string, origin: Origin): void {
    this.#context.doubts.about(origin)('SF-K109', [], message);
  }

  entities(place: Place): never {
    const where = `line ${place.line}, column ${place.column}`;
    throw refused('XML with entity declarations', `its document type declares entities (${where}), which are not read`);
  }

  components(start: XmlStart): void {
    this.#componentsStart ??= start;
  }

  endsEarly(message: string, origin: Origin): void {
    if (this.#context.options.allowTruncated === false) {
      const place = origin.placeOf([]) ?? { byteOffset: 0, line: 1, column: 1 };
      throw new ReadError('SF-P106', message, { place, pointer: origin.pointer });
    }
    this.#context.doubts.about(origin)('SF-K203', [], `${message} The findings before that are converted.`);
    this.#context.doubts.endedEarly();
  }

  #addModule(attributes: Attributes, around: readonly string[]): void {
    const type = around.map((name) => analyses.get(name)).find((known) => known !== undefined);
    if (type === undefined) return;
    const modules = this.modules.get(type) ?? [];
    if (modules.length < mostModules) modules.push(attributes);
    this.modules.set(type, modules);
  }
}

function rawFinding(entry: DetailedEntry): RawFinding {
  const { origin, node } = entry;
  return node.broken === undefined
    ? { value: entry, origin }
    : { value: undefined, origin, broken: new Refusal(node.broken) };
}

/** Attributes of the report that have a place of their own, or say only what its elements say as well. */
const placedOfReport = new Set(['schemaLocation', 'app_name', 'engine_version']);

function headerOf(type: ScanType, survey: Survey, isFirst: boolean, context: ConversionContext): HeaderDraft {
  const kept: KeptValue[] = [];
  const keep = (prefix: string, attributes: Attributes | undefined) => {
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value === '' || name.startsWith('xmlns') || name.startsWith('xsi:') || placedOfReport.has(name)) continue;
      kept.push({ field: `${prefix}${name}`, value: utcTime(value) ?? value });
    }
  };
  if (isFirst) keep('report.', survey.root);
  if (isFirst && survey.customFields.length > 0) kept.push({ field: 'customfields', value: survey.customFields });
  const analysis = survey.analyses.get(type);
  keep('analysis.', analysis);
  const modules = survey.modules.get(type) ?? [];
  if (modules.length > 0) kept.push({ field: 'analysis.modules', value: modules });
  const properties: PropertyBag = {};
  keepInProperties(properties, kept, { nameOf: propertyName, losses: context.losses });
  const name = survey.root['app_name']?.trim();
  if (name) properties['veracode/app_name'] = name;
  return {
    driver: driverOf(type, analysis?.['engine_version']),
    executionSuccessful: true,
    run: {
      automationDetails: { id: categoryOf(type, name) },
      columnKind: 'utf16CodeUnits',
      ...(Object.keys(properties).length > 0 && { properties }),
    },
  };
}
