import { basename } from 'node:path';
import type { UploadContext } from '../../targets/target.ts';
import type { ContextValue } from '../context/context-value.ts';
import { detectContext } from '../context/detect-context.ts';
import type { AskGit } from '../context/git.ts';
import type { ContextValues } from '../context/say-context.ts';
import type { Services } from '../services.ts';
import type { SettingName } from '../settings.ts';
import type { UploadCommandOptions } from './upload-options.ts';

/** What findings of a run will belong to. */
export interface ReadContext {
  /** By name, in the order in which they are told; no secrets among them. */
  readonly values: ContextValues;
  /** The CI provider, where it gives this run no secrets because it builds a fork's pull request. */
  readonly forkBuiltBy: string | undefined;
}

/** Finds out where a run's findings go and what they belong to. Throws `UsageError` for a given repository address that is none. */
export async function readContext(
  { target }: UploadCommandOptions,
  { environment, settings }: Services,
  askGit: AskGit,
): Promise<ReadContext> {
  const values = new Map<string, ContextValue>();
  if (target !== 'local') {
    // Where the local target is depends on nobody's settings.
    const names: readonly SettingName[] =
      target === 'cortex' ? ['url', 'collector', 'apiKeyId', 'apiKeyType'] : ['url'];
    for (const name of names) {
      const value = settings(name);
      if (value !== undefined) values.set(name, name === 'url' ? withoutUserInfo(value) : value);
    }
  }
  const { ci, isFork, ...detected } = await detectContext(settings, environment.env, askGit);
  for (const [name, value] of Object.entries(detected)) values.set(name, value);
  if (target === 'local' && !values.has('repositoryUrl') && !values.has('repositoryId')) {
    const name = encodeURIComponent(basename(environment.cwd) || 'repository');
    values.set('repositoryUrl', { value: `https://localhost/${name}`, origin: 'working directory', beat: [] });
  }
  return { values, forkBuiltBy: isFork === true ? ci : undefined };
}

/** A mistaken `https://user:password@host` is refused later on; until then it must not be shown. */
function withoutUserInfo({ value, origin }: ContextValue): ContextValue {
  return { value: value.replace(/\/\/[^/@]*@/, '//***@'), origin, beat: [] };
}

/** The values that a target is told. */
export function uploadContextOf(values: ContextValues): UploadContext {
  const [repositoryUrl, repositoryId, branch] = ['repositoryUrl', 'repositoryId', 'branch'].map(
    (name) => values.get(name)?.value,
  );
  return {
    ...(repositoryUrl !== undefined && { repositoryUrl }),
    ...(repositoryId !== undefined && { repositoryId }),
    ...(branch !== undefined && { branch }),
  };
}
