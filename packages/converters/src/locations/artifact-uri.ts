const safePath = /^[A-Za-z0-9\-._~!$&'()*+,;=@/]+$/;
const windowsDrive = /^[A-Za-z]:[\\/]/;
const notInPaths = /[^A-Za-z0-9\-._~!$&'()*+,;=:@/]/u;

/**
 * The path of a file as a URI reference (§3.4.3): `/` between segments, percent-encoded, without a leading `./`.
 * Absolute paths become `file:` URIs; a colon in the first segment, which would read as a scheme, gets `./` in front.
 * `..` segments stay, because what they mean depends on where the scan was started.
 */
export function artifactUri(path: string): string {
  if (safePath.test(path) && path[0] !== '/' && !hasIdleSegment(path)) return path;

  const slashed = slashesOf(path);
  const segments = slashed.split('/').filter((segment) => segment !== '' && segment !== '.');
  const encoded = segments.map(encodeSegment).join('/');
  if (slashed.startsWith('//')) return `file://${encoded}`;
  if (slashed.startsWith('/')) return `file:///${encoded}`;
  if (windowsDrive.test(slashed)) return `file:///${encoded}`;
  if (segments.length === 0) return './';
  return (segments[0] as string).includes(':') ? `./${encoded}` : encoded;
}

/**
 * Back-slashes separate only where nothing else does: they are legal in the file names of other systems. What the caller of a
 * scanner wrote in front, `./`, says nothing about the system.
 */
function slashesOf(path: string): string {
  let own = path;
  while (own.startsWith('./')) own = own.slice(2);
  const windows = windowsDrive.test(path) || path.startsWith('\\\\') || !own.includes('/');
  return windows ? path.replaceAll('\\', '/') : path;
}

function hasIdleSegment(path: string): boolean {
  return path.includes('//') || path.startsWith('./') || path.includes('/./') || path.endsWith('/.') || path === '.';
}

function encodeSegment(segment: string): string {
  if (!notInPaths.test(segment)) return segment;
  return encodeURIComponent(segment.toWellFormed()).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent);
}
