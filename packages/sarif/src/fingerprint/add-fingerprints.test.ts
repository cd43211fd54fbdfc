import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { concatenate } from '../json/concatenate.ts';
import type { Log, Result } from '../model/model.ts';
import { normalize } from '../normalize/normalize.ts';
import { readSarif } from '../read/read-sarif.ts';
import { createRunContext } from '../run/run-context.ts';
import { writeSarif } from '../write/write-sarif.ts';
import { type AddFingerprintsOptions, addFingerprints, surveyFingerprints } from './add-fingerprints.ts';
import { primaryLocationLineHashes } from './primary-location-line-hashes.ts';
import { resultIdentity } from './result-identity.ts';

const driver = { name: 'Shop Lint', rules: [{ id: 'no-eval' }, { id: 'no-with' }] };

function resultAt(uri: string, startLine: number, more: object = {}): Result {
  return {
    ruleId: 'no-eval',
    level: 'error',
    message: { text: `Text is evaluated in line ${startLine}.` },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }],
    ...more,
  };
}

function bytesOf(results: readonly object[], run: object = {}): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver }, ...run, results }] }));
}

async function written(bytes: Uint8Array, options: AddFingerprintsOptions = {}): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const events = addFingerprints(normalize(readSarif(bytes)), options);
  for await (const chunk of writeSarif(events)) chunks.push(chunk);
  return concatenate(chunks);
}

async function resultsOf(bytes: Uint8Array, options: AddFingerprintsOptions = {}): Promise<Result[]> {
  const events: Result[] = [];
  for await (const event of addFingerprints(normalize(readSarif(bytes)), options))
    if (event.type === 'result') events.push(event.result);
  const { runs } = JSON.parse(new TextDecoder().decode(await written(bytes, options))) as Log;
  const inBytes = runs?.[0]?.results ?? [];
  // What is written is what the events say.
  expect(inBytes.map(({ partialFingerprints }) => partialFingerprints)).toEqual(
    events.map(({ partialFingerprints }) => partialFingerprints),
  );
  return inBytes;
}

const identityOf = ({ partialFingerprints }: Result) => partialFingerprints?.['normalizedIdentity/v1'];

describe('normalizedIdentity/v1', () => {
  test('is written where there is no fingerprint of use', async () => {
    const results = await resultsOf(
      bytesOf([
        resultAt('src/a.js', 1),
        resultAt('src/b.js', 1, { partialFingerprints: { 'own/v1': 'x' } }),
        resultAt('src/c.js', 1, { fingerprints: { 'own/v1': 'x' } }),
        resultAt('src/d.js', 1, { fingerprints: { 'matchBasedId/v1': 'requires login' } }),
        resultAt('src/e.js', 1, { partialFingerprints: { hash: '', rule: 'no-eval' } }),
        resultAt('src/f.js', 1, { partialFingerprints: {} }),
      ]),
    );
    const hasIdentity = results.map((result) => /^[0-9a-f]{64}$/.test(identityOf(result) ?? ''));
    expect(hasIdentity).toEqual([true, false, false, true, true, true]);
    expect(results[4]?.partialFingerprints).toMatchObject({ hash: '', rule: 'no-eval' });
  });

  test('tells rules, files, texts and snippets apart, and numbers what is equal', async () => {
    const snippet = (text: string) => ({
      locations: [
        { physicalLocation: { artifactLocation: { uri: 'src/a.js' }, region: { startLine: 9, snippet: { text } } } },
      ],
    });
    const results = await resultsOf(
      bytesOf([
        resultAt('src/a.js', 1),
        resultAt('src/a.js', 2),
        resultAt('src/b.js', 1),
        resultAt('src/a.js', 1, { ruleId: 'no-with' }),
        resultAt('src/a.js', 1, { ruleId: 'no-eval/indirect' }),
        resultAt('src/a.js', 1, { message: { text: "Text is evaluated in 'f1'." } }),
        resultAt('src/a.js', 1, { message: { text: "Text is evaluated in 'f2'." } }),
        resultAt('src/a.js', 9, snippet('eval(a)')),
        resultAt('src/a.js', 9, snippet('eval(b)')),
        {
          ruleId: 'no-eval',
          message: { text: 'x' },
          locations: [{ logicalLocations: [{ fullyQualifiedName: 'a.b' }] }],
        },
        {
          ruleId: 'no-eval',
          message: { text: 'x' },
          locations: [{ logicalLocations: [{ fullyQualifiedName: 'a.c' }] }],
        },
        { ruleId: 'no-eval', message: { text: 'x' } },
      ]),
    );
    expect(new Set(results.map(identityOf)).size).toBe(results.length);
  });

  test('does not depend on lines, indentation or where the sources are', async () => {
    const snippet = (text: string, uri: string, startLine: number) =>
      resultAt(uri, startLine, {
        locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine, snippet: { text } } } }],
      });
    const [one] = await resultsOf(bytesOf([snippet('  eval(a)\n', 'file:///ci/7/shop/src/a.js', 7)]), {
      checkoutRoot: '/ci/7/shop',
    });
    const [other] = await resultsOf(bytesOf([snippet('\teval(a)', 'file:///home/me/shop/src/a.js', 12)]), {
      checkoutRoot: '/home/me/shop',
    });
    expect(identityOf(other as Result)).toBe(identityOf(one as Result));
  });

  test('is not given twice when a log already has some', async () => {
    const [first] = await resultsOf(bytesOf([resultAt('src/a.js', 1)]));
    const results = await resultsOf(bytesOf([first as Result, resultAt('src/a.js', 5)]));
    expect(identityOf(results[0] as Result)).toBe(identityOf(first as Result));
    expect(identityOf(results[1] as Result)).not.toBe(identityOf(first as Result));
  });

  test('is written beside names that tell nothing, once they are surveyed', async () => {
    const constant = { partialFingerprints: { 'tool/v1': 'same' } };
    const bytes = bytesOf([resultAt('src/a.js', 1, constant), resultAt('src/b.js', 2, constant)]);
    const distrusted = await surveyFingerprints(readSarif(bytes));
    expect([...(distrusted[0]?.partialFingerprints ?? [])]).toEqual(['tool/v1']);
    expect((await resultsOf(bytes)).map(identityOf)).toEqual([undefined, undefined]);
    const results = await resultsOf(bytes, { distrusted });
    expect(new Set(results.map(identityOf)).size).toBe(2);
  });

  test('leaves what is no result alone', async () => {
    const odd = [null, 7, { message: null, partialFingerprints: null }];
    const seen: unknown[] = [];
    for await (const event of addFingerprints(readSarif(bytesOf(odd as object[])))) {
      if (event.type === 'result') seen.push(event.result);
    }
    expect(seen.slice(0, 2)).toEqual([null, 7]);
    expect(seen[2]).toMatchObject({
      message: null,
      partialFingerprints: { 'normalizedIdentity/v1': expect.any(String) },
    });
  });
});

