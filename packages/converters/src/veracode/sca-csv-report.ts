import { type PathSegment, type Place, ReadError } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import type { Origin } from '../diagnostics/doubt.ts';
import { type CsvRow, csvRows } from '../reading/csv/csv-rows.ts';
import { Findings } from '../reading/findings.ts';
import { type HeaderDraft, type RawFinding, Refusal } from '../shell/drafts.ts';
import { Notifications } from '../shell/notifications.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import { ComponentRun } from './component-run.ts';
import { parseScaRow } from './sca-row.ts';
import { categoryOf, driverOf } from './scan-type.ts';

/** The header row of a list of SCA issues, however it is quoted and separated. */
const headerRow = /^\s*"?Issue ID"?\s*([,;\t])\s*"?Issue type"?/i;

/** What stands between the fields of a list of SCA issues in CSV; undefined when a text is none. */
export function scaCsvSeparator(text: string): string | undefined {
  return headerRow.exec(text.slice(0, 200))?.[1];
}

/** The run of a list of SCA issues in CSV, as the platform exports it. */
export async function openScaCsv(context: ConversionContext, separator: string): Promise<OpenedRun<unknown>[]> {
  const table = new ScaTable(context, separator);
  await table.survey();
  const header: HeaderDraft = {
    driver: driverOf('SCA'),
    executionSuccessful: true,
    run: { automationDetails: { id: categoryOf('SCA', undefined) }, columnKind: 'utf16CodeUnits' },
  };
  const findings = () => table.findings();
  return [
    openedRun(new ComponentRun({ findings, parse: parseScaRow, header: () => header }, context), new Notifications()),
  ];
}

/** Rows as objects, whose members are named by the header: `Issue opened: Scan ID` is `issue_opened_scan_id`. */
class ScaTable {
  readonly #context: ConversionContext;
  readonly #separator: string;

  constructor(context: ConversionContext, separator: string) {
    this.#context = context;
    this.#separator = separator;
  }

  /** Says what is wrong with the table as a whole. */
  async survey(): Promise<void> {
    let header: readonly string[] | undefined;
    let index = 0;
    for await (const rows of this.#rows()) {
      for (const row of rows) {
        if (row.isCut) this.#tellEnd(row, index);
        if (header === undefined) header = row.fields;
        else if (!row.isCut) this.#tellLength(row, header.length);
        index += 1;
      }
    }
    if (header !== undefined) return;
    throw new UnknownFormatError({ format: 'csv', title: 'a table', because: 'it has no row', candidates: [] }, []);
  }

  #tellLength({ fields, place }: CsvRow, columns: number): void {
    const isSurplus = fields.slice(columns).some((text) => text !== '');
    if (fields.length >= columns && !isSurplus) return;
    const doubt = this.#context.doubts.about({ pointer: '', placeOf: () => place });
    doubt('SF-K204', [], `This row has ${fields.length} fields, and the header ${columns}.`);
  }

  #tellEnd({ place }: CsvRow, index: number): void {
    const { doubts, options } = this.#context;
    const message = 'The table ends inside a quotation.';
    const pointer = index === 0 ? '' : `/${index - 1}`;
    if (options.allowTruncated === false || index === 0) {
      throw new ReadError('SF-P106', message, { place, pointer, completeElements: Math.max(0, index - 1) });
    }
    const doubt = doubts.about({ pointer, placeOf: () => place });
    doubt('SF-K109', [], cutRow);
    doubt('SF-K203', [], `${message} The rows before it are converted.`);
    doubts.endedEarly();
  }

  findings(): Findings {
    const rows = () => this.#rows();
    return new Findings(async function* () {
      let names: readonly string[] | undefined;
      let index = 0;
      for await (const batch of rows()) {
        const findings: RawFinding[] = [];
        for (const row of batch) {
          if (names === undefined) names = memberNames(row.fields);
          else findings.push(findingOf(row, names, index++));
        }
        if (findings.length > 0) yield findings;
      }
    });
  }

  #rows(): AsyncGenerator<readonly CsvRow[]> {
    const { limits, signal } = this.#context.options;
    return csvRows(this.#context.source, { separator: this.#separator, limits, signal });
  }
}

const cutRow = 'The table ends in the middle of this row.';

function findingOf({ fields, place, isCut }: CsvRow, names: readonly string[], index: number): RawFinding {
  const origin = new RowOrigin(index, place);
  if (isCut) return { value: undefined, origin, broken: new Refusal(cutRow) };
  const value: Record<string, string> = {};
  for (const [at, text] of fields.entries()) {
    // Names start and end with a letter or a digit: `__proto__`, which cannot be assigned, is none of them.
    if (text !== '' && text !== 'null') value[names[at] ?? `column_${at + 1}`] = text;
  }
  return { value, origin };
}

/** Each name once: a column of the same name as one before gets its number. */
function memberNames(header: readonly string[]): string[] {
  const names = new Set<string>();
  for (const [at, title] of header.entries()) {
    const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const name = words.join('_');
    names.add(name === '' || names.has(name) ? `${name}_${at + 1}` : name);
  }
  return [...names];
}

/** A row stands in one piece: whatever is asked about it is there. */
class RowOrigin implements Origin {
  readonly #index: number;
  readonly #place: Place;

  constructor(index: number, place: Place) {
    this.#index = index;
    this.#place = place;
  }

  get pointer(): string {
    return `/${this.#index}`;
  }

  placeOf(_path: readonly PathSegment[]): Place {
    return this.#place;
  }
}
