import type { Secret } from '../../secrets/secret.ts';
import { escapeText } from './escape-text.ts';
import { type Text, wrapText } from './text.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** How bad it is, in the words of the build logs. */
export type AnnotationLevel = 'error' | 'warning';

/**
 * The line that makes a CI system show a sentence beside the build, and not only in its log. It is printed as it is; what stands in the sentence
 * cannot make another command of it.
 *
 * @param sentence may hold data
 * @returns undefined where the CI system has no such lines, or there is none
 */
export function ciAnnotation(env: Env, level: AnnotationLevel, sentence: string): Text | undefined {
  const said = escapeText(sentence);
  if (env['GITHUB_ACTIONS'] === 'true') return line(`::${level} title=Sariflow::${said.replaceAll('%', '%25')}`);
  if (env['TF_BUILD'] === 'True') return line(`##vso[task.logissue type=${level}]${said.replaceAll('%', '%AZP25')}`);
  if (env['TEAMCITY_VERSION'] !== undefined && env['TEAMCITY_VERSION'] !== '') {
    const status = level === 'error' ? 'ERROR' : 'WARNING';
    return line(`##teamcity[message text='${teamCityText(said)}' status='${status}']`);
  }
  return undefined;
}

/**
 * The line that makes a CI system hide a secret in everything that is printed from here on. What comes from its own store is hidden already; a
 * secret from a file is not.
 */
export function ciMask(env: Env, secret: Secret): Text | undefined {
  if (env['GITHUB_ACTIONS'] === 'true') return line(`::add-mask::${secret.expose().replaceAll('%', '%25')}`);
  if (env['TF_BUILD'] === 'True') return line(`##vso[task.setsecret]${secret.expose().replaceAll('%', '%AZP25')}`);
  return undefined;
}

/** The only place where lines are made that CI systems obey. */
function line(command: string): Text {
  return wrapText(command, '', '');
}

function teamCityText(text: string): string {
  return text.replace(/['|[\]]/g, '|$&');
}
