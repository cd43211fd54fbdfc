import type { ByteSource } from '@sariflow/sarif';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesFrom, type Rereadable } from '../reading/bytes-from.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { detectFormat } from './detect-format.ts';
import { reportWithin } from './report-within.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, { big = false, mark = true } = {}): Uint8Array {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  if (mark) units.unshift(0xfeff);
  return Uint8Array.from(units.flatMap((unit) => (big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
}

const finding = { check_id: 'shop.sql', path: 'a.py', start: { line: 3, col: 1 }, end: { line: 3, col: 9 } };
const report = { version: '1.118.0', results: [{ ...finding, extra: { message: 'Größe ✓ 😀', severity: 'ERROR' } }] };
const json = JSON.stringify({ ...report, errors: [], paths: { scanned: ['a.py'] } });

async function remarks(bytes: Uint8Array | ByteSource): Promise<string[]> {
  const { diagnostics, summary, results } = await convertToLog(bytes);
  expect(summary).toMatchObject({ findings: 1, results: 1, complete: true });
  expect(results[0]?.message.text).toBe('Größe ✓ 😀');
  return diagnostics.map(({ ruleId, message, place }) => `${ruleId} ${place?.line}: ${message}`);
}

describe('a report in UTF-16', () => {
  test.each([
    ['little endian', utf16(json)],
    ['big endian', utf16(json, { big: true })],
    ['without a mark', utf16(json, { mark: false })],
    ['big endian without a mark', utf16(json, { big: true, mark: false })],
  ])('%s', async (_, bytes) => {
    expect(await remarks(bytes)).toEqual([expect.stringMatching(/^SF-K206 1: The report is in UTF-16[LB]E/)]);
  });

  test('comes in chunks that cut its characters', async () => {
    const bytes = utf16(json);
    const source: ByteSource = {
      async *stream() {
        for (let at = 0; at < bytes.length; at += 3) yield bytes.slice(at, at + 3);
      },
    };
    expect(await remarks(source)).toHaveLength(1);
  });

  test('is told in CSV, too', async () => {
    const { summary } = await convertToLog(utf16('Issue ID,Issue type,CVE\r\n1,Vulnerability,2022-99901\r\n'));
    expect(summary).toMatchObject({ findings: 1, results: 1 });
  });

  test('is not what SARIF may be written in', async () => {
    const log = utf16(JSON.stringify({ version: '2.1.0', runs: [] }));
    expect((await detectFormat(log)).format).toBe('sarif');
    await expect(convertToLog(log)).rejects.toMatchObject({ name: 'ReadError' });
  });
});

describe('a report with something in front of it', () => {
  test.each([
    ['Scanning 12 files\n  rules: 33\n\n', 4],
    ['12:00:01 [Info] Trace ID: 4bf92f\n', 2],
    ['[INFO] Scanning\n[DEBUG] {"rules":33}\n', 3],
    ['[2026-01-31 10:00:00] Scanning\r\n', 2],
    ['\u001b[1mScanning\u001b[0m\n{not a report}\n{"level":"info"}\n', 4],
  ])('%j', async (front, line) => {
    const told = `SF-K206 1: Something else stands in front of the report, up to line ${line}. It is passed over.`;
    expect(await remarks(utf8(front + json))).toEqual([told]);
    expect(await remarks(utf16(front + json))).toEqual([told]);
  });

  test('keeps its lines and columns', async () => {
    const broken = json.replace('"line":3', '"line":-3');
    const front = 'Scanning\n\n';
    const [there, alone] = [await convertToLog(utf8(front + broken)), await convertToLog(utf8(broken))];
    const place = there.diagnostics.find(({ ruleId }) => ruleId !== 'SF-K206')?.place;
    const own = alone.diagnostics[0]?.place;
    expect(place).toEqual({ byteOffset: (own?.byteOffset ?? 0) + 10, line: 3, column: own?.column });
  });

  test('is not looked for behind something that is a report, or SARIF', async () => {
    expect((await detectFormat(utf8(`text\n{"version":"2.1.0","runs":[]}`))).format).toBe('text');
    expect((await detectFormat(utf8('text\n{"a":1}'))).format).toBe('text');
    expect((await detectFormat(utf8(`${json}\n${json}`))).format).toBe('ndjson');
  });
});

test('what follows a report is passed over, unless it is another one', async () => {
  expect((await detectFormat(utf8(`${json}\nRan 33 rules on 12 files.\n`))).format).toBe('semgrep');
  expect((await detectFormat(utf8(`${json}\n[INFO] Done.\n`))).format).toBe('semgrep');
  expect((await detectFormat(utf8(`${json}\n[]`))).format).toBe('ndjson');
});

test('findings that are not in UTF-8 are told one by one', async () => {
  const bytes = Uint8Array.from(Buffer.from(json.replace('✓ 😀', 'é'), 'latin1'));
  const { summary, diagnostics } = await convertToLog(bytes);
  expect(summary).toMatchObject({ findings: 1, rejected: 1 });
  expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual(['SF-K109']);
});

test('what is blanked out is as long as before, from wherever it is read', async () => {
  const front = '12:00 [Info] é\r\n';
  const bytes = utf8(front + json);
  const { source } = await reportWithin(
    {
      stream: async function* () {
        yield bytes;
      },
    },
    () => true,
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (from) => {
      expect(await textFrom(source, from)).toBe(
        Buffer.from(`${' '.repeat(16)}\n${json}`)
          .subarray(from)
          .toString(),
      );
    }),
  );
});

async function textFrom(source: Rereadable, from: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesFrom(source, from)) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks).toString();
}
