import { defineRule } from '../rule.ts';

const mostWords = 3;

/** Who reads a log wants to know which tool wrote it. */
export const toolDescribed = defineRule({
  id: 'SF-A04',
  name: 'tool-described',
  level: 'note',
  specSection: '3.19.8',
  like: ['SARIF2005'],
  set: 'authoring',
  summary: "The driver has a short name, a 'version' that begins with a digit, and an 'informationUri'.",
  explanation: {
    cause: "The name carries the tool's edition, vendor or slogan, or the version a prefix such as v.",
    reason:
      "Viewers group findings by the tool's name and compare versions. More than three words do not fit into a list; 'fullName' has room for them.",
    repair: 'None: only the author of the tool knows its name, version and home.',
    before: '{ "driver": { "name": "The Shop Source Code Checker", "version": "v1.4" } }',
    after:
      '{ "driver": { "name": "Shop Lint", "fullName": "The Shop Source Code Checker", "version": "1.4", "informationUri": "https://shop.example/lint" } }',
  },
  visits: 'run',
  check({ tool }, _visit, report) {
    const driver = tool?.driver;
    if (driver === undefined) return;
    const path = ['tool', 'driver'];
    const words = driver.name.split(/\s/).filter((word) => word !== '').length;
    if (words > mostWords) {
      report({
        message: `The name of the tool has ${words} words. Use at most ${mostWords}, and write the long name as 'fullName'.`,
        at: [...path, 'name'],
      });
    }
    if (driver.version !== undefined && !/^\d/.test(driver.version)) {
      report({
        message: `The version '${driver.version}' does not begin with a digit. Write it without a prefix.`,
        at: [...path, 'version'],
      });
    }
    if (driver.informationUri === undefined) {
      report({ message: "The driver has no 'informationUri'. Say where people can read about the tool.", at: path });
    }
  },
});
