import type { Result, RunHeader, VersionControlDetails } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { removeTogether } from '../../run/remove-together.ts';
import { fileUri } from '../../run/repository-path.ts';
import { uriForm } from '../../run/uri-form.ts';
import { defineRule, type FindingReport } from '../rule.ts';
import { uriMembersOf } from './uri-members.ts';

/** A link that is relative to nothing. */
export const absoluteUri = defineRule({
  id: 'SF-V416',
  name: 'absolute-uri',
  level: 'error',
  specSection: '3.49.12',
  like: ['SARIF1005'],
  summary:
    "'helpUri', 'informationUri', 'downloadUri', 'repositoryUri', 'hostedViewerUri' and each of 'workItemUris' is an absolute URI.",
  explanation: {
    cause:
      'The producer left the member empty, or wrote a path, a name, or a repository as Git takes it: git@host:path.',
    reason: 'These are links to places outside of the log: there is nothing that they could be relative to.',
    repair:
      'The URI is removed. A repository that is recognised becomes a URI: git@host:path is ssh://git@host/path, a path is file:, host/path is https:. Version control details without a repository are removed.',
    before: '{ "id": "shop/no-eval", "helpUri": "docs/no-eval.md" }',
    after: '{ "id": "shop/no-eval" }',
  },
  visits: ['reportingDescriptor', 'result', 'run', 'toolComponent', 'translationMetadata'],
  check(object, { ownerKind }, report) {
    for (const { uri, at } of uriMembersOf(object)) {
      if (isAbsolute(uri)) continue;
      const [member] = at;
      const fix =
        member === 'workItemUris'
          ? { description: 'The URI is removed.', apply: dropRelativeItems }
          : {
              description: `'${member}' is removed.`,
              apply: (target: object) => void delete (target as Record<string, unknown>)[member],
            };
      report({ message: messageOf(uri, member), at, value: uri, fix });
    }
    if (ownerKind === '' && 'tool' in object) checkRepositories(object, report);
  },
});

function isAbsolute(uri: string): boolean {
  return uriForm(uri).scheme !== undefined && !uriForm(uri).isWindowsPath;
}

function messageOf(uri: string, member: string): string {
  const name = member === 'workItemUris' ? "An element of 'workItemUris'" : `'${member}'`;
  if (uri.trim() === '') return `${name} is empty. Write an absolute URI, or leave it out.`;
  return `${name} has to be an absolute URI, but '${uri}' is not. Write it with its scheme, or leave it out.`;
}

function dropRelativeItems(target: object): void {
  const result = target as Mutable<Result>;
  result.workItemUris = result.workItemUris?.filter(isAbsolute) ?? [];
}

function checkRepositories({ versionControlProvenance }: RunHeader, report: FindingReport): void {
  if (versionControlProvenance === undefined) return;
  for (const [position, { repositoryUri }] of versionControlProvenance.entries()) {
    if (isAbsolute(repositoryUri)) continue;
    const known = repositoryAsUri(repositoryUri);
    report({
      message: messageOf(repositoryUri, 'repositoryUri'),
      at: ['versionControlProvenance', position, 'repositoryUri'],
      value: repositoryUri,
      fix: {
        description: known === undefined ? 'The version control details are removed.' : `'${known}' is written.`,
        apply: repairRepositories,
      },
    });
  }
}

/** All of them at once: elements that are taken away move the others. */
function repairRepositories(target: object): void {
  const details: Mutable<VersionControlDetails>[] = (target as RunHeader).versionControlProvenance ?? [];
  const unknown = new Set<VersionControlDetails>();
  for (const element of details) {
    if (isAbsolute(element.repositoryUri)) continue;
    const uri = repositoryAsUri(element.repositoryUri);
    if (uri === undefined) unknown.add(element);
    else element.repositoryUri = uri;
  }
  removeTogether(details, unknown)();
}

/** The URI of a repository that is written in a way of its own. */
function repositoryAsUri(given: string): string | undefined {
  const repository = given.trim();
  const { repaired, isWindowsPath } = uriForm(repository);
  if (isWindowsPath) return repaired;
  const path = repaired.replace(/^\.\//, '');
  if (path.startsWith('/')) return fileUri(path);
  const remote = /^([\w.-]{1,100}@[\w.-]{1,255}):(?!\/\/)\/?(.+)$/.exec(path);
  if (remote !== null) return `ssh://${remote[1]}/${remote[2]}`;
  return /^[\w-]{1,100}(?:\.[\w-]{1,100}){1,10}\/./.test(path) ? `https://${path}` : undefined;
}
