/** What becomes of a field. */
export type Fate = 'placed' | 'kept' | 'left out' | 'on request';

/** One row of a converter's page. */
export interface MappingRow {
  /** Field of the report; `*` stands for any name. */
  readonly from: string;
  /** Where it goes. */
  readonly to: string;
  /** `placed` in SARIF's own properties, `kept` in `properties`, `left out`, or written `on request` of an option. */
  readonly fate: Fate;
}

export interface MappingSection {
  readonly title: string;
  readonly text?: string;
  readonly rows: readonly MappingRow[];
}

/** The page about a converter: the mapping table is the single place that says what goes where. */
export interface ConverterPage {
  readonly title: string;
  readonly intro: string;
  readonly sections: readonly MappingSection[];
}

/** The page in Markdown. */
export function renderConverterPage({ title, intro, sections }: ConverterPage): string {
  const parts = [`# ${title}`, intro];
  for (const section of sections) {
    parts.push(`## ${section.title}`);
    if (section.text !== undefined) parts.push(section.text);
    if (section.rows.length > 0) parts.push(table(section.rows));
  }
  return `${parts.join('\n\n')}\n`;
}

function table(rows: readonly MappingRow[]): string {
  const lines = rows.map(({ from, to, fate }) => `| ${code(from)} | ${cell(to)} | ${fate} |`);
  return ['| Report | SARIF | |', '| --- | --- | --- |', ...lines].join('\n');
}

function code(fields: string): string {
  return fields
    .split(', ')
    .map((field) => `\`${field.replaceAll('|', '\\|')}\``)
    .join(', ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
