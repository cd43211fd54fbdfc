import type { RunHeader } from '../model/model.ts';

/** What is wrong with a `sarif:` URI (section 3.10.3). */
export type SarifUriDefect =
  /** It has a host, a query or a fragment, or its path is no JSON pointer. */
  | 'form'
  /** The log has nothing at this place. */
  | 'target';

const logMembers: ReadonlySet<string> = new Set([
  '$schema',
  'version',
  'runs',
  'inlineExternalProperties',
  'properties',
]);

/**
 * Looks at a `sarif:` URI, which is the JSON pointer of a place in the same log. Only the header of the run that it stands in is
 * known: places in results, in other runs and in what belongs to the log itself are believed.
 */
export function sarifUriDefect(
  uri: string,
  { run, runIndex }: { readonly run: RunHeader; readonly runIndex: number },
): SarifUriDefect | undefined {
  const path = uri.slice('sarif:'.length);
  if (!path.startsWith('/') || path.startsWith('//') || /[?#]/.test(path)) return 'form';
  const segments: string[] = [];
  for (const encoded of path.slice(1).split('/')) {
    const segment = decodedSegment(encoded);
    if (segment === undefined) return 'form';
    segments.push(segment);
  }
  const [top = '', at = '', ...rest] = segments;
  if (!logMembers.has(top)) return 'target';
  if (top !== 'runs' && top !== 'inlineExternalProperties') return undefined;
  if (segments.length === 1) return undefined;
  if (!isIndex(at)) return 'target';
  if (top !== 'runs' || Number(at) !== runIndex || rest.length === 0) return undefined;
  if (rest[0] === 'results') return rest[1] === undefined || isIndex(rest[1]) ? undefined : 'target';
  return isThere(run, rest) ? undefined : 'target';
}

function decodedSegment(encoded: string): string | undefined {
  if (/~(?![01])/.test(encoded)) return undefined;
  try {
    return decodeURIComponent(encoded).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    // A `%` that begins no character: the URI is not one.
    return undefined;
  }
}

function isThere(value: unknown, segments: readonly string[]): boolean {
  let current = value;
  for (const segment of segments) {
    if (typeof current !== 'object' || current === null) return false;
    if (Array.isArray(current) ? !isIndex(segment) : !Object.hasOwn(current, segment)) return false;
    current = (current as Readonly<Record<string, unknown>>)[segment];
    if (current === undefined) return false;
  }
  return true;
}

function isIndex(segment: string): boolean {
  return segment.length <= 15 && /^(?:0|[1-9]\d*)$/.test(segment);
}
