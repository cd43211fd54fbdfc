import type { InputErrorCode } from '../../input/input-error.ts';
import type { Explanation } from './explanation.ts';

type Words = Pick<Explanation, 'summary' | 'reason' | 'repair'>;

const words = {
  'SF-I101': {
    summary: 'There is nothing by this name, or nothing that the pattern or folder holds.',
    reason: 'A report that is not there is not the same as one without findings.',
    repair: 'Check the name, the working directory, and whether the scanner has run.',
  },
  'SF-I102': {
    summary: 'The system refuses to let the file be read.',
    reason: 'Permissions, a circle of links, or a failing disk are in the way.',
    repair: 'Check the permissions of the file and its folders.',
  },
  'SF-I103': {
    summary: 'The name is that of a pipe, socket, device or folder where a file is expected.',
    reason: 'Reading takes two passes, which only files allow; folders are searched where paths are taken.',
    repair: 'Name a file, or give a stream on standard input as -.',
  },
  'SF-I104': {
    summary: 'The file changed while it was being read.',
    reason: 'The two passes would read two documents, and findings could get lost between them.',
    repair: 'Wait until the scanner has finished writing, then run again.',
  },
  'SF-I105': {
    summary: 'The archive or compressed file is damaged or ends early.',
    reason: 'What it holds cannot be had in full.',
    repair: 'Pack or download it again.',
  },
  'SF-I106': {
    summary: 'An entry of the archive needs a password.',
    reason: 'Sariflow knows no passwords of archives.',
    repair: 'Unpack it first, or pack it without a password.',
  },
  'SF-I107': {
    summary: 'Unpacking grows past the limits.',
    reason: 'A small archive that unpacks to very much is usually an attack.',
    repair: 'If the archive is to be trusted, unpack it first and name the files.',
  },
  'SF-I108': {
    summary: 'The archive has too many entries, or archives inside archives inside archives.',
    reason: 'Such archives are usually an attack.',
    repair: 'If the archive is to be trusted, unpack it first and name the files.',
  },
  'SF-I109': {
    summary: 'Unpacked bytes cannot be kept in the temporary folder.',
    reason: 'There is no room, or no right to write there.',
    repair: 'Make room, or set TMPDIR to a folder that has some.',
  },
} as const satisfies Readonly<Record<InputErrorCode, Words>>;

/** Why an input could not be had. */
export const inputExplanations: readonly Explanation[] = Object.entries(words).map(([code, said]) => ({
  code,
  family: 'Inputs',
  level: 'error',
  ...said,
}));
