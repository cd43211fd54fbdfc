import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import ts from 'typescript';
import { projectRoot } from './project-files.ts';

/** A block of TypeScript in a page: a whole program. */
export interface Example {
  /** Path of the page from the project's root, and the line on which the program begins. */
  readonly name: string;
  readonly code: string;
  /** What its comments `// prints: …` say that it prints, line by line. */
  readonly prints: readonly string[];
}

/** A file that the examples of a page read: the block names it behind its language. */
export interface ExampleFile {
  readonly name: string;
  readonly text: string;
}

interface Block {
  readonly language: string;
  readonly title: string;
  readonly text: string;
  readonly line: number;
}

/** The programs of a page, and the files that it shows. */
export function examplesOf(page: string): { readonly examples: Example[]; readonly files: ExampleFile[] } {
  const blocks = blocksOf(readFileSync(join(projectRoot, page), 'utf8'));
  return {
    examples: blocks
      .filter(({ language }) => language === 'ts')
      .map(({ text, line }) => ({ name: `${page}:${line}`, code: text, prints: printsOf(text) })),
    files: blocks.filter(({ title }) => title !== '').map(({ title, text }) => ({ name: title, text })),
  };
}

/** The fenced blocks of a Markdown text. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const [, language = '', title = ''] = /^```(\w*) ?(.*)$/.exec(lines[at] as string) ?? [];
    if (!lines[at]?.startsWith('```')) continue;
    const end = lines.indexOf('```', at + 1);
    if (end === -1) throw new Error(`The block in line ${at + 1} has no end.`);
    blocks.push({ language, title: title.trim(), text: `${lines.slice(at + 1, end).join('\n')}\n`, line: at + 2 });
    at = end;
  }
  return blocks;
}

function printsOf(code: string): string[] {
  const marker = '// prints: ';
  return code.split('\n').flatMap((line) => {
    const at = line.indexOf(marker);
    return at === -1 ? [] : [line.slice(at + marker.length).trimEnd()];
  });
}

/** What the compiler has against programs, with the page and the line. All are looked at together, against the sources of the packages. */
export function typeErrors(examples: readonly Example[]): string[] {
  const named = new Map(examples.map((example, at) => [join(projectRoot, 'tests', `example-${at}.ts`), example]));
  const options: ts.CompilerOptions = {
    ...baseOptions(),
    allowImportingTsExtensions: true,
    noEmit: true,
    types: ['node'],
    paths: Object.fromEntries(
      ['sarif', 'converters'].map((name) => [
        `@sariflow/${name}`,
        [join(projectRoot, 'packages', name, 'src/index.ts')],
      ]),
    ),
  };
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile, fileExists } = host;
  host.getCurrentDirectory = () => projectRoot;
  host.fileExists = (path) => named.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const example = named.get(path);
    if (example === undefined) return getSourceFile(path, ...rest);
    return ts.createSourceFile(path, example.code, ts.ScriptTarget.ES2024, true);
  };
  const program = ts.createProgram([...named.keys()], options, host);
  return [...named].flatMap(([path, { name }]) => {
    const file = program.getSourceFile(path) as ts.SourceFile;
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ start = 0, messageText }) => {
      const { line } = file.getLineAndCharacterOfPosition(start);
      return `${name}, line ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}

/** The options with which the project itself is compiled. */
function baseOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(projectRoot, 'tsconfig.base.json'), ts.sys.readFile);
  const { options, errors } = ts.convertCompilerOptionsFromJson(config.compilerOptions, projectRoot);
  if (errors.length > 0) throw new Error('tsconfig.base.json cannot be read.');
  // They belong to what is written to disk.
  const { rewriteRelativeImportExtensions: _, declaration: __, ...rest } = options;
  return rest;
}

type AsyncRun = (...given: unknown[]) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => AsyncRun;

/**
 * Runs a program and returns the lines that it printed.
 *
 * @param modules what it may import, by name
 */
export async function run({ code }: Example, modules: Readonly<Record<string, unknown>>): Promise<string[]> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2024 },
  });
  const lines: string[] = [];
  const log = (...words: unknown[]) => void lines.push(...format(...words).split('\n'));
  const load = (name: string) => {
    if (!Object.hasOwn(modules, name)) throw new Error(`The example imports '${name}', which is not at hand.`);
    return modules[name];
  };
  await new AsyncFunction('require', 'exports', 'console', outputText)(load, {}, { log });
  return lines;
}
