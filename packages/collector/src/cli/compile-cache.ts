/** What of the process is asked. */
type Host = Pick<NodeJS.Process, 'env' | 'getBuiltinModule'>;

/**
 * Lets Node.js keep what it compiles of this program, which makes every further start a quarter shorter. It is kept among the caches of the
 * user, not in a folder that others may write to: what is read back from there is run.
 *
 * @param host its environment names the folder: `NODE_COMPILE_CACHE`, `XDG_CACHE_HOME`, `HOME` or `LOCALAPPDATA`; without any nothing is kept. Its
 *   modules are asked for one by one: an `import` statement makes each ready with all its members, which takes longer than what is done here.
 */
export function keepCompiledCode({ env, getBuiltinModule }: Host): void {
  const { join } = getBuiltinModule('node:path');
  const { NODE_COMPILE_CACHE: own, XDG_CACHE_HOME: caches, HOME: home, LOCALAPPDATA: local } = env;
  const folder = caches ?? (home === undefined ? local : join(home, '.cache'));
  const keepIn = (place: string) => getBuiltinModule('node:module').enableCompileCache(place);
  // A place where nothing can be written, or a run that may not write, costs a little time and nothing else.
  if (own !== undefined) keepIn(own);
  else if (folder !== undefined && folder !== '') {
    const ours = join(folder, 'sariflow');
    if (isMadeForUser(ours, getBuiltinModule('node:fs'))) keepIn(join(ours, 'compiled'));
  }
}

/** Makes a folder for the user alone, whatever the umask says: what is in it is run. Says whether it is there. */
function isMadeForUser(folder: string, { mkdirSync }: Pick<typeof import('node:fs'), 'mkdirSync'>): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
