import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../test-support/samples.ts';
import { detectFormat } from './detect-format.ts';

const corpus = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus');
const isAbsent = !existsSync(corpus);
const vendors = ['jfrog', 'semgrep', 'snyk', 'sonarqube', 'veracode'];
const files = isAbsent
  ? []
  : vendors.flatMap((vendor) =>
      readdirSync(`${corpus}/${vendor}`)
        .filter((name) => /\.(json|xml|csv)$/.test(name) && name !== 'expected.json')
        .map((name) => ({ vendor, name })),
    );

test.skipIf(isAbsent)('the corpus has reports of every vendor', () => {
  for (const vendor of vendors) expect(files.filter((file) => file.vendor === vendor).length).toBeGreaterThan(10);
});

describe.skipIf(isAbsent)('every report of the corpus is recognised by its content', () => {
  test.each(files)('$vendor/$name', async ({ vendor, name }) => {
    const bytes = readFileSync(`${corpus}/${vendor}/${name}`);
    const { format, because, candidates } = await detectFormat(bytes);
    const text = bytes.toString('utf8', 0, 2_000).trimStart();
    // Not every file of a scanner is a report: one says in plain text why there is none.
    if (!/^[[{<]/.test(text) && !name.endsWith('.csv')) expect(format).toBe('text');
    // Semgrep and Veracode both write this for nothing found, and nobody could tell which.
    else if (text.replace(/\s/g, '') === '{"findings":[]}') expect(candidates).toEqual(['semgrep', 'veracode']);
    else expect(format, because).toBe(name.includes('sarif') || /"runs"/.test(bytes.toString()) ? 'sarif' : vendor);
  });
});
