/**
 * What GitHub code scanning takes, and how much of it it shows, as its page "SARIF support for code scanning" says. What goes beyond a
 * limit is rejected; of what goes beyond a `shown` number the rest is left out.
 */
export const githubLimits = {
  /** Bytes of the log after gzip. */
  uploadBytes: 10_000_000,
  runs: 20,
  results: 25_000,
  resultsShown: 5_000,
  /** Rules of the driver and of all extensions together. */
  rules: 25_000,
  extensions: 100,
  /** In all code flows of one result together. */
  threadFlowLocations: 10_000,
  threadFlowLocationsShown: 1_000,
  locations: 1_000,
  locationsShown: 100,
  tags: 20,
  tagsShown: 10,
  nameCharacters: 255,
  descriptionCharacters: 1_024,
} as const;
