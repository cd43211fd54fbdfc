import { describe, expect, test } from 'vitest';
import { diagnosticsOf } from '../test-support/judge-log.ts';
import { secretOption, wordsOf } from './command-line-secret.ts';
import { hasCredentials } from './url-credentials.ts';
import { leadsHome } from './user-home.ts';

describe('a secret in a command line', () => {
  test.each<[string, string | undefined]>([
    ['scan --token 1f9b3c src', '--token'],
    ['scan --token=1f9b3c', '--token'],
    ['scan -token "1f 9b"', '-token'],
    ["curl --api-key '1f9b3c'", '--api-key'],
    ['scan --apiKey=1f9b3c', '--apiKey'],
    ['java -Dsonar.password=hunter2 -jar a.jar', '-Dsonar.password'],
    ['mvn -Dsonar.auth.token=1f9b3c', '-Dsonar.auth.token'],
    ['tool.exe /password:hunter2', '/password'],
    ['PASSWORD=hunter2 scan', 'PASSWORD'],
    ['env GITHUB_TOKEN=ghp_1 scan', 'GITHUB_TOKEN'],
    ['scan --client-secret hunter2', '--client-secret'],
    ['scan "--db-password=hunter2"', '--db-password'],
    // Not secrets.
    ['scan --token-file token.txt', undefined],
    ['scan --password-stdin', undefined],
    ['scan --token --verbose', undefined],
    ['scan --token', undefined],
    ['scan --token $(cat token)', undefined],
    ['scan --token=$TOKEN', undefined],
    ['scan --token %TOKEN%', undefined],
    ['scan --token=****', undefined],
    ['scan --token=[REDACTED]', undefined],
    ['scan --token {{ secrets.token }}', undefined],
    ['scan --token ""', undefined],
    ['eslint src/token.js password.js', undefined],
    ['lint token secret', undefined],
    ['scan --rule no-hardcoded-password src', undefined],
    ['scan --key name=value', undefined],
    ['', undefined],
  ])('%s', (commandLine, expected) => {
    expect(secretOption(wordsOf(commandLine), [])).toBe(expected);
  });

  test('is no secret any more where it is redacted', () => {
    expect(secretOption(['--token', 'HIDE-ME'], ['HIDE-ME'])).toBeUndefined();
    expect(secretOption(['--token', 'HIDE-ME'], ['', 'other'])).toBe('--token');
  });

  test('is looked for once', () => {
    const words = wordsOf(`${'"a" '.repeat(50_000)}'${'x'.repeat(100_000)}`);
    expect(words.length).toBeGreaterThan(50_000);
    expect(secretOption([...words, `--${'a-'.repeat(50_000)}token=x`], [])).toBeUndefined();
  });
});

test.each<[string, boolean]>([
  ['/home/alice/src/a.c', true],
  ['/home/alice', true],
  ['file:///home/alice/a.c', true],
  ['file://localhost/home/alice/a.c', true],
  ['/Users/alice/a.c', true],
  ['file:///C:/Users/alice/a.c', true],
  ['C:\\Users\\alice\\a.c', true],
  ['d:/users/alice/a.c', true],
  // Build machines, containers, placeholders, and folders that only look like it.
  ['/home/runner/work/a.c', false],
  ['file:///C:/Users/runneradmin/a.c', false],
  ['C:\\Users\\Public\\a.c', false],
  ['/home/%USER%/a.c', false],
  ['file:///C:/Users/alice%20b/a.c', true],
  ['file:///home/%5BREDACTED%5D/a.c', false],
  ['/home/$USER/a.c', false],
  ['/home/<user>/a.c', false],
  ['home/alice/a.c', false],
  ['src/Users/alice/list.js', false],
  ['/srv/home/alice/a.c', false],
  ['/users/17/profile', false],
  ['/home/', false],
  ['/homes/alice', false],
  ['https://example.org/home/alice/a.c', false],
  ['', false],
])('the path %s leads into a home folder: %s', (path, expected) => {
  expect(leadsHome(path)).toBe(expected);
});

