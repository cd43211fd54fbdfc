import type { Log, Run } from './sarif.generated.ts';

export type * from './sarif.generated.ts';

/** A log without its runs. */
export type LogHeader = Omit<Log, 'runs'>;

/** A run without its results: everything that the results refer to. */
export type RunHeader = Omit<Run, 'results'>;
