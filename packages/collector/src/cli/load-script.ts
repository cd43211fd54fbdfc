import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import Module, { createRequire, getCompileCacheDir } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { letYoungGenerationGrow } from './young-generation.ts';

/** What of the process is asked. */
type Host = Pick<NodeJS.Process, 'argv' | 'once'>;

/** Exit code of a command line that was not understood: nothing of the program has run then that would be worth keeping. */
const usage = 2;

/**
 * Loads one large CommonJS script, as `require` would, together with what V8 compiled of it in an earlier run. Node.js keeps compiled code, too, but
 * only what is compiled before a module runs, which leaves out nearly all functions: compiling them again takes longer than running them.
 * It is kept beside what Node.js keeps, for each command on its own, and when nothing is kept there, neither is this.
 */
export function loadScript(location: URL, host: Host): void {
  const path = fileURLToPath(location);
  const kept = keptCodeOf(path, host);
  const script = new Script(Module.wrap(readFileSync(path, 'latin1')), {
    filename: path,
    ...(kept?.code !== undefined && { cachedData: kept.code }),
  });
  if (kept !== undefined && (kept.code === undefined || script.cachedDataRejected === true)) {
    host.once('exit', (exitCode) => {
      if (exitCode !== usage) keep(script, kept.path);
    });
  }
  run(script, path);
}

function run(script: Script, path: string): void {
  const require = createRequire(path);
  const module = new Module(path);
  module.filename = path;
  // What is loaded later asks for this script by its name, and must not get another one.
  require.cache[path] = module;
  const main = script.runInThisContext() as (...wrapped: unknown[]) => void;
  main.call(module.exports, module.exports, require, module, path, dirname(path));
  module.loaded = true;
}

interface KeptCode {
  readonly path: string;
  /** Absent where nothing was kept yet. */
  readonly code: Buffer | undefined;
}

/** V8 checks no more than the length of the source, so everything else that tells one source from another is part of the name. */
function keptCodeOf(path: string, { argv }: Host): KeptCode | undefined {
  const folder = getCompileCacheDir();
  if (folder === undefined) return undefined;
  const command = argv.slice(2).find((word) => /^[a-z]{1,20}$/.test(word)) ?? 'none';
  const kept = join(folder, `${basename(path)}.${Math.trunc(statSync(path).mtimeMs)}.${command}`);
  return { path: kept, code: readIfThere(kept) };
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** A program that may not write there, or has no room, starts more slowly the next time, and that is all. */
function keep(script: Script, path: string): void {
  const unfinished = `${path}.${randomUUID()}`;
  // Code holds for the flags that it was compiled with, and they have to be those of the start.
  letYoungGenerationGrow();
  try {
    writeFileSync(unfinished, script.createCachedData(), { mode: 0o600, flag: 'wx' });
    renameSync(unfinished, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
