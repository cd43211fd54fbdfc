import { defineRule } from '../rule.ts';

/** A converter is not the tool whose output it converts. */
export const converterNamed = defineRule({
  id: 'SF-V014',
  name: 'converter-named',
  level: 'warning',
  specSection: '3.14.12',
  summary: 'The tool of a conversion is another one than the tool of the run.',
  explanation: {
    cause:
      'A converter writes its own name as that of the analysis tool, or a tool that writes SARIF itself adds a conversion.',
    reason:
      'The driver is the tool that found the results. Under the name of a converter the findings of all tools that it converts become one heap.',
    repair:
      'None: who found the results, only the converter knows. A tool that writes SARIF itself leaves conversion out.',
    before:
      '{ "tool": { "driver": { "name": "to-sarif" } }, "conversion": { "tool": { "driver": { "name": "to-sarif" } } } }',
    after:
      '{ "tool": { "driver": { "name": "PMD" } }, "conversion": { "tool": { "driver": { "name": "to-sarif" } } } }',
  },
  visits: 'run',
  check({ tool, conversion }, _visit, report) {
    const converter = conversion?.tool?.driver?.name;
    if (converter === undefined || converter.trim() === '' || converter !== tool?.driver?.name) return;
    report({
      message: `The converter '${converter}' is named as the tool that found the results. Name the analysis tool in tool.driver, or leave 'conversion' out where nothing was converted.`,
      at: ['conversion', 'tool', 'driver', 'name'],
      value: converter,
    });
  },
});
