import { mkdirSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';

/**
 * Lets Node.js keep what it compiles of this program, which makes every further start a quarter shorter. It is kept among the caches of the
 * user, not in a folder that others may write to: what is read back from there is run.
 *
 * @param environment where the folder is named: `NODE_COMPILE_CACHE`, `XDG_CACHE_HOME`, `HOME` or `LOCALAPPDATA`; without any nothing is kept
 */
export function keepCompiledCode(environment: Readonly<Record<string, string | undefined>>): void {
  const { NODE_COMPILE_CACHE: own, XDG_CACHE_HOME: caches, HOME: home, LOCALAPPDATA: local } = environment;
  const folder = caches ?? (home === undefined ? local : join(home, '.cache'));
  // A place where nothing can be written, or a run that may not write, costs a little time and nothing else.
  if (own !== undefined) nodeModule.enableCompileCache(own);
  else if (folder !== undefined && folder !== '') keepIn(join(folder, 'sariflow'));
}

/** In a folder for the user alone, whatever the umask says: what is in it is run. */
function keepIn(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return;
    throw error;
  }
  nodeModule.enableCompileCache(join(folder, 'compiled'));
}
