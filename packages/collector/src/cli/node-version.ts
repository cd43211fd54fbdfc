/** The oldest Node that has everything the commands need. */
const oldest = [22, 19] as const;

/**
 * What to say to somebody with a Node that is too old.
 *
 * @param version such as `20.20.2`
 * @returns one line, or undefined when the version will do
 */
export function tooOld(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined;
  return `error: sariflow needs Node ${oldest.join('.')} or newer and was started with Node ${version}. Install a newer one, for example Node 24.`;
}
