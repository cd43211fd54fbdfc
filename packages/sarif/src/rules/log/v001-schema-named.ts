import { defineRule } from '../rule.ts';

/** `$schema` lets editors and validators find the schema by themselves. */
export const schemaNamed = defineRule({
  id: 'SF-V001',
  name: 'schema-named',
  level: 'note',
  specSection: '3.13.3',
  like: ['SARIF2008'],
  summary: 'A log names its schema.',
  explanation: {
    cause: 'The producer wrote version and runs alone.',
    reason: 'Editors complete and check a log by the schema that $schema names, and some consumers tell SARIF by it.',
    repair: 'The location of the schema of SARIF 2.1.0 is written.',
    before: '{ "version": "2.1.0", "runs": [] }',
    after: '{ "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [] }',
  },
  watches: 'log',
  watch: () => ({
    log({ $schema }, report) {
      if ($schema !== undefined) return;
      report({
        message: "The log has no '$schema'. Write the location of the schema of SARIF 2.1.0 there.",
        // Whoever writes a log writes its schema, too.
        fix: { description: "'$schema' is written.", apply: () => {} },
      });
    },
  }),
});
