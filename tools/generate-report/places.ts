import type { Random } from '../generate-log/random.ts';
import { extensions, fileNames, folders } from '../generate-log/vocabulary.ts';

/** A path in an invented project. */
export function pathOf(random: Random): string {
  return `${random.pick(folders)}/${random.pick(fileNames)}-${random.below(400)}${random.pick(extensions)}`;
}

/** A version such as `3.12.0`. */
export function versionOf(random: Random): string {
  return `${random.below(9)}.${random.below(30)}.${random.below(12)}`;
}

/** The name of a package that does not exist. */
export function packageOf(random: Random): string {
  return `${random.pick(['acme', 'blue', 'quick', 'tiny', 'wide'])}-${random.pick(['parser', 'query', 'merge', 'yaml', 'http', 'zip'])}-${random.below(80)}`;
}

/** A time in the past, in UTC. */
export function timeOf(random: Random): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `2025-${two(1 + random.below(12))}-${two(1 + random.below(28))}T${two(random.below(24))}:${two(random.below(60))}:00`;
}
