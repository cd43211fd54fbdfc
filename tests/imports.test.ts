import { describe, expect, test } from 'vitest';
import { type Module, readModule, readModules } from './import-graph.ts';

/** `sarif ← converters ← collector`: what each package may import of the others. */
const allowedPackages: ReadonlyMap<string, readonly string[]> = new Map([
  ['sarif', []],
  ['converters', ['sarif']],
  ['collector', ['sarif', 'converters']],
]);

/** Fewer modules than this means that the walk has lost its way, not that the project has shrunk. */
const fewestModules: ReadonlyMap<string, number> = new Map([
  ['sarif', 40],
  ['converters', 20],
  ['collector', 40],
]);

/** What `json/` may know of the rest: the shape of a diagnostic, which knows nothing of SARIF either. */
const allowedForJson = new Set(['packages/sarif/src/diagnostics/diagnostic.ts']);

const modules = readModules();
const sources = modules.filter((module) => !module.isTest);

/** Tests of a package may use what `tools/` has for tests: emulators and the fault proxy. */
function isTestTool(module: Module, target: string | undefined): boolean {
  return module.isTest && target?.startsWith('tools/') === true;
}

/** Every pair of a module and a file that it imports, for which `isWrong` holds, as readable lines. */
function wrongImports(among: readonly Module[], isWrong: (from: Module, target: string) => boolean): string[] {
  return among.flatMap((module) =>
    module.imports
      .filter(({ target }) => target !== undefined && !isTestTool(module, target) && isWrong(module, target))
      .map(({ specifier }) => `${module.path} imports ${specifier}`),
  );
}

function packageOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** The folder below a package's `src`, or nothing for a file that lies in `src` itself. */
function folderOf(path: string): string | undefined {
  const steps = path.split('/');
  return steps.length > 4 ? steps[3] : undefined;
}

describe('the import graph', () => {
  test.each([...fewestModules])('of %s has at least %d modules', (packageName, fewest) => {
    expect(modules.filter((module) => module.packageName === packageName).length).toBeGreaterThanOrEqual(fewest);
  });

  test('has a direction for every package', () => {
    expect([...new Set(modules.map((module) => module.packageName))].sort()).toEqual(
      [...allowedPackages.keys()].sort(),
    );
  });

  test('leads to files that exist', () => {
    const paths = new Set(modules.map((module) => module.path));
    const dangling = wrongImports(modules, (_, target) => /\.[mc]?[jt]s$/.test(target) && !paths.has(target));
    // Ambient declarations stand beside what they describe and are no modules.
    expect(dangling.filter((line) => !line.endsWith('.d.ts'))).toEqual([]);
  });

  test('goes from collector to converters to sarif, never back', () => {
    const wrong = wrongImports(modules, (from, target) => {
      const to = packageOf(target);
      return to !== from.packageName && allowedPackages.get(from.packageName)?.includes(to) !== true;
    });
    expect(wrong).toEqual([]);
  });

  test('enters another package through its front door', () => {
    const wrong = modules.flatMap((module) =>
      module.imports
        .filter(({ specifier, target }) =>
          specifier.startsWith('.')
            ? packageOf(target ?? '') !== module.packageName && !isTestTool(module, target)
            : /^@sariflow\/[^/]+\//.test(specifier),
        )
        .map(({ specifier }) => `${module.path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test('keeps effects out of sarif and converters', () => {
    const pure = sources.filter(({ packageName }) => packageName === 'sarif' || packageName === 'converters');
    const wrong = pure.flatMap(({ path, imports, effectGlobals }) => [
      ...imports
        .filter(({ specifier }) => specifier.startsWith('node:'))
        .map(({ specifier }) => `${path}: ${specifier}`),
      ...effectGlobals.map((name) => `${path}: ${name}`),
    ]);
    expect(wrong).toEqual([]);
  });

  test('has no way from one converter to another', () => {
    const shared = new Set(['readers', 'shared']);
    // What has signatures is a converter.
    const hasSignatures = sources.filter(({ path }) => /^packages\/converters\/src\/[^/]+\/signatures\.ts$/.test(path));
    const converterFolders = new Set(hasSignatures.map(({ path }) => folderOf(path)));
    expect(converterFolders.size).toBeGreaterThan(5);
    const wrong = wrongImports(sources, (from, target) => {
      if (from.packageName !== 'converters' || packageOf(target) !== 'converters') return false;
      const here = folderOf(from.path);
      const there = folderOf(target);
      if (here === undefined || there === undefined || here === there) return false;
      // A converter knows the shared parts, which in turn know no converter.
      return converterFolders.has(there) && (converterFolders.has(here) || shared.has(here));
    });
    expect(wrong).toEqual([]);
  });

  test('leaves json/ knowing nothing of SARIF', () => {
    const json = sources.filter(({ path }) => path.startsWith('packages/sarif/src/json/'));
    expect(json.length).toBeGreaterThan(3);
    const wrong = wrongImports(
      json,
      (_, target) => !target.startsWith('packages/sarif/src/json/') && !allowedForJson.has(target),
    );
    expect(wrong).toEqual([]);
  });

  test('has no way from one rule to another', () => {
    // A rule's file begins with the rule's number, such as `s205-closed-vocabulary.ts`.
    const isRule = /^packages\/[^/]+\/src\/(?:.*\/)?[a-z]\d{3}-[a-z0-9-]+\.ts$/;
    const rules = new Set(sources.map(({ path }) => path).filter((path) => isRule.test(path)));
    expect(rules.size).toBeGreaterThan(10);
    const wrong = wrongImports(
      sources.filter(({ path }) => rules.has(path)),
      (_, target) => rules.has(target),
    );
    expect(wrong).toEqual([]);
  });
});

describe('reading a module', () => {
  const read = (text: string) => readModule('packages/sarif/src/rules/sample.ts', text);

  test('finds every form of import', () => {
    const { imports } = read(`
      import { a } from '../json/pointer.ts';
      import type { B } from '../model/sarif.ts';
      export * from '@sariflow/converters';
      const c = await import('node:fs');
      type D = import('./other.ts').D;
      // import { no } from './comment.ts';
      const text = "import { no } from './string.ts'";
    `);
    expect(imports).toEqual([
      { specifier: '../json/pointer.ts', typeOnly: false, target: 'packages/sarif/src/json/pointer.ts' },
      { specifier: '../model/sarif.ts', typeOnly: true, target: 'packages/sarif/src/model/sarif.ts' },
      { specifier: '@sariflow/converters', typeOnly: false, target: 'packages/converters/src/index.ts' },
      { specifier: 'node:fs', typeOnly: false },
      { specifier: './other.ts', typeOnly: true, target: 'packages/sarif/src/rules/other.ts' },
    ]);
  });

  test('tells a global from a member or a variable of the same name', () => {
    expect(read('console.log(process.env.HOME, Buffer.from(""));').effectGlobals).toEqual(['Buffer', 'process']);
    expect(read('globalThis.process.exit();').effectGlobals).toEqual(['globalThis.process']);
    expect(read('const { process } = run; log(process); const f = { fetch: 1 }; f.fetch;').effectGlobals).toEqual([]);
  });
});
