/** Where the local Collector keeps what arrives, relative to the working directory: `upload --target local` writes there, `serve` shows it. */
export const localDatabase = '.sariflow/collector.db';
