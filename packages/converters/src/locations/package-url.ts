/** Package types of purl by the names that scanners give to ecosystems and package managers. */
const purlTypes: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['yarn', 'npm'],
  ['pnpm', 'npm'],
  ['node-pkg', 'npm'],
  ['bun', 'npm'],
  ['pip', 'pypi'],
  ['pypi', 'pypi'],
  ['poetry', 'pypi'],
  ['pipenv', 'pypi'],
  ['python-pkg', 'pypi'],
  ['uv', 'pypi'],
  ['python', 'pypi'],
  ['maven', 'maven'],
  ['gradle', 'maven'],
  ['sbt', 'maven'],
  ['gav', 'maven'],
  ['jar', 'maven'],
  ['pom', 'maven'],
  ['gem', 'gem'],
  ['rubygems', 'gem'],
  ['bundler', 'gem'],
  ['gemspec', 'gem'],
  ['nuget', 'nuget'],
  ['dotnet-core', 'nuget'],
  ['packages-props', 'nuget'],
  ['composer', 'composer'],
  ['composer-vendor', 'composer'],
  ['go', 'golang'],
  ['gomod', 'golang'],
  ['gomodules', 'golang'],
  ['golangdep', 'golang'],
  ['golang', 'golang'],
  ['gobinary', 'golang'],
  ['cocoapods', 'cocoapods'],
  ['hex', 'hex'],
  ['mix', 'hex'],
  ['pub', 'pub'],
  ['swift', 'swift'],
  ['swiftpm', 'swift'],
  ['deb', 'deb'],
  ['rpm', 'rpm'],
  ['apk', 'apk'],
  ['alpine', 'apk'],
  ['cargo', 'cargo'],
  ['rustbinary', 'cargo'],
  ['conan', 'conan'],
  ['docker', 'oci'],
]);

/** The purl type of a scanner's ecosystem or package manager, in any letter case. */
export function purlType(ecosystem: string): string | undefined {
  return purlTypes.get(ecosystem.toLowerCase());
}

/** A package URL such as `pkg:npm/%40babel/core@7.1.0`. Maven's `group:artifact` becomes `group/artifact`. */
export function packageUrl(type: string, name: string, version: string | undefined): string {
  const separated = type === 'maven' ? name.replace(':', '/') : name;
  const cased = type === 'pypi' ? separated.toLowerCase().replaceAll('_', '-') : separated;
  const path = cased
    .split('/')
    .filter((segment) => segment !== '')
    .map(encodePart)
    .join('/');
  return `pkg:${type}/${path}${version === undefined || version === '' ? '' : `@${encodePart(version)}`}`;
}

function encodePart(part: string): string {
  return encodeURIComponent(part.toWellFormed()).replace(/%3A/g, ':');
}
