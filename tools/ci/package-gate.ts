import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../process/project-root.ts';
import { pnpmPath, runProgram } from '../process/run-program.ts';
import { type Gate, type GateResult, oneCheck } from './gate.ts';

/** As much of what `pnpm pack --json` prints as is used here. */
interface PackedPackage {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** What a user of the package needs to find in it. */
const neededFiles = ['package.json', 'dist/index.js', 'dist/index.d.ts'];

/** Packs every package as it would be published, and has publint and attw look at the archives. */
export const packageGate: Gate = {
  name: 'packages',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'sariflow-pack-'));
    try {
      const names = (await readdir(join(projectRoot, 'packages'))).sort();
      const results: GateResult[] = [];
      for (const name of names) results.push(...(await checkPackage(name, folder)));
      if (results.length === 0) return oneCheck(false, 'found no package');

      const passed = results.reduce((sum, result) => sum + result.passed, 0);
      const failures = results.filter((result) => result.failed > 0);
      return {
        passed,
        failed: failures.length,
        skipped: 0,
        note: failures.length === 0 ? names.join(', ') : failures.map((failure) => failure.note).join('; '),
      };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function checkPackage(name: string, folder: string): Promise<GateResult[]> {
  const packing = await runProgram(pnpmPath(), ['pack', '--pack-destination', folder, '--json'], {
    cwd: join(projectRoot, 'packages', name),
    output: 'collect',
  });
  const packed = packing.code === 0 ? packedPackage(packing.text) : undefined;
  if (packed === undefined) {
    process.stdout.write(packing.text);
    return [oneCheck(false, `${name} could not be packed`)];
  }

  const paths = new Set(packed.files.map((file) => file.path));
  const missing = neededFiles.filter((path) => !paths.has(path));
  process.stdout.write(`${name}: ${paths.size} files packed\n`);

  const publint = await runProgram('publint', ['run', packed.filename, '--strict'], { output: 'show' });
  // ESM only is a decision: what attw says of `require` is not looked at.
  const attwArgs = [packed.filename, '--profile', 'esm-only', '--no-definitely-typed', '--format', 'ascii'];
  const attw = await runProgram('attw', attwArgs, { output: 'show' });

  return [
    oneCheck(missing.length === 0, missing.length === 0 ? name : `${name} is packed without ${missing.join(', ')}`),
    oneCheck(publint.code === 0, publint.code === 0 ? name : `publint has complaints about ${name}`),
    oneCheck(attw.code === 0, attw.code === 0 ? name : `attw has complaints about ${name}`),
  ];
}

/** pnpm may say something of its own before the document. */
function packedPackage(text: string): PackedPackage | undefined {
  const start = text.search(/^\{/m);
  const end = text.lastIndexOf('}');
  return start === -1 ? undefined : (JSON.parse(text.slice(start, end + 1)) as PackedPackage);
}
