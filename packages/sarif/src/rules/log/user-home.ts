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
  return homeOwner(text) !== undefined;
}

/** Where the name of the person stands into whose home folder a path or `file:` URI leads, as indices of the text. */
export function homeOwner(text: string): { readonly start: number; readonly end: number } | undefined {
  if (!/^(?:file:|[\\/]|[A-Za-z]:)/i.test(text)) return undefined;
  const path = text.replaceAll('\\', '/');
  const [beginning = ''] = /^file:(?:\/\/[^/]*)?/i.exec(path) ?? [];
  const found = /^((?:\/home|\/Users|\/?[A-Za-z]:\/[Uu]sers)\/)([^/]+)(?:\/|$)/.exec(path.slice(beginning.length));
  const [, folders = '', name = ''] = found ?? [];
  const said = unescaped(name);
  if (said === '' || /[%$<>{}*[\]]/.test(said) || machineAccounts.has(said.toLowerCase())) return undefined;
  const start = beginning.length + folders.length;
  return { start, end: start + name.length };
}

/** A name in a URI as it is meant; what is no escape, as in `%USER%`, stays. */
function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (error instanceof URIError) return name;
    throw error;
  }
}
