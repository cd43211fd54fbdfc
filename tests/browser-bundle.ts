import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { rolldown } from 'rolldown';
import ts from 'typescript';
import { projectRoot } from './project-files.ts';

/** A package as one script for browsers, which sets the global variable `library`. */
export async function browserBundle(packageName: string): Promise<string> {
  const sources = join(projectRoot, 'packages');
  const bundle = await rolldown({
    input: join(sources, packageName, 'src/index.ts'),
    platform: 'browser',
    resolve: { alias: { '@sariflow/sarif': join(sources, 'sarif/src/index.ts') } },
    // What cannot be resolved would only be a warning, and stay an import.
    onLog: (_level, log) => {
      throw new Error(log.message);
    },
  });
  try {
    const { output } = await bundle.generate({ format: 'iife', name: 'library', codeSplitting: false });
    const [chunk, ...others] = output;
    if (others.length > 0) throw new Error(`The bundle is not one script but ${output.length}.`);
    return chunk.code;
  } finally {
    await bundle.close();
  }
}

/** What only Node.js has. `global` is missing: it is a word, too, and would fail when it is used. */
const foreignNames = new Set(['process', 'Buffer', 'require', '__dirname', '__filename', 'setImmediate']);

/** Uses of what browsers do not have, as far as the text of a script shows them. Words inside of strings are none. */
export function foreignUses(script: string): string[] {
  const file = ts.createSourceFile('bundle.js', script, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && foreignNames.has(node.text) && !isName(node)) found.push(lineOf(node));
    if (ts.isStringLiteralLike(node) && node.text.startsWith('node:')) found.push(lineOf(node));
    if (isImport(node)) found.push(lineOf(node));
    ts.forEachChild(node, visit);
  };
  const lineOf = (node: ts.Node) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    return `${line + 1}: ${script
      .split('\n', line + 1)
      [line]?.trim()
      .slice(0, 120)}`;
  };
  visit(file);
  return found;
}

/** `import(…)`, `import.meta` and `import … from`. */
function isImport(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.ImportKeyword || ts.isMetaProperty(node) || ts.isImportDeclaration(node);
}

/** Whether an identifier names a member, not a variable. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  const isMember =
    ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent);
  return isMember && parent.name === node;
}

/** What the standards of the web give a page or a worker, beside the language itself. */
const webGlobals = {
  AbortController,
  AbortSignal,
  atob,
  Blob,
  btoa,
  crypto,
  DecompressionStream,
  DOMException,
  queueMicrotask,
  ReadableStream,
  structuredClone,
  TextDecoder,
  TextEncoder,
  TransformStream,
  URL,
  URLSearchParams,
  WritableStream,
  // These belong to the language. They are handed in because the encoders and streams above make them, and `instanceof`
  // is to mean the same inside and outside, as it does in a page.
  ArrayBuffer,
  TypeError,
  Uint8Array,
};

/** Runs a script where there is nothing but web standards, and hands out its `library`. */
export function libraryInBrowser<T>(script: string, webAssembly: unknown): T {
  const context = createContext({ ...webGlobals });
  Object.defineProperty(context, 'WebAssembly', { value: webAssembly, configurable: true, writable: true });
  // The language brings this along in Node.js; pages have one, but a library has no business there.
  Object.defineProperty(context, 'console', { value: undefined, configurable: true, writable: true });
  new Script(`${script}\n;globalThis.library = library;`, { filename: 'bundle.js' }).runInContext(context);
  return context['library'] as T;
}
