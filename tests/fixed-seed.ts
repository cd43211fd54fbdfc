import fc from 'fast-check';

/**
 * Properties are tried with the same values in every run, so that a failure belongs to the change that made it. To look
 * further, name another seed: `SARIFLOW_SEED=7`.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['SARIFLOW_SEED'] ?? 20261122) });
