import { denotesCurrentSchema, schemaLocation } from '../../run/schema-location.ts';
import { defineRule } from '../rule.ts';

/** A `$schema` of a draft makes editors find fault with what is right. */
export const schemaCurrent = defineRule({
  id: 'SF-V002',
  name: 'schema-current',
  level: 'warning',
  specSection: '3.13.3',
  like: ['SARIF1011'],
  summary: "A log's $schema is a known location of the schema of SARIF 2.1.0.",
  explanation: {
    cause: 'The producer was written for a draft, such as 2.1.0-rtm.5, and only its version was brought up to date.',
    reason:
      'Drafts differ from the standard: validators that follow $schema refuse valid logs and accept invalid ones. A relative location leads nowhere.',
    repair: 'The location of the schema of SARIF 2.1.0 takes its place.',
    before: '{ "$schema": "http://json.schemastore.org/sarif-2.1.0-rtm.5", "version": "2.1.0", … }',
    after: '{ "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", … }',
  },
  watches: 'log',
  watch: () => ({
    log({ $schema }, report) {
      if (typeof $schema !== 'string' || denotesCurrentSchema($schema)) return;
      report({
        message: `'$schema' does not denote the schema of SARIF 2.1.0. Write ${schemaLocation}.`,
        at: ['$schema'],
        value: $schema,
        // Whoever writes a log writes the current schema.
        fix: { description: "'$schema' is replaced.", apply: () => {} },
      });
    },
  }),
});
