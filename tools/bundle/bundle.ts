/**
 * Replaces the modules that the compiler wrote into `dist/` of a package by few large ones: a program that starts with hundreds of
 * files spends more time finding them than running them.
 *
 *     node tools/bundle/bundle.ts <package folder> <entry below dist> … [--script <entry below dist>]
 *
 * `--script` makes CommonJS of an entry that another one imports, with all that it needs, so that what V8 compiles of it can be kept.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { bundleScript } from './bundle-script.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { script: { type: 'string' } } });
const [folder = '.', ...entries] = positionals;
const dist = resolve(folder, 'dist');
const bundled = resolve(folder, 'dist-bundled');

const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
  dependencies?: Readonly<Record<string, string>>;
};
const names = Object.keys(dependencies);
const script = values.script === undefined ? undefined : join(dist, values.script);

const bundle = await rolldown({
  input: Object.fromEntries(entries.map((entry) => [entry.replace(/\.js$/, ''), join(dist, entry)])),
  platform: 'neutral',
  onLog(_level, { code, message }) {
    // What is not found now would be missed by users.
    if (code === 'UNRESOLVED_IMPORT') throw new Error(message);
  },
  external: (id, importer) =>
    id.startsWith('node:') ||
    names.some((name) => id === name || id.startsWith(`${name}/`)) ||
    (importer !== undefined && resolve(dirname(importer), id) === script),
});
await bundle.write({
  dir: bundled,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
});
await bundle.close();
if (script !== undefined) await bundleScript(script, join(bundled, dirname(values.script ?? '')));

// The declarations stay as the compiler wrote them.
for (const file of filesBelow(dist).filter((path) => /\.c?js$/.test(path))) rmSync(join(dist, file));
for (const file of filesBelow(bundled)) moveInto(file);
rmSync(bundled, { recursive: true });

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

function moveInto(file: string): void {
  // The compiler leaves some dynamic imports of sources as they are (in functions with 'await using'), and so does the bundler.
  const source = /\bimport\("(\.[^"]*\.ts)"\)/.exec(readFileSync(join(bundled, file), 'utf8'));
  if (source !== null)
    throw new Error(`${file} imports ${source[1]}, which does not ship. Import it in a function of its own.`);
  const to = join(dist, file);
  mkdirSync(dirname(to), { recursive: true });
  renameSync(join(bundled, file), to);
}
