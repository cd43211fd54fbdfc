import { describe, expect, test } from 'vitest';
import { escapeText } from '../cli/render/escape-text.ts';
import { documentOf, isBuilt, scenario } from '../cli/test-support/scenario.ts';
import { accept, sampleLog, settingsFor } from '../fault-matrix/test-support/command-delivery.ts';
import { tokenFormats } from '../redact/token-formats.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';
import { hasNestedQuantifier, regularExpressions } from './test-support/regular-expressions.ts';

// The security checklist, S10 to S12: texts that come from others.

const { sariflow, write } = scenario();

describe('S10 regular expressions', () => {
  test('what finds nested quantifiers does so', () => {
    for (const bad of [
      '(a+)+',
      '(a*)*b',
      '(?:x+y*)+',
      '((a|b)+c?)*',
      '(a{2,})+',
      '([ab]+)*',
      '(?:\\.[a-z.]+)*',
      '(?:a|[^b]+)*',
    ])
      expect(hasNestedQuantifier(bad)).toBe(true);
    for (const good of [
      '(ab)+',
      'a+b+',
      '[+*]+',
      '\\(a+\\)+',
      '(a{2})+',
      '(?:a|b)*',
      '(a+)?',
      '(a+){1,3}',
      '(?:\\.[a-z]+)*',
      '(?:"[^"]*"|[^\\s"])+',
    ]) {
      expect(hasNestedQuantifier(good)).toBe(false);
    }
  });

  test('no quantifier without bound stands around another in any expression of the packages', () => {
    const found = [...regularExpressions()];
    expect(found.length).toBeGreaterThan(100);
    // Quoted or not: a round that begins with a quotation mark ends with the next one, so there is nothing to choose either.
    const reviewed = [String.raw`(?:"[^"]*"|'[^']*'|[^\s"'])+`];
    const nested = found.filter(({ source }) => hasNestedQuantifier(source) && !reviewed.includes(source));
    expect(nested).toEqual([]);
    expect(tokenFormats.filter(({ pattern }) => hasNestedQuantifier(pattern.source))).toEqual([]);
  });

  test('the forms of secrets take no longer for texts that nearly fit', () => {
    // The steps grow with the text and not with its square: counted in text, not in time.
    const long = 'eyJ'.repeat(20_000) + '://'.repeat(10_000) + 'a'.repeat(50_000) + '-----BEGIN '.repeat(2000);
    for (const { pattern } of tokenFormats) expect(long.replace(pattern, '').length).toBeLessThanOrEqual(long.length);
  });
});

test('S11 links, titles and colours of a terminal are shown, not obeyed', () => {
  const hostile = '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007\u001b]0;title\u0007\u009b31m\u202e';
  expect(escapeText(hostile)).toBe(
    '\\x1b]8;;https://evil.example\\x07click\\x1b]8;;\\x07\\x1b]0;title\\x07\\x9b31m\\u202e',
  );
  // Commands of build logs: ../cli/render/escape-text.test.ts, ci-annotation.test.ts, and row 71 of the fault matrix.
});

describe.skipIf(!isBuilt)('S12 secrets inside findings', () => {
  test('are cut before they leave, on by default for those who look for them, and it is said how many', async () => {
    const secret = `gh${'p_'}${'A1b2C3d4E5'.repeat(4).slice(0, 36)}`;
    const snippet = {
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a.ts' },
            region: { startLine: 1, snippet: { text: `x = "${secret}"` } },
          },
        },
      ],
    };
    await write('a.sarif', sampleLog({ results: 1, tool: 'gitleaks', words: ` ${secret}`, more: snippet }));
    await write('b.sarif', sampleLog({ results: 1, tool: 'Other', words: ` ${secret}` }));
    await using server = await startHttpServer((response) => accept(response));
    const upload = async (...more: string[]) => {
      const from = server.seen.length;
      const ended = await sariflow(['upload', 'a.sarif', 'b.sarif', '--no-ledger', '--json', ...more], {
        env: settingsFor(server.origin),
      });
      expect(ended.code).toBe(0);
      const { files } = await documentOf(ended, 'upload');
      const bodies = server.seen.slice(from).map(({ body }) => body);
      const leaking = bodies
        .filter((body) => body.includes(secret))
        .map((body) => JSON.parse(body).runs[0].tool.driver.name);
      return { leaking, redacted: files.map((file: { redacted?: object }) => file.redacted), err: ended.err };
    };
    const byDefault = await upload();
    expect(byDefault).toMatchObject({ leaking: ['Other'], redacted: [{ secrets: 2, findings: 1 }, undefined] });
    expect(byDefault.err).toContain('2 secrets were cut out of 1 finding');
    expect(await upload('--redact-secrets', 'all')).toMatchObject({ leaking: [] });
  });

  test('what a run records of how the scan was called is cut as well', async () => {
    const secret = 'hunter2-and-more';
    const log = JSON.parse(sampleLog({ results: 1 }));
    log.runs[0].invocations = [
      {
        executionSuccessful: true,
        commandLine: `scan --token ${secret}`,
        arguments: [`--password=${secret}`],
        environmentVariables: { SHOP_KEY: secret },
      },
    ];
    log.runs[0].versionControlProvenance = [{ repositoryUri: `https://alice:${secret}@git.shop.example/shop` }];
    await write('c.sarif', JSON.stringify(log));
    await using server = await startHttpServer((response) => accept(response));
    const upload = async (mode: string) => {
      const from = server.seen.length;
      const ended = await sariflow(['upload', 'c.sarif', '--no-ledger', '--redact-secrets', mode], {
        env: settingsFor(server.origin),
      });
      expect(ended.code).toBe(0);
      expect(`${ended.out}${ended.err}`).not.toContain(secret);
      return server.seen
        .slice(from)
        .map(({ body }) => body)
        .join('');
    };
    const sent = await upload('auto');
    expect(sent).toContain('git.shop.example/shop');
    expect(sent).not.toContain(secret);
    expect(await upload('all')).not.toContain(secret);
    expect(await upload('off')).toContain(secret);
  });
});
