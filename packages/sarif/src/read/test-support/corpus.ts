import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../../../../../', import.meta.url));
const corpus = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus', 'sarif');

/** Real logs are not part of the project: tests over them are skipped where they are absent. */
export const corpusIsAbsent = !existsSync(corpus);

/** The logs in a folder of the corpus; `valid` and others. */
export function corpusFiles(folder: string): { readonly name: string; readonly bytes: Uint8Array }[] {
  if (corpusIsAbsent) return [];
  const files = readdirSync(`${corpus}/${folder}`, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => ({
    name: `${folder}/${name}`,
    get bytes() {
      return new Uint8Array(readFileSync(`${corpus}/${folder}/${name}`));
    },
  }));
}

/** The folders of the corpus that hold logs. */
export function corpusFolders(): string[] {
  if (corpusIsAbsent) return [];
  const folders = readdirSync(corpus, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name);
}
