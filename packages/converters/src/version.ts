/** Version of this package, as it is written into `run.conversion`. A test holds it to package.json. */
export const converterVersion = '0.1.0';
