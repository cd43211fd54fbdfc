import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the folder that holds the whole project, without a slash at the end. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Folders that hold what was installed or built, not what was written. */
const notOurs = new Set(['node_modules', 'dist', 'coverage', '.git', '.turbo', '.sariflow', '.pnpm-store']);

/** All files below a folder of the project, as paths from the project's root with `/` between the steps, sorted. */
export function filesBelow(folder: string): string[] {
  const found: string[] = [];
  const visit = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (!notOurs.has(entry.name)) visit(path);
      } else if (entry.isFile()) {
        found.push(relative(projectRoot, path).split(sep).join('/'));
      }
    }
  };
  visit(join(projectRoot, folder));
  return found.sort();
}
