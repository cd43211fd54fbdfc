import { isDeepStrictEqual } from 'node:util';
import {
  type Diagnostic,
  normalize,
  PartTooSmallError,
  type Profile,
  readSarif,
  splitIntoParts,
  validate,
} from '../../packages/sarif/src/index.ts';
import { checkErrors, type TakeBreach } from './promises.ts';
import { written } from './written.ts';

/** A normalized log in parts: each is short enough and without error, and together they have every result. Returns the parts. */
export async function examineParts(
  normalized: Uint8Array,
  results: number,
  profile: Profile | undefined,
  breach: TakeBreach,
): Promise<readonly Uint8Array[]> {
  const parts: Uint8Array[] = [];
  for (const maxBytes of [1e9, Math.max(1000, Math.ceil(normalized.length / 3))]) {
    let inParts = 0;
    let dropped = 0;
    try {
      const onDrop = (): void => {
        dropped += 1;
      };
      for await (const part of splitIntoParts(readSarif(normalized), {
        maxBytes,
        onDrop,
        oneToolPerPart: maxBytes < 1e9,
      })) {
        if (part.bytes.length > maxBytes) breach('no part is too long', `${part.bytes.length} of ${maxBytes} bytes`);
        inParts += part.results;
        const errors: Diagnostic[] = [];
        const checked = validate(readSarif(part.bytes), { profile, report: (diagnostic) => errors.push(diagnostic) });
        for await (const batch of checked.batches()) void batch;
        checkErrors(errors, 'every part of what is normalized', breach);
        parts.push(part.bytes);
      }
    } catch (error) {
      if (error instanceof PartTooSmallError && maxBytes < 1e9) return parts;
      throw error;
    }
    if (inParts + dropped !== results) {
      breach('every result is in a part or told to be dropped', `${inParts} and ${dropped} of ${results}`);
    }
  }
  return parts;
}

/** Normalizing a part of what is normalized changes nothing but, maybe, the order of members. */
export async function examineNormality(
  parts: readonly Uint8Array[],
  profile: Profile | undefined,
  breach: TakeBreach,
): Promise<void> {
  for (const part of parts) {
    const again = await written(normalize(readSarif(part), { profile }));
    if (isDeepStrictEqual(parsed(again), parsed(part))) continue;
    breach('every part of what is normalized is normal', new TextDecoder().decode(part).slice(0, 2000));
  }
}

function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}
