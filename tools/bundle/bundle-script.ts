import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';

/** Commands that need neither network nor ledger start fastest when all of them is one file. What the others add is loaded when it is wanted. */
const together =
  /\/cli\/(application|commands\/run-(convert|diff|explain|inspect|merge|normalize|split|upload|validate))\.js$|web-assembly/;

/** Loaded late, and too large to be copied. */
const external = ['undici'];

/**
 * Makes one CommonJS script of a program and of the libraries that it uses, and a few more of what only some commands need. The module that
 * imported the program finds in its place one that loads the script with `load-script.js`.
 *
 * @param entry the module that is the program
 * @param folder where the scripts go; `load-script.js` has to be there, too
 */
export async function bundleScript(entry: string, folder: string): Promise<void> {
  const bundle = await rolldown({
    input: { [basename(entry, '.js')]: entry },
    platform: 'node',
    external: (id) => id.startsWith('node:') || external.includes(id),
    onLog(_level, { code, message }) {
      if (code === 'UNRESOLVED_IMPORT') throw new Error(message);
    },
  });
  const { output } = await bundle.write({
    dir: folder,
    format: 'cjs',
    comments: false,
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    codeSplitting: { groups: [{ name: 'program', test: together }] },
  });
  await bundle.close();

  const libraries = new Set<string>();
  for (const { fileName, ...file } of output) {
    if (file.type !== 'chunk') throw new Error(`${fileName} is no script.`);
    writeFileSync(join(folder, fileName), inAscii(withLateModules(file.code)));
    for (const id of file.moduleIds) {
      const library = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0];
      if (library !== undefined) libraries.add(library);
    }
  }
  const program = output.find(({ name }) => name === 'program');
  if (program === undefined) throw new Error(`${entry} has become no script of its own.`);
  writeFileSync(join(folder, basename(entry)), loaderOf(program.fileName, basename(entry, '.js')));
  writeFileSync(join(folder, 'third-party-licenses.txt'), [...libraries].sort().map(licenseOf).join('\n\n'));
}

function loaderOf(program: string, entry: string): string {
  return `import { loadScript } from './load-script.js';

loadScript(\`\${import.meta.dirname}/${program}\`, process);
export const { environmentOf, runCli } = process.getBuiltinModule('node:module').createRequire(import.meta.url)('./${entry}.cjs');
`;
}

/** Modules of Node.js that most runs have no use for, and that take milliseconds to load. */
const late = /^(let \w+ = )require\(("node:(?:crypto|v8|zlib)")\);$/gm;

/** Loads some modules of Node.js when the first of their members is used. Calls of members are all that the bundler writes. */
function withLateModules(code: string): string {
  return code.replace(late, '$1new Proxy({}, { get: (_, member) => require($2)[member] });');
}

/** The same program: outside of strings there is nothing but ASCII, and inside escapes say the same. V8 reads it faster, and keeps half as much. */
function inAscii(code: string): string {
  return code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The license of a library that is copied into the script, as its license asks for. */
function licenseOf(library: string): string {
  const { name, version, license, homepage } = JSON.parse(
    readFileSync(join(library, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, string | undefined>>;
  const file = readdirSync(library).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined && license === undefined) throw new Error(`${name} has no license to ship with it.`);
  const words =
    file === undefined ? `License: ${license} (${homepage})` : readFileSync(join(library, file), 'utf8').trim();
  return `${name} ${version}\n\n${words}\n`;
}
