import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Log } from '../model/model.ts';
import { readSarif } from '../read/read-sarif.ts';
import { writeSarif } from '../write/write-sarif.ts';
import { normalize } from './normalize.ts';
import type { Redaction } from './redact.ts';

const encoder = new TextEncoder();
const driver = { name: 'Shop Lint', rules: [{ id: 'SHOP1' }] };

async function redacted(run: object, redact: Redaction | undefined): Promise<{ log: Log; said: Diagnostic[] }> {
  const log = { version: '2.1.0', runs: [{ tool: { driver }, results: [], ...run }] };
  const said: Diagnostic[] = [];
  const events = normalize(readSarif(encoder.encode(JSON.stringify(log))), {
    redact,
    report: (diagnostic) => {
      if (diagnostic.ruleId === 'SF-V018') said.push(diagnostic);
    },
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(events)) chunks.push(chunk.slice());
  return { log: JSON.parse(Buffer.concat(chunks).toString()) as Log, said };
}

const invocation = (members: object) => ({ invocations: [{ executionSuccessful: true, ...members }] });
const token = { redactionTokens: ['[REDACTED]'] };
const resultAt = (uri: string) => ({
  ruleId: 'SHOP1',
  level: 'warning',
  message: { text: 'A price is negative.' },
  locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 3 } } }],
});

test.each<[Redaction, object, object]>([
  [
    'secrets',
    invocation({ environmentVariables: { KEY: 'hunter2', HOME: '$HOME', __proto__: null } }),
    { ...invocation({ environmentVariables: { KEY: '[REDACTED]', HOME: '$HOME' } }), ...token },
  ],
  [
    'secrets',
    invocation({ commandLine: 'scan "--db-password=hunter2"  --token 1f -v https://al:pw@shop.example/a' }),
    {
      ...invocation({
        commandLine: 'scan "--db-password=[REDACTED]"  --token [REDACTED] -v https://shop.example/a',
      }),
      ...token,
    },
  ],
  [
    'secrets',
    invocation({ arguments: ['--token', '1f 9b', 'API_KEY="1f"', 'src'] }),
    { ...invocation({ arguments: ['--token', '[REDACTED]', 'API_KEY=[REDACTED]', 'src'] }), ...token },
  ],
  ['secrets', { ...invocation({ account: 'alice' }) }, { ...invocation({ account: 'alice' }) }],
  [
    'all',
    invocation({
      account: 'alice',
      machine: 'WS-17',
      commandLine: 'scan --config=/home/alice/x "C:\\Users\\alice\\y"',
    }),
    {
      ...invocation({
        account: '[REDACTED]',
        machine: '[REDACTED]',
        commandLine: 'scan --config=/home/[REDACTED]/x "C:\\Users\\[REDACTED]\\y"',
      }),
      ...token,
    },
  ],
  [
    'all',
    { conversion: { tool: { driver }, ...{ invocation: { executionSuccessful: true, machine: 'WS-17' } } } },
    { conversion: { tool: { driver }, invocation: { executionSuccessful: true, machine: '[REDACTED]' } }, ...token },
  ],
  [
    'secrets',
    { versionControlProvenance: [{ repositoryUri: 'https://alice:hunter2@git.shop.example/shop' }] },
    { versionControlProvenance: [{ repositoryUri: 'https://git.shop.example/shop' }] },
  ],
  [
    'all',
    { originalUriBaseIds: { ROOT: { uri: 'file:///Users/alice/shop/' } } },
    { originalUriBaseIds: { ROOT: { uri: 'file:///Users/%5BREDACTED%5D/shop/' } }, ...token },
  ],
  [
    'secrets',
    { results: [resultAt('https://alice:hunter2@git.shop.example/a.c'), resultAt('file:///home/alice/b.c')] },
    { results: [resultAt('https://git.shop.example/a.c'), resultAt('file:///home/alice/b.c')] },
  ],
  [
    'all',
    { results: [resultAt('src/a.c'), resultAt('file:///home/alice/b.c')] },
    { results: [resultAt('src/a.c'), resultAt('file:///home/%5BREDACTED%5D/b.c')], ...token },
  ],
])('%s are taken out of %j', async (redact, run, expected) => {
  const { log } = await redacted(run, redact);
  expect(log.runs?.[0]).toMatchObject(expected);
  const again = await redacted(log.runs?.[0] as object, redact);
  expect(again.log).toEqual(log);
  if (redact === 'all') expect(again.said).toEqual([]);
});

test('nothing is taken out unless it is asked for, and each change is said', async () => {
  const run = invocation({ account: 'alice', commandLine: 'scan --token 1f9b3c' });
  const kept = await redacted(run, undefined);
  expect(kept.log.runs?.[0]).toMatchObject(run);
  expect(kept.said.map(({ fix }) => fix)).toEqual([undefined, undefined]);
  const { said } = await redacted(run, 'all');
  expect(said.map(({ pointer, fix }) => [pointer, fix?.description])).toEqual([
    ['/runs/0/invocations/0/account', 'It is replaced by [REDACTED].'],
    ['/runs/0/invocations/0/commandLine', 'What is sensitive in it is replaced by [REDACTED].'],
  ]);
  expect(JSON.stringify(said)).not.toMatch(/alice|1f9b3c/);
});

test('a token of the run marks what was taken out before', async () => {
  const run = { ...invocation({ commandLine: 'scan --token HIDDEN-17' }), redactionTokens: ['HIDDEN-17'] };
  const { log } = await redacted(run, 'secrets');
  expect(log.runs?.[0]).toMatchObject(run);
});
