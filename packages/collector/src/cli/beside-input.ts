import type { ReadOptions } from '@sariflow/sarif';
import { externalFiles } from '../input/external-files.ts';
import type { Input } from '../input/input.ts';

/** How the external property files of a log are opened: they lie beside it, so only a log that lies somewhere itself has any. */
export function besideInput({ path, origin }: Pick<Input, 'path' | 'origin'>): Pick<ReadOptions, 'openExternal'> {
  return origin === 'archive' || origin === 'standard-input' ? {} : { openExternal: externalFiles(path) };
}
