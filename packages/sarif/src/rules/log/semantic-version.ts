/** Whether a text is a version by Semantic Versioning 2.0: `1.2.3`, `1.2.3-beta.1`, `1.2.3+build.5`. */
export function isSemanticVersion(text: string): boolean {
  const [rest = '', build, ...tooMany] = text.split('+');
  if (tooMany.length > 0 || (build !== undefined && !build.split('.').every(isIdentifier))) return false;
  const dash = rest.indexOf('-');
  const core = dash === -1 ? rest : rest.slice(0, dash);
  const numbers = core.split('.');
  if (numbers.length !== 3 || !numbers.every(isNumber)) return false;
  if (dash === -1) return true;
  return rest
    .slice(dash + 1)
    .split('.')
    .every((part) => isIdentifier(part) && (!/^\d+$/.test(part) || isNumber(part)));
}

function isNumber(text: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(text);
}

function isIdentifier(text: string): boolean {
  return /^[\dA-Za-z-]+$/.test(text);
}
