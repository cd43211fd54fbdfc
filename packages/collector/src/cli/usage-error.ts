/** A command that cannot be carried out as it was written: a flag, the configuration, a missing credential. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
