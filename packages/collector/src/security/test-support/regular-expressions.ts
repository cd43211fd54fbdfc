import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const packages = fileURLToPath(new URL('../../../../', import.meta.url));

/** Where a regular expression stands, and what it says. */
export interface FoundExpression {
  readonly file: string;
  readonly source: string;
}

/** Every literal in the sources of the packages that is no test. */
export function* regularExpressions(): Generator<FoundExpression> {
  for (const name of ['sarif', 'converters', 'collector']) {
    const folder = join(packages, name, 'src');
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.ts') || /\.test\.ts$|\.generated\.ts$|test-support|node_modules/.test(entry)) continue;
      const file = join(folder, entry);
      const text = readFileSync(file, 'utf8');
      if (!text.includes('/')) continue;
      for (const source of literalsIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest))) {
        yield { file: `${name}/${entry}`, source };
      }
    }
  }
}

function literalsIn(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text.slice(1, node.text.lastIndexOf('/')));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** A piece of an expression with the quantifier behind it. */
interface Atom {
  readonly text: string;
  readonly isUnbounded: boolean;
}

/**
 * Whether a quantifier without an upper bound stands around another one, as in `(a+)+`: such expressions may take exponential time. A group whose
 * every round begins with a character that nothing repeated inside of it can match, as in `(?:\.[a-z]+)*`, leaves no choice and is fine.
 */
export function hasNestedQuantifier(source: string): boolean {
  return alternativesOf(source).some((alternative) =>
    alternative.some(({ text, isUnbounded }) => {
      const inside = contentOf(text);
      if (inside === undefined) return false;
      return hasNestedQuantifier(inside) || (isUnbounded && repeatedIn(inside).length > 0 && !leavesNoChoice(inside));
    }),
  );
}

function leavesNoChoice(content: string): boolean {
  const alternatives = alternativesOf(content);
  const firsts = alternatives.flatMap(([first]) =>
    first === undefined || first.isUnbounded ? [] : literalOf(first.text),
  );
  const others = alternatives.flatMap(([first]) =>
    first !== undefined && literalOf(first.text).length === 0 ? [first] : [],
  );
  const isTold = alternatives.every(
    (atoms) => atoms[0] !== undefined && (literalOf(atoms[0].text).length > 0 || atoms.length === 1),
  );
  if (!isTold || firsts.length === 0 || others.some(({ isUnbounded }) => isUnbounded)) return false;
  return [...repeatedIn(content), ...others].every(
    ({ text }) => !firsts.some((first) => new RegExp(`^(?:${text})$`).test(first)),
  );
}

/** Everything that is repeated without bound, at any depth. */
function repeatedIn(content: string): Atom[] {
  return alternativesOf(content)
    .flat()
    .flatMap((atom) => {
      const inside = contentOf(atom.text);
      return [...(atom.isUnbounded ? [atom] : []), ...(inside === undefined ? [] : repeatedIn(inside))];
    });
}

/** The character that an atom stands for, if it stands for one. */
function literalOf(text: string): string[] {
  if (/^\\[^\w]$/.test(text)) return [text.slice(1)];
  return text.length === 1 && text !== '.' ? [text] : [];
}

/** What stands in a group; undefined for what is none. */
function contentOf(text: string): string | undefined {
  return text.startsWith('(') ? text.slice(1, -1).replace(/^\?(?:[:=!]|<[=!]|<\w+>)/, '') : undefined;
}

function alternativesOf(source: string): Atom[][] {
  const alternatives: Atom[][] = [[]];
  for (let at = 0; at < source.length; ) {
    if (source[at] === '|') {
      alternatives.push([]);
      at += 1;
      continue;
    }
    const end = endOfAtom(source, at);
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(end))?.[0] ?? '';
    alternatives.at(-1)?.push({ text: source.slice(at, end), isUnbounded: /^[*+]|^\{\d+,\}/.test(quantifier) });
    at = end + quantifier.length;
  }
  return alternatives;
}

function endOfAtom(source: string, from: number): number {
  if (source[from] === '\\')
    return from + (/^\\[pPuk][{<]/.test(source.slice(from, from + 3)) ? source.slice(from).search(/[}>]/) + 1 : 2);
  if (source[from] === '[') return endOfClass(source, from) + 1;
  if (source[from] !== '(') return from + 1;
  let open = 0;
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '[') at = endOfClass(source, at);
    else if (source[at] === '(') open += 1;
    else if (source[at] === ')') {
      open -= 1;
      if (open === 0) return at + 1;
    }
  }
  return source.length;
}

function endOfClass(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === ']') return at;
  }
  return source.length;
}
