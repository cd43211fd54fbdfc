import type { PullErrorCode } from '../../pull/pull-error.ts';
import type { Explanation } from './explanation.ts';

type Words = Pick<Explanation, 'summary' | 'reason' | 'repair'>;

const words = {
  'pull-url': {
    summary: 'The address of the server cannot be used.',
    reason: 'A token goes over https: to a host that was named, and nowhere else.',
    repair: 'Give the address at which the start page of the server is, without user name, query or fragment.',
  },
  'pull-auth': {
    summary: 'The server does not know the token, or does not permit what was asked with it.',
    reason: 'It answered 401, 402 or 403.',
    repair: 'Check the token, whether it has expired, and whether its owner may browse the project or organisation.',
  },
  'pull-refused': {
    summary:
      'The server does not know the project, branch, pull request or organisation, or refuses the request otherwise.',
    reason: 'A project that is not there must not look like one without findings.',
    repair: 'Check the keys; the message repeats what the server says.',
  },
  'pull-redirect': {
    summary: 'The server answers with a redirect, which is not followed.',
    reason: 'The token belongs to the address that was named, and a redirect could take it elsewhere.',
    repair: 'Give the final address with --url.',
  },
  'pull-answer': {
    summary: 'What came back is not what the API is described to answer, or was cut off again and again.',
    reason: 'Findings that are read from half an answer, or from that of another question, would be wrong.',
    repair: 'Check that the address is that of the server, and not of a login page or a proxy in front of it.',
  },
  'pull-too-large': {
    summary: 'One page of findings alone is longer than what is read of an answer.',
    reason: 'Pages were made smaller as far as that goes; what is read at a time has a limit, so that memory has one.',
    repair: 'Look at the findings on the server: one of them has a text of megabytes.',
  },
  'pull-unreachable': {
    summary: 'The server could not be reached, or was out of order each time it was asked.',
    reason:
      'The network failed, the certificate was not accepted, or the server answered 429 or 5xx until the last attempt.',
    repair: 'Run the same command again later. The message says what failed.',
  },
  'pull-deadline': {
    summary: 'The time for the whole pull was over before the last page had come.',
    reason: 'Half of the findings would look like all of them.',
    repair: 'Allow more time with --deadline, or 0 for no limit.',
  },
} as const satisfies Readonly<Record<PullErrorCode, Words>>;

/** Why a server's findings could not be had. */
export const pullExplanations: readonly Explanation[] = Object.entries(words).map(([code, said]) => ({
  code,
  family: 'Pulling from servers',
  level: 'error',
  ...said,
}));
