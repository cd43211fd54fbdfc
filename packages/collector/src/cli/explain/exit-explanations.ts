import { exitCodes, signalExitCodes } from '../exit-code.ts';
import type { Explanation } from './explanation.ts';

type Words = Pick<Explanation, 'summary' | 'reason' | 'repair'>;

const words = {
  ok: {
    summary: 'All done, everything accounted for.',
    reason: 'The inputs were read, and what was to be sent is with the target.',
    repair: 'Nothing is to be done.',
  },
  invalid: {
    summary: 'The input was read and has errors, or findings could not be converted or were dropped.',
    reason: 'Who relies on the findings has to know that some of them are wrong or missing.',
    repair:
      'See what sariflow validate says about the input. For convert and upload, --max-dropped says how many lost findings are acceptable.',
  },
  usage: {
    summary: 'The command cannot be carried out as it was written; nothing was sent.',
    reason: 'A flag, a value of the configuration or a credential is missing or not fit.',
    repair: 'Correct the command as the message says; sariflow help lists what there is.',
  },
  unreadable: {
    summary: 'No input matched, or what was given could not be read.',
    reason: 'A job that finds no report must not look like one that found no defect.',
    repair: 'Check the paths and whether the scanner has written its report.',
  },
  auth: {
    summary: 'The target does not know or permit the credential.',
    reason: 'It answered 401, 402 or 403.',
    repair: 'Check the key, its id and type, and what its role may do.',
  },
  rejected: {
    summary: 'The target refused the content or the destination.',
    reason: 'It answered 400, 404, 413 or 422, which sending again does not change.',
    repair: 'Read the reason beside the part, and check the address of the Collector and of the repository.',
  },
  undelivered: {
    summary: 'Not everything reached the target before the deadline.',
    reason: 'The network failed, or the target asked to wait or was out of order.',
    repair: 'Run the same command again: only what is missing is sent.',
  },
  unknown: {
    summary: 'The target may have received a part and did not answer.',
    reason: 'The connection ended after the last byte was sent, so nobody can tell whether the part was taken.',
    repair: 'Look into the platform, then run the command again; --force sends regardless.',
  },
  held: {
    summary: 'An upload was held back because the scan looks incomplete.',
    reason: 'A scan that broke off looks like one after which everything was repaired, and would close findings.',
    repair: 'Repeat the scan. When the report is right, --allow-empty or --force sends it.',
  },
  gate: {
    summary: 'Everything was delivered, and --fail-on found what it looks for.',
    reason: 'The job is meant to fail for such findings.',
    repair: 'Look at the findings that are named.',
  },
  internal: {
    summary: 'A defect of Sariflow.',
    reason: 'Something happened that cannot happen.',
    repair: 'Report it with the command and what was printed.',
  },
} as const satisfies Readonly<Record<keyof typeof exitCodes, Words>>;

const interrupted: Words = {
  summary: 'A signal ended the run early.',
  reason: 'The first signal lets what is under way finish and starts nothing new; the second ends the process at once.',
  repair: 'Run the command again.',
};

/** How a run can end. */
export const exitExplanations: readonly Explanation[] = [
  ...Object.entries(words).map(([code, said]) => explanation(code, [exitCodes[code as keyof typeof exitCodes]], said)),
  explanation('interrupted', Object.values(signalExitCodes), interrupted),
];

function explanation(code: string, numbers: readonly number[], said: Words): Explanation {
  return { code, family: 'Exit codes', exitCodes: numbers, ...said };
}
