import type { ExternalPropertyFileReference, RunHeader } from '../model/model.ts';
import type { RepositoryPaths } from '../run/repository-path.ts';
import { uriForm } from '../run/uri-form.ts';

/** Where a reference to external properties leads. */
export type ReferencePlace =
  /** To an element of the log's own `inlineExternalProperties`. */
  | { readonly type: 'inline'; readonly index: number }
  | { readonly type: 'file'; readonly uri: string; readonly baseUri: string | undefined }
  /** Out of the folder that the log may read from. */
  | { readonly type: 'refused'; readonly uri: string; readonly because: string }
  /** To nothing that could be found. */
  | { readonly type: 'nowhere' };

/** @param inlineByGuid position of each element of `inlineExternalProperties` that has a GUID, in lower case */
export function referencePlace(
  { location, guid }: ExternalPropertyFileReference,
  { run, paths }: { readonly run: RunHeader; readonly paths: RepositoryPaths },
  inlineByGuid: ReadonlyMap<string, number>,
): ReferencePlace {
  const { uri, uriBaseId } =
    location?.uri === undefined ? (run.artifacts?.[location?.index ?? -1]?.location ?? {}) : location;
  if (uri === undefined || uri.trim() === '') {
    const index = inlineByGuid.get(guid?.toLowerCase() ?? '');
    return index === undefined ? { type: 'nowhere' } : { type: 'inline', index };
  }
  const { scheme, repaired } = uriForm(uri);
  if (scheme === 'sarif') return inlinePlace(repaired);
  const because = reasonAgainst(repaired, scheme);
  if (because !== undefined) return { type: 'refused', uri, because };
  const base = uriBaseId === undefined ? undefined : paths.baseOf(uriBaseId);
  if (base === undefined || base.uri === '') return { type: 'file', uri: repaired, baseUri: undefined };
  const schemeOfBase = uriForm(base.uri).scheme;
  if (schemeOfBase === 'file') return { type: 'file', uri: repaired, baseUri: base.uri };
  const combined = base.uri + repaired;
  const againstBase = reasonAgainst(combined, schemeOfBase);
  if (againstBase !== undefined) return { type: 'refused', uri: combined, because: againstBase };
  return { type: 'file', uri: combined, baseUri: undefined };
}

function inlinePlace(uri: string): ReferencePlace {
  const position = /^sarif:\/inlineExternalProperties\/(0|[1-9]\d{0,8})$/i.exec(uri)?.[1];
  return position === undefined ? { type: 'nowhere' } : { type: 'inline', index: Number(position) };
}

/** Why a URI may lead out of the folder of the log, if only on some systems. */
function reasonAgainst(uri: string, scheme: string | undefined): string | undefined {
  if (scheme !== undefined) return scheme === 'file' ? 'it is absolute' : `its scheme is '${scheme}'`;
  if (uri.startsWith('/')) return 'it begins with a slash';
  const [path = ''] = uri.split(/[?#]/, 1);
  for (const [at, encoded] of path.split('/').entries()) {
    const segment = decoded(encoded);
    if (segment === '..') return "it goes up with '..'";
    if (segment === undefined || /[/\\\0]/.test(segment)) return 'one of its names hides a separator';
    if (at === 0 && /^[A-Za-z]:/.test(segment)) return 'it begins with a drive';
  }
  return undefined;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    // The escapes are no UTF-8: no file can be meant that the rest of this would find.
    return undefined;
  }
}
