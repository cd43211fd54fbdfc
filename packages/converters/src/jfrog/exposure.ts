import { cweOf, cweTexts } from '../taxonomies/cwe.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';
import type { SourceSpan } from './source-span.ts';

/** A secret, a weak configuration or weak code that Xray found in an artifact, rather than a vulnerable package. */
export interface Exposure {
  readonly id: string | undefined;
  readonly text: string | undefined;
  readonly file: string | undefined;
  readonly span: SourceSpan | undefined;
  readonly taxa: readonly Taxon[];
}

const rowMembers = ['category', 'repository', 'evidence', 'origin', 'token_validation'];
const detailMembers = new Set([
  'id',
  'status',
  'jfrog_severity',
  'description',
  'abbreviation',
  'cwe',
  'findings',
  'origin',
]);

/** The exposure of a report's row, or of a violation's `details` or `sast_details`. */
export function readExposure(entry: Fields): Exposure {
  for (const name of rowMembers) entry.keep(name);
  const name = isObject(entry.object['details']) ? 'details' : 'sast_details';
  const details = entry.nested(name);
  details?.keepUnknown(detailMembers);
  for (const member of ['status', 'abbreviation', 'findings', 'origin', 'description']) details?.keep(member);
  return {
    id: details?.label('id')?.trim() || undefined,
    text: details?.text('description') || undefined,
    file: entry.text('file_path') || undefined,
    span: readLine(entry),
    taxa: readTaxa(entry, details),
  };
}

/** `Line Number: 2`; an offset into a binary file has no lines. */
function readLine(entry: Fields): SourceSpan | undefined {
  const text = entry.text('location') ?? '';
  const line = Number(/^Line Number:\s{0,9}(\d{1,9})$/i.exec(text.trim())?.[1]);
  if (line >= 1) return { startLine: line, startColumn: undefined, endLine: undefined, endColumn: undefined };
  if (text !== '') entry.keep('location');
  return undefined;
}

function readTaxa(entry: Fields, details: Fields | undefined): Taxon[] {
  const written = isObject(details?.object['cwe']) ? details.nested('cwe') : undefined;
  const texts = written === undefined ? [...entry.texts('cwe')] : [written.text('cwe_id') ?? ''];
  const name = written?.text('cwe_name') || undefined;
  return texts.flatMap(cweTexts).flatMap((text) => {
    const taxon = cweOf(text);
    if (taxon !== undefined) return [{ ...taxon, name: taxon.name ?? name }];
    if (text !== '') entry.keep('cwe', text);
    return [];
  });
}
