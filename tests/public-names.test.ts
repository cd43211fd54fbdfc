import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { projectRoot } from './project-files.ts';

const packages = ['sarif', 'converters', 'collector'];

/**
 * What each package promises: one line per public name, values apart from types. A change of a snapshot is a change for
 * users, and is decided rather than noticed.
 */
test.each(packages)('the public names of %s', async (name) => {
  const names = publicNames(join(projectRoot, 'packages', name, 'src', 'index.ts'));
  expect(names.length).toBeGreaterThan(0);
  await expect(`${names.join('\n')}\n`).toMatchFileSnapshot(`public-names/${name}.txt`);
});

function publicNames(entry: string): string[] {
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) return [];

  return checker
    .getExportsOfModule(module)
    .map((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      return `${symbol.flags & ts.SymbolFlags.Value ? 'value' : 'type'} ${exported.name}`;
    })
    .sort();
}
