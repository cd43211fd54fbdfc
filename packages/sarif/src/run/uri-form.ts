import { hasDriveAsHost, isWindowsPath, repairUri } from './uri-repair.ts';
import { isPlainPath, misplacedCharacter } from './uri-syntax.ts';

/** What a URI reference is, as far as the string alone tells. */
export interface UriForm {
  /** A relative path in its plainest form: there is nothing to say of it. */
  readonly isPlain: boolean;
  /** The first character that RFC 3986 does not allow where it stands, the back-slashes of a Windows path excepted. */
  readonly misplaced: string | undefined;
  readonly isWindowsPath: boolean;
  /** A `file:` URI with a drive where the name of a host belongs. */
  readonly hasDriveAsHost: boolean;
  /** The URI reference that was probably meant; the string itself where nothing is wrong with it. */
  readonly repaired: string;
  /** Of `repaired`; absent for a relative reference. */
  readonly scheme: string | undefined;
  /** A segment of the path is `..`, if only once it is decoded. */
  readonly hasParentSegment: boolean;
  readonly hasQueryOrFragment: boolean;
}

const plainForm: UriForm = {
  isPlain: true,
  misplaced: undefined,
  isWindowsPath: false,
  hasDriveAsHost: false,
  repaired: '',
  scheme: undefined,
  hasParentSegment: false,
  hasQueryOrFragment: false,
};

/** Logs repeat few URIs, and several rules ask about each. */
const known = new Map<string, UriForm>();
const mostKnown = 100_000;
const longestKnown = 1000;

let last = { uri: '', form: formOf('') };

export function uriForm(uri: string): UriForm {
  if (last.uri === uri) return last.form;
  let form = known.get(uri);
  if (form === undefined) {
    form = formOf(uri);
    if (known.size >= mostKnown) known.clear();
    if (uri.length <= longestKnown) known.set(uri, form);
  }
  last = { uri, form };
  return form;
}

function formOf(uri: string): UriForm {
  if (isPlainPath(uri)) return { ...plainForm, repaired: uri };
  const repaired = repairUri(uri);
  const isWindows = isWindowsPath(uri);
  const [path = ''] = repaired.split(/[?#]/, 1);
  return {
    isPlain: false,
    misplaced: misplacedIn(isWindows ? uri.replaceAll('\\', '/') : uri),
    isWindowsPath: isWindows,
    hasDriveAsHost: hasDriveAsHost(uri),
    repaired,
    scheme: scheme(repaired),
    hasParentSegment: path.split('/').some(isParent),
    hasQueryOrFragment: path.length < repaired.length,
  };
}

function misplacedIn(uri: string): string | undefined {
  const at = misplacedCharacter(uri);
  return at === -1 ? undefined : String.fromCodePoint(uri.codePointAt(at) as number);
}

function isParent(segment: string): boolean {
  return segment === '..' || (segment.length <= 6 && segment.replaceAll(/%2e/gi, '.') === '..');
}

/** The scheme of a URI, in lower case; a single letter is a drive, not a scheme. */
export function scheme(uri: string): string | undefined {
  return /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(uri)?.[1]?.toLowerCase();
}
