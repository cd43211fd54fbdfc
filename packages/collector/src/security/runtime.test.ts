import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBuilt, scenario } from '../cli/test-support/scenario.ts';
import { accept, sampleLog, settingsFor } from '../fault-matrix/test-support/command-delivery.ts';
import { readReceipt } from '../receipt/receipt.ts';
import { retryAfterMs } from '../send/retry-after.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';
import { answerMessage, parseAnswerBody } from '../targets/answer-body.ts';

// The security checklist, S18, S19, S23 and S25: what the process may do, and what it makes of any bytes.

const { sariflow, write, path } = scenario();
const project = fileURLToPath(new URL('../../../../', import.meta.url));

describe.skipIf(!isBuilt)('the process', () => {
  test('S18 does its work where prototypes cannot be reached through __proto__ and built-in objects are frozen', async () => {
    await write('a.sarif', sampleLog({ results: 3 }));
    await using server = await startHttpServer((response) => accept(response));
    const ended = await sariflow(['upload', 'a.sarif', '--receipt', 'r.json'], {
      env: settingsFor(server.origin),
      nodeArgs: ['--disable-proto=throw', '--frozen-intrinsics', '--disable-warning=ExperimentalWarning'],
    });
    expect(ended.err).toContain('uploaded 3 findings');
    expect(ended.code).toBe(0);
  });

  test('S19 needs no right but to read its program and the reports, and to write the ledger', async () => {
    await write('a.sarif', sampleLog({ results: 3 }));
    await using server = await startHttpServer((response) => accept(response));
    const ended = await sariflow(['upload', 'a.sarif', '--receipt', 'r.json'], {
      env: settingsFor(server.origin),
      nodeArgs: [
        '--permission',
        `--allow-fs-read=${project}`,
        `--allow-fs-read=${path()}/`,
        `--allow-fs-write=${path()}/`,
      ],
    });
    expect(ended.err).toContain('uploaded 3 findings');
    expect(ended.code).toBe(0);
  });
});

describe('S23 whatever bytes come', () => {
  test('an answer is read or is none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          const { text } = answerMessage(parseAnswerBody(bytes));
          expect(text.length).toBeLessThan(1200);
          expect(text).not.toMatch(/[\u0000-\u001f\u007f]/);
        },
      ),
    );
  });

  test('a time to wait is a number that timers can take, or none', () => {
    const words = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(words, words, (retryAfter, reset) => {
        const waitMs = retryAfterMs(
          (name) => (name === 'retry-after' ? retryAfter : name === 'x-ratelimit-reset' ? reset : undefined),
          Date.UTC(2026, 0),
        );
        if (waitMs !== undefined) expect(waitMs >= 0 && Number.isFinite(waitMs)).toBe(true);
      }),
    );
  });

  test('a receipt is one or is named as none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readReceipt(text)).toHaveProperty('defect');
      }),
    );
  });
});

test('S25 the threat model names every row of the checklist, with its test', () => {
  const page = readFileSync(new URL('../../../../docs/security.md', import.meta.url), 'utf8');
  for (let row = 1; row <= 25; row += 1) expect(page).toMatch(new RegExp(`^\\| S${row} \\|`, 'm'));
  for (const [, file = ''] of page.matchAll(/`((?:packages|tests|tools)\/[\w./-]+\.test\.ts)`/g)) {
    expect(() => readFileSync(new URL(`../../../../${file}`, import.meta.url))).not.toThrow();
  }
});
