import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of the heap for new objects as small as it is. V8 lets it grow to over 100 MB when a program runs for long,
 * although nothing here lives longer than a batch of results (measured at 1 GB: 262 MB with, 140 MB without, at the same speed).
 *
 * To be called when everything is loaded: what V8 has compiled ahead of Node.js's own modules holds for the flags it was compiled with, so that
 * modules loaded afterwards are compiled again (measured: 26 ms instead of 13 ms).
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
