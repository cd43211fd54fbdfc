import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, projectRoot } from './project-files.ts';

/** As much of a `package.json` as these tests look at. */
interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const lockfile = readFileSync(join(projectRoot, 'pnpm-lock.yaml'), 'utf8');
const packageFolders = filesBelow('packages')
  .filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))
  .map((path) => join(projectRoot, dirname(path)));

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The folder of a dependency as Node.js finds it from `from`: `node_modules` of every folder upwards. */
function dependencyFolder(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (dirname(folder) === folder) return undefined;
  }
}

/** Folders of everything that is installed when our packages are, found by following dependencies. */
function productionFolders(): Set<string> {
  const found = new Set<string>();
  const visit = (folder: string): void => {
    if (found.has(folder)) return;
    found.add(folder);
    const manifest = manifestIn(folder);
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const dependency = dependencyFolder(folder, name);
      expect(dependency, `${name}, needed by ${manifest.name}, is not installed`).toBeDefined();
      if (dependency !== undefined) visit(dependency);
    }
    for (const name of Object.keys(manifest.optionalDependencies ?? {})) {
      const dependency = dependencyFolder(folder, name);
      if (dependency !== undefined) visit(dependency);
    }
  };
  for (const folder of packageFolders) visit(folder);
  return found;
}

describe('what gets installed', () => {
  test('has no install scripts where users install it', () => {
    const folders = productionFolders();
    // Our three packages and at least commander, undici, p-limit and stream-json.
    expect(folders.size).toBeGreaterThanOrEqual(7);

    const scripted = [...folders].filter((folder) => {
      const scripts = manifestIn(folder).scripts ?? {};
      const hasScript = ['preinstall', 'install', 'postinstall'].some((name) => Object.hasOwn(scripts, name));
      // npm runs node-gyp for a package with this file, without any script.
      return hasScript || existsSync(join(folder, 'binding.gyp'));
    });
    expect(scripted.map((folder) => manifestIn(folder).name)).toEqual([]);
  });

  test('has TypeScript 6.0 and nothing newer: 7 has no programming interface, and tools go blind without it', () => {
    const versions = [...lockfile.matchAll(/^ {2}typescript@(\d+)\.(\d+)\.\S*:$/gm)].map(
      ([, major, minor]) => `${major}.${minor}`,
    );
    expect(versions).toContain('6.0');
    expect(versions.filter((version) => Number.parseInt(version, 10) > 6)).toEqual([]);
    expect(manifestIn(join(projectRoot, 'node_modules/typescript')).version).toMatch(/^6\.0\./);
  });

  test('has the parser of foreign JSON with its fixes for hostile keys and byte order marks', () => {
    const versions = [...lockfile.matchAll(/^ {2}stream-json@(\d+)\.(\d+)\.\S*:$/gm)].map(
      ([, major, minor]) => Number(major) * 1_000 + Number(minor),
    );
    expect(versions.length).toBeGreaterThan(0);
    expect(Math.min(...versions)).toBeGreaterThanOrEqual(3_008);
  });

  test('is asked for by exact versions', () => {
    const folders = [projectRoot, join(projectRoot, 'tools'), ...packageFolders];
    const loose = folders.flatMap((folder) => {
      const manifest = manifestIn(folder);
      const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
      return Object.entries(wanted)
        .filter(([, range]) => range !== 'workspace:*' && !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(range))
        .map(([name, range]) => `${manifest.name}: ${name} ${range}`);
    });
    expect(loose).toEqual([]);
  });
});

describe('what may be installed', () => {
  const settings = readFileSync(join(projectRoot, 'pnpm-workspace.yaml'), 'utf8');

  test('is a week old, has lost no provenance, and comes from the registry', () => {
    expect(settings).toMatch(/^minimumReleaseAge: 10080$/m);
    expect(settings).toMatch(/^trustPolicy: no-downgrade$/m);
    expect(settings).toMatch(/^blockExoticSubdeps: true$/m);
  });

  test('may be younger in named versions only, and none of those ships', () => {
    const list = /^minimumReleaseAgeExclude:\n((?: {2}- .*\n)+)/m.exec(settings)?.[1] ?? '';
    const excluded = Array.from(list.matchAll(/- "?([^"\n]+)"?$/gm), ([, entry = '']) => entry);
    expect(excluded.length).toBeGreaterThan(0);
    const shipped = Array.from(productionFolders(), (folder) => manifestIn(folder).name);
    for (const entry of excluded) {
      const [, name, version] = /^(@?[^@]+)@(\d+\.\d+\.\d+)$/.exec(entry) ?? [];
      expect(version, `${entry} names no version`).toBeDefined();
      expect(shipped).not.toContain(name);
    }
  });
});
