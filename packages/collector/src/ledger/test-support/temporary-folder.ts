import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone after the test. Its name holds a space and letters outside ASCII, as people's folders do. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'sariflow lädger '));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
