import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileSource } from '../../input/file-source.ts';
import type { DiagnosticGroup } from '../diagnostic-groups.ts';
import { renderDiagnostic } from './diagnostics.ts';
import { displayWidth } from './display-width.ts';
import { createPaint } from './paint.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frame-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Renders a diagnostic at the first `needle` of a content. */
async function frame(
  content: string,
  needle: string,
  options: { columns?: number; count?: number; color?: boolean } = {},
) {
  const path = join(folder, 'input.sarif');
  await writeFile(path, content);
  const before = content.slice(0, content.indexOf(needle));
  const lines = before.split('\n');
  const group: DiagnosticGroup = {
    count: options.count ?? 1,
    first: {
      ruleId: 'SF-S205',
      level: 'error',
      message: 'Not an allowed word.',
      pointer: '/runs/0/results/0/level',
      place: { byteOffset: Buffer.byteLength(before), line: lines.length, column: lines.at(-1)!.length + 1 },
    },
  };
  const style = { paint: createPaint(options.color ?? false), columns: options.columns ?? 80 };
  return (await renderDiagnostic(group, 'scan/bad.sarif', fileSource(path), style)).map(({ value }) => value);
}

test('the line, the line above, and carets under the value', async () => {
  const content = '{\n\t"ruleId": "R1",\r\n\t"level": "critical",\n\t"kind": "fail"\n}';
  expect(await frame(content, '"critical"', { count: 312 })).toEqual([
    'error[SF-S205] Not an allowed word.',
    '  --> scan/bad.sarif:3:11  /runs/0/results/0/level',
    '   |',
    ' 2 |   "ruleId": "R1",',
    ' 3 |   "level": "critical",',
    '   |            ^^^^^^^^^^',
    '   = 311 more like this in this file',
  ]);
});

test('the end of a file that is cut', async () => {
  const content = '{"a": "unfinished';
  const path = join(folder, 'cut.sarif');
  await writeFile(path, content);
  const first = {
    ruleId: 'SF-P106',
    level: 'error',
    message: 'Cut.',
    pointer: '',
    place: { byteOffset: 17, line: 1, column: 18 },
  } as const;
  const lines = await renderDiagnostic({ first, count: 1 }, 'cut.sarif', fileSource(path), {
    paint: createPaint(false),
    columns: 80,
  });
  expect(lines.map(({ value }) => value).slice(-2)).toEqual([' 1 | {"a": "unfinished', `   | ${' '.repeat(17)}^`]);
});

test('a report on one line is cut around the place, in bytes and in columns', async () => {
  const filler = '"ключ": "значение 漢字", '.repeat(20_000);
  const lines = await frame(`{${filler}"level": "critical", ${filler}}`, '"critical"', { columns: 72 });
  const [code, carets] = lines.slice(-2);
  expect(displayWidth(code!)).toBeLessThanOrEqual(72);
  expect(code).toMatch(/^ 1 \| ….*"level": "critical", .*…$/);
  expect(displayWidth(code!.slice(0, code!.indexOf('"critical"')))).toBe(carets!.indexOf('^'));
  expect(carets!.match(/\^+/)![0]).toHaveLength('"critical"'.length);
});

test('wide characters before the place move the carets', async () => {
  const [code, carets] = (await frame('{"漢字": "critical"}', '"critical"')).slice(-2);
  expect(displayWidth(code!.slice(0, code!.indexOf('"critical"')))).toBe(carets!.indexOf('^'));
});

test('hostile source is shown, not obeyed', async () => {
  const lines = await frame('{"a":\n"\x1b]0;owned\x07\u202e ::error::x ##vso[y]"}', '"\x1b', { color: true });
  const shown = lines.join('\n');
  expect(shown).toContain('\\x1b]0;owned\\x07\\u202e \\x3a:error::x \\x23#vso[y]');
  expect(shown.replace(/\x1b\[\d+m/g, '')).not.toContain('\x1b');
});
