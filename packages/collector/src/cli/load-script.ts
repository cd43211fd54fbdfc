import type { Script } from 'node:vm';

/** What of the process is asked. */
type Host = Pick<NodeJS.Process, 'argv' | 'pid' | 'once' | 'getBuiltinModule'>;

/** Exit code of a command line that was not understood: nothing of the program has run then that would be worth keeping. */
const usage = 2;

/**
 * Loads one large CommonJS script, as `require` would, together with what V8 compiled of it in an earlier run. Node.js keeps compiled code, too, but
 * only what is compiled before a module runs, which leaves out nearly all functions: compiling them again takes longer than running them.
 * It is kept beside what Node.js keeps, for each command on its own, and when nothing is kept there, neither is this.
 *
 * @param path of the script, whose content is ASCII
 */
export function loadScript(path: string, host: Host): void {
  const { constants, Script } = host.getBuiltinModule('node:vm');
  const { wrap } = host.getBuiltinModule('node:module');
  const { readFileSync } = host.getBuiltinModule('node:fs');
  const kept = keptCodeOf(path, host);
  const script = new Script(wrap(readFileSync(path, 'latin1')), {
    filename: path,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(kept?.code !== undefined && { cachedData: kept.code }),
  });
  if (kept !== undefined && (kept.code === undefined || script.cachedDataRejected === true)) {
    host.once('exit', (exitCode) => {
      if (exitCode !== usage) keep(script, kept.path, host);
    });
  }
  run(script, path, host);
}

function run(script: Script, path: string, { getBuiltinModule }: Host): void {
  const Module = getBuiltinModule('node:module');
  const require = Module.createRequire(path);
  const module = new Module(path);
  module.filename = path;
  // What is loaded later asks for this script by its name, and must not get another one.
  require.cache[path] = module;
  const main = script.runInThisContext() as (...wrapped: unknown[]) => void;
  main.call(module.exports, module.exports, require, module, path, getBuiltinModule('node:path').dirname(path));
  module.loaded = true;
}

interface KeptCode {
  readonly path: string;
  /** Absent where nothing was kept yet. */
  readonly code: Buffer | undefined;
}

/** V8 checks no more than the length of the source, so everything else that tells one source from another is part of the name. */
function keptCodeOf(path: string, { argv, getBuiltinModule }: Host): KeptCode | undefined {
  const folder = getBuiltinModule('node:module').getCompileCacheDir();
  if (folder === undefined) return undefined;
  const { basename, join } = getBuiltinModule('node:path');
  const { readFileSync, statSync } = getBuiltinModule('node:fs');
  const command = argv.slice(2).find((word) => /^[a-z]{1,20}$/.test(word)) ?? 'none';
  const kept = join(folder, `${basename(path)}.${Math.trunc(statSync(path).mtimeMs)}.${command}`);
  return { path: kept, code: unlessImpossible(() => readFileSync(kept)) };
}

/** A program that may not write there, or has no room, starts more slowly the next time, and that is all. */
function keep(script: Script, path: string, { pid, getBuiltinModule }: Host): void {
  const { renameSync, writeFileSync } = getBuiltinModule('node:fs');
  const unfinished = `${path}.${pid}`;
  // Code holds for the flags that it was compiled with, and they have to be those of the start: what `heap-size.ts` did is taken back.
  const { setFlagsFromString } = getBuiltinModule('node:v8');
  setFlagsFromString('--semi-space-growth-factor=2');
  setFlagsFromString('--heap-growing-percent=0');
  unlessImpossible(() => {
    writeFileSync(unfinished, script.createCachedData(), { mode: 0o600 });
    renameSync(unfinished, path);
  });
}

/** What an operation gives, and nothing where the system does not let it. */
function unlessImpossible<Value>(operation: () => Value): Value | undefined {
  try {
    return operation();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
