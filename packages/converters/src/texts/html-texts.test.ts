import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textsOfHtml } from './html-texts.ts';
import { codeSpan, escapeMarkdown } from './markdown.ts';

test('paragraphs, headings, lists, code and links', () => {
  const { text, markdown } = textsOfHtml(`<p>Use <code>a_b</code>, not&nbsp;<em>x</em>
    &lt;b&gt;.</p><h2>See</h2><ul><li> <a href="https://example.test/a?b=1&amp;c=2">A <b>page</b></a> </li>
    <li><p>two</p><ol><li>one</li><li>more</li></ol></li></ul><pre>
i = a * b;
  j();
</pre><p>End</p>`);
  expect(markdown).toBe(
    [
      'Use `a_b`, not *x* \\<b\\>.',
      '',
      '## See',
      '',
      '- [A **page**](https://example.test/a?b=1&c=2)',
      '- two',
      '',
      '  1. one',
      '  2. more',
      '',
      '```',
      'i = a * b;',
      '  j();',
      '```',
      '',
      'End',
    ].join('\n'),
  );
  expect(text).toBe(
    [
      'Use a_b, not x <b>.',
      '',
      'See',
      '',
      '- A page (https://example.test/a?b=1&c=2)',
      '- two',
      '',
      '  1. one',
      '  2. more',
      '',
      'i = a * b;',
      '  j();',
      '',
      'End',
    ].join('\n'),
  );
});

test('tables are rows of cells', () => {
  const { text, markdown } = textsOfHtml(
    '<table><tr><th>A</th><th>B</th></tr><tr><td>1<br>2</td><td>x|y</td></tr></table>',
  );
  expect(markdown).toBe('| A | B |\n| --- | --- |\n| 1 2 | x\\|y |');
  expect(text).toBe('A | B\n1 2 | x|y');
});

test('nothing that acts or calls home comes through', () => {
  const html =
    '<p onclick="steal()">a<script>alert(1)</script><img src="https://tracker.example.test/x.png">' +
    '<a href="javascript:alert(2)">b</a><style>p{}</style><iframe src="https://x.example.test"></iframe>' +
    '<!-- c --><svg><p>d</p></svg> e</p>';
  expect(textsOfHtml(html)).toEqual({ text: 'ab e', markdown: 'ab e' });
});

test('text that looks like Markdown stays text', () => {
  expect(textsOfHtml('# no * list [x](y) &amp;lt; 1. 2')).toEqual({
    text: '# no * list [x](y) &lt; 1. 2',
    markdown: '\\# no \\* list \\[x\\](y) &amp;lt; 1. 2',
  });
  expect(codeSpan('a``b')).toBe('```a``b```');
  expect(escapeMarkdown('1. a\n- b')).toBe('1\\. a\n\\- b');
});

test('what is no HTML is text', () => {
  expect(textsOfHtml('a < b and <c').text).toBe('a < b and <c');
  expect(textsOfHtml('x<y>z').text).toBe('xz');
  expect(textsOfHtml('&#x41;&#66;&#xD800;&unknown;&#0;').text).toBe('AB&#xD800;&unknown;&#0;');
  expect(textsOfHtml('<pre>never closed').markdown).toBe('```\nnever closed\n```');
});

test('any text gives two texts without white space at the ends', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<ul>',
    '<li>',
    '</ul>',
    '<pre>',
    '</pre>',
    '<a href="https://x.test">',
    '</a>',
    '<td>',
    '<tr>',
    'a',
    ' ',
    '<',
    '&lt;',
    '"',
    '<!--',
    '-->',
    '<script>',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const { text, markdown } = textsOfHtml(pieces.join(''));
      expect(text).toBe(text.trim());
      expect(markdown).toBe(markdown.trim());
      expect(text).not.toMatch(/<script|https:\/\/x\.test"|\n{3}/);
    }),
    { numRuns: 300 },
  );
});

test('the work grows with the length and no faster', () => {
  for (const piece of [
    '<ul><li>',
    '<a ',
    '<script>',
    '<!--',
    '<',
    '&',
    '<pre>',
    '<a href="',
    '<td>',
    '</',
    '<tr><td>',
    '`',
  ]) {
    const { text } = textsOfHtml(piece.repeat(40_000));
    expect(text.length).toBeLessThan(40_000 * 24);
  }
});
