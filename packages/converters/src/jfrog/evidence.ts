import type { Location } from '@sariflow/sarif';
import type { SourcePaths } from '../locations/source-paths.ts';
import { plainText } from '../texts/plain-text.ts';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';
import { readSpan, regionOf, type SourceSpan } from './source-span.ts';

/** A place in the code that shows why a vulnerability applies, or a step of a flow of data. */
export interface Evidence {
  readonly file: string;
  readonly span: SourceSpan | undefined;
  readonly snippet: string | undefined;
  readonly reason: string | undefined;
}

const members = new Set(['file', 'startLine', 'startColumn', 'endLine', 'endColumn', 'snippet', 'reason']);

/** The places in the list `name`; what is none is doubted and kept. */
export function readEvidence(fields: Fields, name: string): Evidence[] {
  return (fields.list(name) ?? []).flatMap((entry, index) => readPlace(fields, [name, index], entry));
}

/** One place: no element when it cannot be read. */
export function readPlace(fields: Fields, at: readonly (string | number)[], entry: unknown): Evidence[] {
  const file = isObject(entry) ? entry['file'] : undefined;
  if (!isObject(entry) || typeof file !== 'string' || file === '') {
    fields.doubtValue(at, entry, 'an object with a file');
    return [];
  }
  const place = fields.at(entry, at);
  place.keepUnknown(members);
  return [
    {
      file,
      span: readSpan(place),
      snippet: place.text('snippet') || undefined,
      reason: place.text('reason') || undefined,
    },
  ];
}

/** The place as a location, with its reason as the message. */
export function evidenceLocation({ file, span, snippet, reason }: Evidence, paths: SourcePaths): Location {
  const text = reason === undefined ? '' : plainText(reason).trim();
  return {
    physicalLocation: {
      artifactLocation: paths.locationOf(file),
      ...(span !== undefined && { region: regionOf(span, snippet) }),
    },
    ...(text !== '' && { message: { text } }),
  };
}