describe('primaryLocationLineHash', () => {
  const source = 'x = 2\nx = 1\nprint(x)\n';
  const hashes = primaryLocationLineHashes(source);
  const sourceText = (path: string) => ({ 'src/a b.js': source, 'nul.bin': 'a\0b', 'long.js': 'x'.repeat(100) })[path];
  const lineHashOf = ({ partialFingerprints }: Result) => partialFingerprints?.['primaryLocationLineHash'];

  test('is written where the sources have the line', async () => {
    const whole = { locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a%20b.js' } } }] };
    const results = [
      resultAt('src/a%20b.js', 2),
      resultAt('src/a%20b.js', 3, { partialFingerprints: { 'own/v1': 'x' } }),
      resultAt('src/a%20b.js', 30),
      resultAt('nul.bin', 1),
      resultAt('long.js', 1),
      resultAt('absent.js', 1),
      resultAt('../src/a%20b.js', 1),
      resultAt('https://shop.example/src/a%20b.js', 1),
      resultAt('src%2Fa%20b.js', 1),
      resultAt('src/a%20b.js', 1, whole),
    ];
    const found = await resultsOf(bytesOf(results), { sourceText, maxSourceLength: 99 });
    expect(found.map(lineHashOf)).toEqual([hashes.of(2), hashes.of(3), ...Array(8).fill(undefined)]);
    expect(found[1]?.partialFingerprints).toEqual({ 'own/v1': 'x', primaryLocationLineHash: hashes.of(3) });
    const [line1] = await resultsOf(bytesOf([resultAt('src/a%20b.js', 1, whole)]), {
      sourceText,
      hashWholeFiles: true,
    });
    expect(lineHashOf(line1 as Result)).toBe(hashes.of(1));
  });

  test('that differs is kept, and told', async () => {
    const diagnostics: Diagnostic[] = [];
    const given = resultAt('src/a%20b.js', 1, { partialFingerprints: { primaryLocationLineHash: 'ab:1' } });
    const [found] = await resultsOf(bytesOf([given]), {
      sourceText,
      report: (diagnostic) => diagnostics.push(diagnostic),
    });
    expect(lineHashOf(found as Result)).toBe('ab:1');
    const [told] = diagnostics;
    expect(told).toMatchObject({
      ruleId: 'SF-V705',
      level: 'note',
      pointer: '/runs/0/results/0/partialFingerprints/primaryLocationLineHash',
    });
    expect(told?.fix).toBeUndefined();
  });

  test('is looked up once for each file', async () => {
    const asked: string[] = [];
    const count = (path: string) => {
      asked.push(path);
      return sourceText(path);
    };
    const results = [1, 2, 3].flatMap((line) => [resultAt('src/a%20b.js', line), resultAt('absent.js', line)]);
    for await (const event of addFingerprints(readSarif(bytesOf(results)), { sourceText: count })) void event;
    expect(asked).toEqual(['src/a b.js', 'absent.js']);
  });
});

test('each result that changes is told', async () => {
  const diagnostics: Diagnostic[] = [];
  await written(bytesOf([resultAt('a.js', 1), resultAt('b.js', 1, { fingerprints: { a: 'b' } })]), {
    report: (diagnostic) => diagnostics.push(diagnostic),
  });
  expect(diagnostics.map(({ ruleId, pointer, fix }) => [ruleId, pointer, fix?.description])).toEqual([
    ['SF-V705', '/runs/0/results/0', "'normalizedIdentity/v1' is written."],
  ]);
});

const finding = fc.record({
  uri: fc.constantFrom('src/a.js', 'src/b.js'),
  ruleId: fc.constantFrom('no-eval', 'no-with'),
  text: fc.constantFrom('Text is evaluated.', "'x1' is evaluated.", 'In line 7.'),
  startLine: fc.integer({ min: 1, max: 50 }),
  member: fc.constantFrom(undefined, 'partialFingerprints'),
});

const logResult = ({ uri, ruleId, text, startLine, member }: ReturnType<typeof finding.generate>['value'], shift = 0) =>
  resultAt(uri, startLine + shift, {
    ruleId,
    message: { text: text.replace('7', String(startLine + shift)) },
    ...(member && { [member]: { 'own/v1': '' } }),
  });

test('the same findings some lines further down keep their identities, and adding them twice changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(finding, { maxLength: 20 }), fc.nat(500), async (findings, shift) => {
      const before = await written(bytesOf(findings.map((each) => logResult(each))));
      const after = await written(bytesOf(findings.map((each) => logResult(each, shift))));
      const identities = (bytes: Uint8Array) =>
        ((JSON.parse(new TextDecoder().decode(bytes)) as Log).runs?.[0]?.results ?? []).map(identityOf);
      expect(identities(after)).toEqual(identities(before));
      expect(new Set(identities(before)).size).toBe(findings.length);
      expect(await written(before)).toEqual(before);
    }),
    { numRuns: 60 },
  );
});

