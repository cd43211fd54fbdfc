import type { ContextValue } from './context/context-value.ts';
import { firstOf } from './context/context-value.ts';

/** Settings that have a flag, an environment variable and a place in the configuration. Secrets are not among them. */
export const settingNames = {
  url: { flag: '--url', variable: 'SARIFLOW_URL' },
  collector: { flag: '--collector', variable: 'SARIFLOW_COLLECTOR_ID' },
  apiKeyId: { flag: '--api-key-id', variable: 'SARIFLOW_API_KEY_ID' },
  apiKeyType: { flag: '--api-key-type', variable: 'SARIFLOW_API_KEY_TYPE' },
  repositoryUrl: { flag: '--repository-url', variable: 'SARIFLOW_REPOSITORY_URL' },
  repositoryId: { flag: '--repository-id', variable: 'SARIFLOW_REPOSITORY_ID' },
  branch: { flag: '--branch', variable: 'SARIFLOW_BRANCH' },
} as const;

export type SettingName = keyof typeof settingNames;

/** Looks a setting up: the flag first, then the variable, then the configuration file. */
export type Settings = (name: SettingName) => ContextValue | undefined;

/** What a flag or the configuration file says about a setting. */
export interface OptionReading {
  readonly value: unknown;
  readonly source: 'flag' | 'config' | undefined;
}

/**
 * @param readOption what the command line and the configuration file say
 * @param env the environment variables
 */
export function createSettings(
  readOption: (name: SettingName) => OptionReading,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  return (name) => {
    const { flag, variable } = settingNames[name];
    const option = readOption(name);
    const valueFrom = (source: OptionReading['source']) =>
      option.source === source && option.value !== undefined ? String(option.value) : undefined;
    return firstOf([
      { value: valueFrom('flag'), origin: flag },
      { value: env[variable], origin: variable },
      { value: valueFrom('config'), origin: 'configuration file' },
    ]);
  };
}
