import type { CommandDocument } from './document.ts';

/** `sariflow serve --json`: printed when the Collector listens. */
export interface ServeDocument extends CommandDocument<never> {
  readonly command: 'serve';
  /** The API host. */
  readonly url: string;
  /** The page that shows what arrived; null where it is not served. */
  readonly page: string | null;
  readonly database: string;
  /** The variables that make `sariflow upload` send there. The key is that of the local Collector, made by it. */
  readonly environment: Readonly<Record<string, string>>;
}
