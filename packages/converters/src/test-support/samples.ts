import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ConvertOptions } from '../options.ts';

/** The project's root directory. */
export const projectRoot = fileURLToPath(new URL('../../../../', import.meta.url));

/** A folder of test data: a report, its options, and the log that it becomes. */
export interface Sample {
  readonly name: string;
  readonly options: ConvertOptions;
  readonly input: Uint8Array;
  /** What the report's name ends in: `json`, `xml` or `csv`. */
  readonly ending: string;
  path(file: string): string;
}

/** The samples below `test-data`, found by listing the folder. */
export function samplesIn(folder: string): Sample[] {
  const directory = `${projectRoot}test-data/${folder}`;
  return readdirSync(directory).map((name) => {
    const path = (file: string) => `${directory}/${name}/${file}`;
    const options = existsSync(path('options.json'))
      ? (JSON.parse(readFileSync(path('options.json'), 'utf8')) as ConvertOptions)
      : {};
    const file = readdirSync(path('')).find((entry) => entry.startsWith('input.'));
    if (file === undefined)
      throw new Error(`The sample ${directory}/${name} has no file named input.json or the like.`);
    return { name, options, input: readFileSync(path(file)), ending: file.slice('input.'.length), path };
  });
}
