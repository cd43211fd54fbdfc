import { defineRule } from '../rule.ts';
import { isSemanticVersion } from './semantic-version.ts';

/** Two runs can only be compared when it is known whether the same tool made them. */
export const toolVersion = defineRule({
  id: 'SF-V007',
  name: 'tool-version',
  level: 'note',
  specSection: '3.19.12',
  like: ['SARIF2005'],
  summary: 'The driver has a version, and a semanticVersion has the form of Semantic Versioning 2.0.',
  explanation: {
    cause: 'The producer leaves the version out, or writes its own form of version into semanticVersion.',
    reason:
      'Without a version nobody can tell whether a finding is new in the code or new in the tool. What compares versions cannot order other forms.',
    repair: 'None: only the tool knows its version. Write other forms than that of Semantic Versioning into version.',
    before: '{ "driver": { "name": "ESLint", "semanticVersion": "v9.1" } }',
    after: '{ "driver": { "name": "ESLint", "version": "v9.1", "semanticVersion": "9.1.0" } }',
  },
  visits: 'toolComponent',
  check({ version, semanticVersion }, { ownerKind, path }, report) {
    const isDriver = ownerKind === 'tool' && path[0] === 'tool' && path.at(-1) === 'driver';
    if (isDriver && version === undefined && semanticVersion === undefined) {
      report({ message: 'The tool has no version. Write it into tool.driver.version or semanticVersion.' });
    }
    if (semanticVersion === undefined || isSemanticVersion(semanticVersion)) return;
    report({
      message:
        "'semanticVersion' does not have the form of Semantic Versioning 2.0, such as 1.2.3. Write it in that form, or write it into 'version'.",
      at: ['semanticVersion'],
      value: semanticVersion,
    });
  },
});
