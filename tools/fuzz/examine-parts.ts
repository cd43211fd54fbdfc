import {
  type Diagnostic,
  PartTooSmallError,
  type Profile,
  readSarif,
  splitIntoParts,
  validate,
} from '../../packages/sarif/src/index.ts';
import { checkErrors, type TakeBreach } from './promises.ts';

/** A normalized log in parts: each is short enough and without error, and together they have every result. */
export async function examineParts(
  normalized: Uint8Array,
  results: number,
  profile: Profile | undefined,
  breach: TakeBreach,
): Promise<void> {
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
      }
    } catch (error) {
      if (error instanceof PartTooSmallError && maxBytes < 1e9) return;
      throw error;
    }
    if (inParts + dropped !== results) {
      breach('every result is in a part or told to be dropped', `${inParts} and ${dropped} of ${results}`);
    }
  }
}
