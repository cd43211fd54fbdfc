import type { Place } from '../diagnostics/diagnostic.ts';
import type { JsonArray } from '../json/index-json.ts';
import type { JsonPointer } from '../json/pointer.ts';
import type { Source } from '../json/source.ts';
import type { ExternalPropertyFileReference, RunHeader } from '../model/model.ts';
import { type Fields, memberOf } from './json-value.ts';

/** External properties that were found: a file, or an element of the log's `inlineExternalProperties` (section 4.2). */
export interface ExternalDocument {
  /** As the log names the file; absent for what stands in the log. */
  readonly file: string | undefined;
  /** Of `root`, in the file or in the log. */
  readonly pointer: JsonPointer;
  readonly root: Fields;
  /** The results, which were left in `source`. */
  readonly results: JsonArray | undefined;
  readonly source: Source;
  /** Where the value at a pointer into the file or the log stands. */
  placeOf(pointer: JsonPointer): Place;
}

/** Why a document is not the one that a reference means; `undefined` when it is. */
export function mismatchOf(
  { root }: ExternalDocument,
  { guid }: ExternalPropertyFileReference,
  { automationDetails }: RunHeader,
): string | undefined {
  const version = memberOf(root, 'version');
  if (version !== undefined && version !== '2.1.0') return `its version is ${JSON.stringify(version)}, not "2.1.0"`;
  return (
    differenceOf('guid', memberOf(root, 'guid'), guid) ??
    differenceOf('runGuid', memberOf(root, 'runGuid'), automationDetails?.guid)
  );
}

/** Either side may leave the GUID out. */
function differenceOf(name: string, there: unknown, wanted: string | undefined): string | undefined {
  if (typeof there !== 'string' || wanted === undefined || there.toLowerCase() === wanted.toLowerCase())
    return undefined;
  return `its '${name}' is ${there}, not ${wanted}`;
}
