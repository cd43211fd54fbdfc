import { Option } from 'commander';
import { wholeNumber } from '../option-values.ts';

/** `--max-dropped`, which several commands have. */
export function maxDroppedOption(): Option {
  return new Option('--max-dropped <n>', 'how many findings may be dropped before the command fails')
    .argParser(wholeNumber(0))
    .default(0);
}
