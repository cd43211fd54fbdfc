import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of the heap for new objects as small as it starts. V8 lets it grow to over 100 MB when a program runs for long,
 * although nothing here lives longer than a batch of results (measured at 1 GB: 262 MB with, 140 MB without, at the same speed).
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
