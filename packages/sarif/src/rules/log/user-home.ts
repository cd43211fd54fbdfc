/** Accounts of build machines and containers, which say nothing of a person. */
const machineAccounts: ReadonlySet<string> = new Set([
  'runner',
  'runneradmin',
  'vsts',
  'vsts_azpcontainer',
  'vssadministrator',
  'travis',
  'circleci',
  'jenkins',
  'gitlab-runner',
  'teamcity',
  'buildkite-agent',
  'buildagent',
  'bamboo',
  'semaphore',
  'appveyor',
  'codespace',
  'vscode',
  'gitpod',
  'node',
  'app',
  'appuser',
  'ubuntu',
  'ec2-user',
  'azureuser',
  'vagrant',
  'docker',
  'build',
  'builder',
  'ci',
  'root',
  'public',
  'shared',
  'default',
  'user',
  'username',
  'administrator',
]);

/** Whether a path or `file:` URI leads into the home folder of a person. */
export function leadsHome(text: string): boolean {
  if (!/^(?:file:|[\\/]|[A-Za-z]:)/i.test(text)) return false;
  const path = text.replaceAll('\\', '/').replace(/^file:(?:\/\/[^/]*)?/i, '');
  const name = /^(?:\/home|\/Users|\/?[A-Za-z]:\/[Uu]sers)\/([^/]+)(?:\/|$)/.exec(path)?.[1];
  if (name === undefined || /[%$<>{}*[\]]/.test(name)) return false;
  return !machineAccounts.has(name.toLowerCase());
}
