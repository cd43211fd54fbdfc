/**
 * The whole way in one go: three reports of three kinds, through the command line, over HTTP with an Advanced key, into the
 * local Collector; then the two sides' numbers side by side. Ends with exit code 1 when they do not agree.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createDemoTenant, type LocalCollector, startLocalCollector } from '@sariflow/collector';
import { writeLog } from '../generate-log/write-log.ts';
import { projectRoot } from '../process/project-root.ts';
import { compare, type UploadDocument } from './compare.ts';

const repositoryUrl = 'https://github.com/acme/shop';
const database = join(projectRoot, '.sariflow', 'demo.db');
const say = (text = '') => process.stdout.write(`${text}\n`);

process.exitCode = await demo();

async function demo(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'sariflow-demo-'));
  try {
    await mkdir(join(projectRoot, '.sariflow'), { recursive: true, mode: 0o700 });
    for (const suffix of ['', '-wal', '-shm']) await rm(`${database}${suffix}`, { force: true });
    const large = join(folder, 'large.sarif');
    const bytes = await writeLog(large, { bytes: 12_000_000, shape: 'flat', toolFirst: false, seed: 7 });

    const tenant = createDemoTenant([{ url: repositoryUrl }]);
    await using collector = await startLocalCollector({ ...tenant, database });
    say(`The local Collector listens on ${collector.url}.`);
    say(`Three reports: Semgrep JSON, an ESLint log, and a SARIF log of ${(bytes / 1e6).toFixed(1)} MB.`);
    say();

    const reports = ['semgrep.json', 'eslint.sarif'].map((name) => join(projectRoot, 'test-data', 'demo', name));
    const { code, document } = await upload([...reports, large], collector, tenant.advancedKey);
    if (document === undefined) {
      say(`The upload ended with exit code ${code} and said nothing that can be compared.`);
      return 1;
    }
    return report(document, collector, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the command as a user would. What it says goes to the terminal, its JSON document comes back. */
async function upload(
  paths: readonly string[],
  collector: LocalCollector,
  key: { readonly id: string; readonly secret: string },
): Promise<{ code: number; document: UploadDocument | undefined }> {
  const main = join(projectRoot, 'packages', 'collector', 'dist', 'cli', 'main.js');
  const args = ['upload', ...paths, '--repository-url', repositoryUrl, '--branch', 'main', '--no-ledger', '--json'];
  const child = spawn(process.execPath, [main, ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      SARIFLOW_URL: collector.apiUrl(),
      SARIFLOW_API_KEY_TYPE: 'advanced',
      SARIFLOW_API_KEY_ID: key.id,
      SARIFLOW_API_KEY: key.secret,
    },
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, document: text === '' ? undefined : (JSON.parse(text) as UploadDocument) };
}

function report(document: UploadDocument, collector: LocalCollector, code: number): number {
  const stored = collector.counts();
  say('What the Collector stored:');
  for (const { tool, level, severity, findings } of stored) {
    say(`  ${tool.padEnd(16)} ${level.padEnd(8)} ${severity.padEnd(8)} ${findings.toLocaleString('en').padStart(8)}`);
  }
  const comparison = compare(document, collector.received(), stored);
  say();
  for (const line of comparison.lines) say(line);
  say();
  say('Look at every finding in the browser:');
  say(`  npx -y pnpm@12.21.0 sariflow serve --database ${relative(projectRoot, database)}`);
  if (code !== 0) say(`The upload ended with exit code ${code}.`);
  return code === 0 && comparison.agrees ? 0 : 1;
}
