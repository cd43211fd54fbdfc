/** Manifests by the lock files that are made from them. */
const manifests: ReadonlyMap<string, string> = new Map([
  ['Gemfile.lock', 'Gemfile'],
  ['package-lock.json', 'package.json'],
  ['yarn.lock', 'package.json'],
  ['pnpm-lock.yaml', 'package.json'],
  ['Gopkg.lock', 'Gopkg.toml'],
  ['go.sum', 'go.mod'],
  ['composer.lock', 'composer.json'],
  ['Podfile.lock', 'Podfile'],
  ['poetry.lock', 'pyproject.toml'],
]);

/** The file that a person edits to change dependencies, and the lock file, when the report names that. */
export interface ManifestFiles {
  readonly manifest: string;
  readonly lockFile: string | undefined;
}

/** Turns the path of a lock file into that of its manifest, in the same directory. Directories of such a name stay. */
export function manifestOf(path: string): ManifestFiles {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const manifest = manifests.get(path.slice(at));
  return manifest === undefined
    ? { manifest: path, lockFile: undefined }
    : { manifest: path.slice(0, at) + manifest, lockFile: path };
}

/** An image reference as a path: a colon in it would read as the end of a URI's scheme. */
export function imagePath(reference: string): string {
  return reference.replaceAll(':', '_');
}
