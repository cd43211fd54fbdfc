import { expect, test } from 'vitest';
import { advisoryMarkdown, markdownToText, summaryOf } from './markdown-text.ts';

test('images become their description, HTML is shown as text, and only web links stay links', () => {
  expect(advisoryMarkdown('![graph](https://host.example/a.png)')).toBe('graph');
  expect(advisoryMarkdown('See <script>alert(1)</script>')).toBe('See \\<script>alert(1)\\</script>');
  expect(advisoryMarkdown('[a](javascript:alert(1)) [b](https://b.example)')).toBe('a [b](https://b.example)');
});

test('code stays as it is', () => {
  expect(advisoryMarkdown('```html\n![a](http://b) <c>\n```')).toBe('```html\n![a](http://b) <c>\n```');
  expect(advisoryMarkdown('Use `![a](b)` here')).toBe('Use `![a](b)` here');
});

test('text has no marks', () => {
  expect(markdownToText('## Overview\r\n[`left`](https://a.example) is **bad**.\r\n* one\n```js\na[0](1)\n```')).toBe(
    'Overview\nleft is bad.\n- one\na[0](1)',
  );
});

test('the summary is the first section, without the note of a distribution, and not too long', () => {
  expect(summaryOf('## Overview\nleft is a package.\n\nIt is vulnerable.\n## Details\nMore.')).toBe(
    'left is a package.\n\nIt is vulnerable.',
  );
  expect(summaryOf('## NVD Description\n**_Note:_** _Versions…_\n\nAn overflow.\n## Fix')).toBe('An overflow.');
  expect(summaryOf('no heading')).toBe('no heading');
  expect(summaryOf('x'.repeat(5000))).toHaveLength(1000);
  expect(summaryOf('')).toBe('');
});

test('hostile texts take no time that grows with more than their length', () => {
  for (const part of ['[', '![', '](', '[a](', '`', '**', '# ', '<', '[a](b ', '\n* ']) {
    const text = part.repeat(20_000);
    expect(markdownToText(text).length).toBeLessThanOrEqual(text.length);
    expect(advisoryMarkdown(text).length).toBeGreaterThan(0);
  }
});
