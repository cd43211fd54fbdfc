import { createHash } from 'node:crypto';
import type { UploadDocument, UploadPart } from '../upload-types.ts';

/** The bytes of a part: small, valid JSON, different for every name. */
export function partBytes(name: string): Uint8Array {
  return Buffer.from(JSON.stringify({ version: '2.1.0', runs: [], properties: { name } }));
}

/** A document whose parts are named `<path>#<number>`, each with `results` results of `tool`. */
export function someDocument(
  path: string,
  parts: number,
  options: { tool?: string; results?: number; onPart?: (number: number) => void } & Partial<UploadDocument> = {},
): UploadDocument {
  const { tool = 'Scanner', results = 3, onPart, ...rest } = options;
  async function* make(): AsyncGenerator<UploadPart> {
    for (let number = 1; number <= parts; number += 1) {
      onPart?.(number);
      yield { number, bytes: partBytes(`${path}#${number}`), results, tool };
    }
  }
  return { path, sha256: createHash('sha256').update(path).digest('hex'), parts: make(), ...rest };
}