test.each<[string, boolean]>([
  ['https://alice:hunter2@git.example/shop', true],
  ['https://alice:p@ss@git.example/shop', true],
  ['ftp://a:b@c', true],
  ['https://ghp_0123456789@github.com/a/b', true],
  ['https://x-access-token:ghs_1@github.com/a/b', true],
  ['https://alice@git.example/shop', false],
  ['ssh://git@github.com/a/b', false],
  ['https://git.example:8443/shop', false],
  ['https://git.example/a:b@c', false],
  ['https://git.example?user=a:b@c', false],
  ['https://alice:****@git.example/shop', false],
  ['https://alice:@git.example/shop', false],
  ['https://alice:[REDACTED]@git.example/shop', false],
  ['mailto:alice@example.org', false],
  // As they will be written.
  ['//alice:hunter2@git.example/shop', true],
  ['//git.example/shop', false],
  ['\\\\alice:hunter2@git.example\\shop', true],
  ['https:\\\\alice:hunter2@git.example\\shop', true],
  [' "https://alice:hunter2@git.example/shop"', true],
])('the URI %s has credentials: %s', (uri, expected) => {
  expect(hasCredentials(uri, [])).toBe(expected);
});

describe('in a log', () => {
  const driver = { name: 'Shop Lint', version: '1.4.0' };
  const location = (uri: string) => [{ physicalLocation: { artifactLocation: { uri } } }];
  const result = (uri: string) => ({ message: { text: 'x' }, locations: location(uri) });
  const said = async (run: object) => {
    const log = { version: '2.1.0', runs: [{ tool: { driver }, results: [], ...run }] };
    return (await diagnosticsOf(log, {}, 'SF-V018')).map(({ pointer }) => pointer.slice('/runs/0'.length));
  };
  const invocation = (members: object) => ({ invocations: [{ executionSuccessful: true, ...members }] });

  test.each<[object, string[]]>([
    [invocation({ environmentVariables: { PATH: '/bin' } }), ['/invocations/0/environmentVariables']],
    [invocation({ environmentVariables: {} }), []],
    [invocation({ account: 'alice' }), ['/invocations/0/account']],
    [invocation({ machine: 'WS-17' }), ['/invocations/0/machine']],
    [invocation({ account: '[REDACTED]', machine: ' ' }), []],
    [{ ...invocation({ account: 'nobody-knows' }), redactionTokens: ['nobody-knows'] }, []],
    [invocation({ commandLine: 'scan --token 1f' }), ['/invocations/0/commandLine']],
    [invocation({ arguments: ['--token', '1f'] }), ['/invocations/0/arguments']],
    [invocation({ arguments: null, commandLine: 'scan --config=/home/alice/x' }), ['/invocations/0/commandLine']],
    [invocation({ workingDirectory: { uri: 'file:///home/alice/shop' } }), ['/invocations/0/workingDirectory/uri']],
    [
      { versionControlProvenance: [{ repositoryUri: 'https://alice:hunter2@git.shop.example/shop' }] },
      ['/versionControlProvenance/0/repositoryUri'],
    ],
    [{ originalUriBaseIds: { ROOT: { uri: 'file:///Users/alice/shop/' } } }, ['/originalUriBaseIds/ROOT/uri']],
    [{ results: [result('src/a.c')] }, []],
    [
      { results: [{ message: { text: 'x' }, workItemUris: ['https://shop.example/1', 'https://alice:hunter2@a/2'] }] },
      ['/results/0/workItemUris/1'],
    ],
    // A path of a web site is no folder.
    [{ results: [{ message: { text: 'x' }, webRequest: { target: '/home/alice/x' } }] }, []],
  ])('%j', async (run, expected) => {
    expect(await said(run)).toEqual(expected);
  });

  test('each category is said once for each run', async () => {
    const run = {
      ...invocation({ account: 'alice', machine: 'WS-17' }),
      results: [result('src/a.c'), result('file:///home/alice/b.c'), result('file:///home/alice/c.c')],
    };
    const two = { ...run, invocations: [...run.invocations, ...run.invocations] };
    expect(await said(two)).toEqual([
      '/results/1/locations/0/physicalLocation/artifactLocation/uri',
      '/invocations/0/account',
      '/invocations/0/machine',
    ]);
    const inHeader = { ...run, originalUriBaseIds: { ROOT: { uri: 'file:///home/alice/' } } };
    expect(await said(inHeader)).toEqual([
      '/invocations/0/account',
      '/invocations/0/machine',
      '/originalUriBaseIds/ROOT/uri',
    ]);
  });

  test('what is secret is not repeated', async () => {
    const run = {
      ...invocation({ commandLine: 'scan --token 1f9b3c', account: 'alice', workingDirectory: { uri: '/home/alice' } }),
      versionControlProvenance: [{ repositoryUri: 'https://alice:hunter2@git.shop.example/shop' }],
    };
    const log = { version: '2.1.0', runs: [{ tool: { driver }, results: [], ...run }] };
    const diagnostics = await diagnosticsOf(log, {}, 'SF-V018');
    expect(diagnostics).toHaveLength(4);
    expect(JSON.stringify(diagnostics)).not.toMatch(/1f9b3c|alice|hunter2/);
  });
});
