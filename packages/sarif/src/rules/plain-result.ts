import type { Result } from '../model/model.ts';

/** A result of which no rule has anything to say, but for the rule that it names. */
export const plainResult: Result = {
  level: 'warning',
  message: { text: 'The value is used before it is checked.' },
  locations: [
    { physicalLocation: { artifactLocation: { uri: 'source.txt' }, region: { startLine: 1, startColumn: 1 } } },
  ],
};
