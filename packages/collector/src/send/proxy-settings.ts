/** Which proxy to use for which scheme, and for which hosts none. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** Hosts separated by commas, as `NO_PROXY` has them. */
  readonly noProxy?: string;
}

/**
 * Reads the customary variables. Lower case wins, but an empty one counts as absent, so that `https_proxy=""` does not
 * hide `HTTPS_PROXY`. `undefined`: no proxy is set.
 */
export function proxyFromEnv(env: Readonly<Record<string, string | undefined>>): ProxySettings | undefined {
  const read = (name: string) =>
    [env[name], env[name.toUpperCase()]].find((value) => value !== undefined && value !== '');
  const httpProxy = read('http_proxy');
  const httpsProxy = read('https_proxy') ?? httpProxy;
  const noProxy = read('no_proxy');
  if (httpProxy === undefined && httpsProxy === undefined) return undefined;
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
  };
}
