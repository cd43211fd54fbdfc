import { InputError } from './input-error.ts';

/** How far unpacking may go. */
export interface InflateLimits {
  /** Below this many unpacked bytes the ratio is not looked at: small, very repetitive reports are fine. */
  readonly freeBytes: number;
  /** Unpacked bytes per packed byte. */
  readonly maxRatio: number;
  /** Unpacked bytes of one archive, all layers together. */
  readonly maxBytes: number;
  /** Entries of one archive, all layers together. */
  readonly maxEntries: number;
  /** Archives within archives. */
  readonly maxLayers: number;
}

const defaultInflateLimits: InflateLimits = {
  freeBytes: 64 * 2 ** 20,
  maxRatio: 200,
  maxBytes: 64 * 2 ** 30,
  maxEntries: 100_000,
  maxLayers: 4,
};

/** What one archive on disk has cost so far. Shared by all its layers, so that nesting does not multiply the limits. */
export interface InflateBudget {
  /** Counts unpacked bytes; throws `InputError` `SF-I107` past the limit. */
  addBytes(count: number): void;
  /** Counts one entry; throws `InputError` `SF-I108` past the limit. */
  addEntry(): void;
  /** Throws `InputError` `SF-I108` when this many archives lie within each other and that is too many. */
  checkLayer(layer: number): void;
}

/**
 * A fresh budget for one archive.
 *
 * @param packedBytes the size of the archive on disk
 * @param displayName how errors call it
 */
export function createInflateBudget(
  packedBytes: number,
  displayName: string,
  limits: InflateLimits = defaultInflateLimits,
): InflateBudget {
  let bytes = 0;
  let entries = 0;
  return {
    addBytes(count) {
      bytes += count;
      if (bytes > limits.maxBytes) {
        throw new InputError(
          'SF-I107',
          displayName,
          `It unpacks to more than ${limits.maxBytes} bytes. Unpack it yourself and pass the reports in it.`,
        );
      }
      if (bytes > limits.freeBytes && bytes > packedBytes * limits.maxRatio) {
        throw new InputError(
          'SF-I107',
          displayName,
          `It unpacks to more than ${limits.maxRatio} times its size, which looks like a decompression bomb. If the content is genuine, unpack it yourself and pass the reports in it.`,
        );
      }
    },
    addEntry() {
      entries += 1;
      if (entries <= limits.maxEntries) return;
      throw new InputError(
        'SF-I108',
        displayName,
        `It holds more than ${limits.maxEntries} entries. Unpack it yourself and pass the reports in it.`,
      );
    },
    checkLayer(layer) {
      if (layer <= limits.maxLayers) return;
      throw new InputError(
        'SF-I108',
        displayName,
        `Archives lie more than ${limits.maxLayers} deep in each other. Unpack it yourself and pass the reports in it.`,
      );
    },
  };
}
