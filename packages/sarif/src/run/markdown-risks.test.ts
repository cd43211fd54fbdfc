import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownRisks, safeMarkdown } from './markdown-risks.ts';

const risksIn = (markdown: string) => markdownRisks(markdown).map(({ kind, what }) => `${kind} ${what}`);

describe('what is not safe to show', () => {
  test.each<[markdown: string, risks: readonly string[], safe: string]>([
    ['a <b>c</b>', ['html <b>', 'html <b>'], 'a \\<b>c\\</b>'],
    ['<script src="x">', ['html <script>'], '\\<script src="x">'],
    ['a List<String> b', ['html <String>'], 'a List\\<String> b'],
    ['<!-- x --> <?php ?>', ['html <!>', 'html <!>'], '\\<!-- x --> \\<?php ?>'],
    ['<br/>', ['html <br>'], '\\<br/>'],
    ['[a](javascript:alert(1))', ['link javascript'], 'a'],
    ['![a](data:image/png;base64,AA==)', ['link data'], 'a'],
    ['[**a**](<file:///etc/x y> "title") b', ['link file'], '**a** b'],
    ['[a](JaVaScRiPt&#58;x)', ['link JaVaScRiPt'], 'a'],
    ['[a](java\\script&colon;x)', ['link javascript'], 'a'],
    ['<javascript:x>', ['link javascript'], '\\<javascript:x>'],
    ['[a]: vbscript:x\n[a]', ['link vbscript'], '[a]: <>\n[a]'],
    ['[[b](javascript:1)](javascript:2)', ['link javascript', 'link javascript'], 'b'],
    ['<[](javascript:1)b>', ['link javascript'], '\\<b>'],
  ])('%s', (markdown, risks, safe) => {
    expect(risksIn(markdown)).toEqual(risks);
    expect(safeMarkdown(markdown)).toBe(safe);
  });
});

describe('what is safe', () => {
  test.each([
    'a < b > c, 3 <4, x<y && z>w',
    'a <b without an end',
    'a <b in this paragraph\n\n> quoted',
    '`List<String>` and `` a`<b>` ``',
    '```html\n<b>[a](javascript:x)</b>\n```',
    '> ~~~\n> <b>\n> ~~~',
    '\\<b> \\[a](javascript:x)',
    '<https://shop.example/x> <mailto:a@b.example> <a@b.example>',
    '[a](https://x.example) [b](http://x) [c](mailto:a@b) [d](sarif:/runs/0) [e](src/a.c#L1) [f](3) [g](//x/y) [h]()',
    '[a]: https://x.example',
    '[a] (javascript:x)',
    'plain',
    '',
  ])('%s', (markdown) => {
    expect(risksIn(markdown)).toEqual([]);
    expect(safeMarkdown(markdown)).toBe(markdown);
  });
});

test('what was made safe is safe, whatever it was', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '[',
    ']',
    '](',
    ')',
    'javascript:',
    'b',
    ' ',
    '\n',
    '\n\n',
    '`',
    '``',
    '```',
    '\\',
    '!',
    '"',
    ': ',
    '&#58;',
    '<b>',
    '](javascript:1)',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const safe = safeMarkdown(pieces.join(''));
      expect(markdownRisks(safe)).toEqual([]);
      expect(safeMarkdown(safe)).toBe(safe);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  '<',
  '<a',
  '<a ',
  '[',
  '](',
  '](a',
  '](a "',
  '[a](',
  '`',
  '`<',
  '<!--',
  '[a]:',
  '[a]: ',
  ' ',
  '\n',
  '<[](javascript:)',
])('%j many times takes no longer', (piece) => {
  const markdown = piece.repeat(40_000);
  const start = performance.now();
  safeMarkdown(markdown);
  expect(performance.now() - start).toBeLessThan(3000);
});
