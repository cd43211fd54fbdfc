import { defineRule, type FindingReport } from '../rule.ts';

/** Everything that is said of a run begins with the name of its tool. */
export const toolNamed = defineRule({
  id: 'SF-V006',
  name: 'tool-named',
  level: 'error',
  specSection: '3.19.8',
  like: ['GH1018'],
  summary: 'The name of the driver is a text that is not blank.',
  explanation: {
    cause: 'The producer did not fill in a template.',
    reason: 'Findings are shown, grouped and compared by the name of the tool. GitHub refuses a run without one.',
    repair: 'None: the name of a tool is not invented.',
    before: '{ "tool": { "driver": { "name": " " } } }',
    after: '{ "tool": { "driver": { "name": "ESLint" } } }',
  },
  watches: 'log',
  // Judged as it was read: a name that is missing or no text has a rule of its own.
  watch() {
    let isChecked = false;
    return {
      log({ runs }, report) {
        isChecked = typeof runs === 'object' && runs !== null;
        // One run outside an array is read as its element.
        const listed: readonly unknown[] = Array.isArray(runs) ? runs : [runs];
        for (const [index, run] of listed.entries()) check(run, index, report);
      },
      run(run, index, _context, report) {
        if (!isChecked) check(run, index, report);
      },
    };
  },
});

function check(run: unknown, index: number, report: FindingReport): void {
  const name = memberOf(memberOf(memberOf(run, 'tool'), 'driver'), 'name');
  if (typeof name !== 'string' || name.trim() !== '') return;
  report({
    message: 'The tool has no name. Write the name of the scanner into tool.driver.name.',
    at: ['runs', index, 'tool', 'driver', 'name'],
    value: name,
  });
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
