import { defineRule } from '../rule.ts';

/** A process that ended by a signal has no exit code, and one that never started has no results. */
export const exitConsistent = defineRule({
  id: 'SF-V012',
  name: 'exit-consistent',
  level: 'warning',
  specSection: '3.20.9',
  summary: 'An invocation ended in one way: with an exit code, by a signal, or not having started.',
  explanation: {
    cause:
      'A wrapper fills in every member that it knows of, or copies what a shell reports: 128 and the number of the signal.',
    reason: 'Whether the scan came to its end cannot be told, so nor can whether its results are complete.',
    repair: 'None: which of the members is right, only the producer knows.',
    before: '{ "exitCode": 137, "exitSignalName": "SIGKILL", … }',
    after: '{ "exitSignalName": "SIGKILL", … }',
  },
  visits: 'invocation',
  check(invocation, { context, ownerKind }, report) {
    const { exitCode, exitSignalName, exitSignalNumber, processStartFailureMessage } = invocation;
    if (exitCode !== undefined && (exitSignalName !== undefined || exitSignalNumber !== undefined)) {
      const signal = exitSignalName === undefined ? 'exitSignalNumber' : 'exitSignalName';
      report({
        message: `'exitCode' stands beside '${signal}', but a process that a signal ends has no exit code. Keep one of the two.`,
        at: ['exitCode'],
        value: exitCode,
      });
    }
    if (processStartFailureMessage === undefined || ownerKind !== 'run' || context.results !== 'array') return;
    // Of several invocations one may have failed while the others found something.
    const hasStarted = (context.run.invocations ?? []).some((each) => each.processStartFailureMessage === undefined);
    if (hasStarted) return;
    report({
      message:
        "'processStartFailureMessage' says that the tool did not start, yet the run has 'results'. Write null for the results of a scan that did not start, or leave the message out.",
      at: ['processStartFailureMessage'],
      value: processStartFailureMessage,
    });
  },
});