describe('the identity of a result', () => {
  const run = { tool: { driver } };
  const context = createRunContext({ runIndex: 0, results: 'array' }, run);
  const identity = (more: object, uri = 'src/a.js') => resultIdentity(resultAt(uri, 3, more), context);

  test('is made of the best there is', () => {
    const line = { primaryLocationLineHash: 'ab:1', primaryLocationStartColumnFingerprint: '4' };
    const computed = { 'normalizedIdentity/v1': 'c0ffee' };
    expect(identity({ fingerprints: { a: '1' }, partialFingerprints: { b: '2' } }).by).toBe('fingerprints');
    expect(identity({ partialFingerprints: { ...line, ...computed, 'b/v1': '2' } }).by).toBe('partialFingerprints');
    expect(identity({ partialFingerprints: { ...line, ...computed } }).by).toBe('primaryLocationLineHash');
    expect(identity({ partialFingerprints: computed })).toEqual({ by: 'computed', key: 'c0ffee' });
    expect(identity({}).by).toBe('computed');
    expect(identity({ fingerprints: { a: 'requires login' } }).by).toBe('computed');
  });

  test('counts the latest version of each name, and rule and file with what is only partial', () => {
    const latest = identity({ fingerprints: { 'a/v2': '2' } }).key;
    expect(identity({ fingerprints: { 'a/v1': '1', 'a/v2': '2' } }).key).toBe(latest);
    expect(identity({ fingerprints: { 'a/v2': '2' } }, 'src/b.js').key).toBe(latest);
    const partial = (more: object, uri?: string) => identity({ partialFingerprints: { b: '2' }, ...more }, uri).key;
    expect(new Set([partial({}), partial({}, 'src/b.js'), partial({ ruleId: 'no-with' })]).size).toBe(3);
    expect(partial({ message: { text: 'Other.' } })).toBe(partial({}));
  });

  test('leaves out names that are not to be trusted', () => {
    const distrusted = { fingerprints: new Set(['a']), partialFingerprints: new Set<string>() };
    const result = resultAt('src/a.js', 3, { fingerprints: { a: '1' } });
    expect(resultIdentity(result, context, { distrusted }).by).toBe('computed');
  });
});
