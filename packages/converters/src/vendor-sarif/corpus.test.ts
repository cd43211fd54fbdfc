import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, normalize, type Profile, readSarif, validate, writeSarif } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../test-support/samples.ts';
import { driverNameOf, repairVendorSarif } from './repair-vendor-sarif.ts';
import { vendorOf } from './vendor.ts';

const corpus = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus');
const isAbsent = !existsSync(corpus);
const folders = ['jfrog', 'semgrep', 'snyk', 'sonarqube', 'veracode', 'sarif/valid', 'sarif/invalid'];
const files = isAbsent
  ? []
  : folders.flatMap((folder) =>
      readdirSync(`${corpus}/${folder}`)
        .filter((name) => /\.(json|sarif)$/.test(name))
        .map((name) => `${folder}/${name}`)
        .filter(isOfVendor),
    );

function isOfVendor(file: string): boolean {
  try {
    const log = JSON.parse(readFileSync(`${corpus}/${file}`, 'utf8')) as { runs?: unknown };
    return Array.isArray(log.runs) && (log.runs as unknown[]).some((run) => vendorOf(driverNameOf(run)) !== undefined);
  } catch {
    // Some files are meant not to be JSON.
    return false;
  }
}

test.skipIf(isAbsent)('the corpus has SARIF of these vendors', () => expect(files.length).toBeGreaterThan(15));

describe.skipIf(isAbsent).each([undefined, 'cortex'] as const)(
  'SARIF of vendors for %s',
  (profile: Profile | undefined) => {
    test.each(files)('%s: nothing is lost, and what is left is clean', async (file) => {
      const bytes = readFileSync(`${corpus}/${file}`);
      const repaired: Diagnostic[] = [];
      const normal = normalize(
        repairVendorSarif(readSarif(bytes), (said) => repaired.push(said)),
        { profile },
      );
      const chunks: Uint8Array[] = [];
      for await (const chunk of writeSarif(normal)) chunks.push(Uint8Array.from(chunk));
      const written = Buffer.concat(chunks);
      const count = (text: string) =>
        (JSON.parse(text) as { runs: { results?: unknown[] | null }[] }).runs.map(
          ({ results }) => results?.length ?? 0,
        );
      expect(count(written.toString())).toEqual(count(bytes.toString()));
      const errors: string[] = [];
      const report = ({ level, ruleId, message, pointer }: Diagnostic) => {
        if (level === 'error') errors.push(`${ruleId} ${pointer} ${message}`);
      };
      for await (const _ of validate(readSarif(written, { report }), { report, ...(profile && { profile }) }));
      expect(errors).toEqual([]);
      expect(repaired.every(({ ruleId, fix }) => ruleId.startsWith('SF-K3') && fix !== undefined)).toBe(true);
    });
  },
);
