import type { FileError } from './documents/document.ts';
import { eachInput } from './each-input.ts';
import { type NormalLog, type NormalLogOptions, readNormalLog } from './normal-log.ts';
import { sayUnreadable } from './open-report.ts';
import type { Services } from './services.ts';

/**
 * The reports that the paths stand for, as normal logs, one after the other. What cannot be read is said and handed to `onFailed`; what was
 * merely found and is no report is passed over. Each log is the caller's to dispose.
 */
export async function* eachNormalLog(
  paths: readonly string[],
  options: NormalLogOptions,
  services: Services,
  onFailed: (path: string, error: FileError) => void,
): AsyncGenerator<NormalLog> {
  const { conversation } = services;
  const inputs = eachInput(paths, services, (path, { code, message }) => onFailed(path, { code, message }));
  for await (const found of inputs) {
    await using input = found;
    let log: NormalLog;
    try {
      log = await readNormalLog(input, options, services);
    } catch (error) {
      const fileError = sayUnreadable(input, error, conversation);
      if (fileError !== undefined) onFailed(input.path, fileError);
      continue;
    }
    yield log;
  }
}
