import { defineRule } from '../rule.ts';

/** The Collector tells tools apart by the name of the driver. */
export const toolName = defineRule({
  id: 'SF-C001',
  name: 'tool-name',
  level: 'error',
  specSection: '3.19.8',
  set: 'cortex',
  summary: "The run's tool.driver.name is a text that is not empty.",
  explanation: {
    cause: 'The scanner or the script that made the log left the name of the tool empty.',
    reason: 'The Cortex Collector requires runs[].tool.driver.name, and findings are grouped by it.',
    repair: 'None: the name of a tool is not invented.',
    before: '{ "tool": { "driver": { "name": "" } } }',
    after: '{ "tool": { "driver": { "name": "ESLint" } } }',
  },
  visits: 'run',
  check(run, _visit, report) {
    const name: unknown = run.tool?.driver?.name;
    if (typeof name === 'string' && name.trim() !== '') return;
    report({
      message: 'The tool has no name. Write the name of the scanner into tool.driver.name.',
      at: ['tool', 'driver', 'name'],
    });
  },
});
