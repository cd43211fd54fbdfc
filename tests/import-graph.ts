import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { filesBelow, projectRoot } from './project-files.ts';

/** One module of a package's `src`. */
export interface Module {
  /** Path from the project's root, such as `packages/sarif/src/json/pointer.ts`. */
  readonly path: string;
  /** Folder name below `packages`. */
  readonly packageName: string;
  readonly isTest: boolean;
  readonly imports: readonly Import[];
  /** Names of globals that only Node.js has, or that reach out of the program. */
  readonly effectGlobals: readonly string[];
}

export interface Import {
  /** As written, such as `../json/pointer.ts`. */
  readonly specifier: string;
  /** Only types are taken, so nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
  /** Where it leads inside the project: a file, or for a package of ours its `src/index.ts`. */
  readonly target?: string;
}

const effectNames = new Set([
  'process',
  'Buffer',
  'require',
  'module',
  '__dirname',
  '__filename',
  'global',
  'setImmediate',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'Deno',
  'Bun',
  'localStorage',
]);

/** Reads every module of every package. */
export function readModules(): Module[] {
  return filesBelow('packages')
    .filter((path) => /^packages\/[^/]+\/src\/.*\.(?:ts|mts|js|mjs)$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => readModule(path, readFileSync(join(projectRoot, path), 'utf8')));
}

/** What a module's text says about what it needs. `path` is from the project's root. */
export function readModule(path: string, text: string): Module {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const used = new Set<string>();
  const declared = new Set<string>();

  const addImport = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const target = resolveImport(path, specifier.text);
    imports.push({ specifier: specifier.text, typeOnly, ...(target === undefined ? {} : { target }) });
  };

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      addImport(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      addImport(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      addImport(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      addImport(node.arguments[0], false);
    } else if (ts.isIdentifier(node)) {
      if (isDeclaredName(node)) declared.add(node.text);
      else if (effectNames.has(node.text) && isReference(node)) used.add(node.text);
    } else if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'globalThis') {
      if (effectNames.has(node.name.text)) used.add(`globalThis.${node.name.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);

  return {
    path,
    packageName: path.split('/')[1] ?? '',
    isTest: /\.test\.[mc]?[jt]s$|\/test-support\//.test(path),
    imports,
    effectGlobals: [...used].filter((name) => !declared.has(name)).sort(),
  };
}

function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  const ours = /^@sariflow\/([^/]+)/.exec(specifier)?.[1];
  return ours === undefined ? undefined : `packages/${ours}/src/index.ts`;
}

/** The name of a variable, parameter, function, class or import: what hides a global of the same name. */
function isDeclaredName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isFunctionExpression(parent) ||
      ts.isClassDeclaration(parent) ||
      ts.isImportSpecifier(parent) ||
      ts.isImportClause(parent) ||
      ts.isNamespaceImport(parent)) &&
    parent.name === node
  );
}

/** The identifier stands for a value, not for a member's name or a type. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent)) return false;
  if (ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent)) return false;
  if (ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) {
    return ts.isPropertyDeclaration(parent) && parent.initializer === node;
  }
  if (ts.isJsxAttribute(parent) || ts.isLabeledStatement(parent)) return false;
  return true;
}
