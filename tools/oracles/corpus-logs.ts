import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectRoot } from '../process/project-root.ts';

const corpus = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus');

/** Real logs are no part of the project: what needs them is skipped where they are absent. */
export const corpusIsAbsent = !existsSync(join(corpus, 'sarif'));

/** A document to compare verdicts on. */
export interface NamedDocument {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Every SARIF log of the corpus: those in its folder `sarif`, and those that stand beside the reports of other tools. */
export function corpusLogs(): NamedDocument[] {
  if (corpusIsAbsent) return [];
  const names = readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /[\\/]sarif[\\/](?:in)?valid[\\/]/.test(path) || path.endsWith('.sarif.json'));
  return names
    .sort()
    .map((path) => ({ name: path.slice(corpus.length + 1), bytes: new Uint8Array(readFileSync(path)) }));
}
