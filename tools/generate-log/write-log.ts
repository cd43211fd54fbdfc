import { open } from 'node:fs/promises';
import { generateLog, type LogOptions } from './generate-log.ts';

/** Writes a generated log to `path`, replacing what is there, and resolves to the number of bytes written. */
export async function writeLog(path: string, options: LogOptions): Promise<number> {
  await using file = await open(path, 'w');
  let written = 0;
  for await (const chunk of generateLog(options)) {
    // `writeFile` on a handle writes all of the chunk at the current position; `write` may stop short.
    await file.writeFile(chunk);
    written += chunk.length;
  }
  return written;
}
