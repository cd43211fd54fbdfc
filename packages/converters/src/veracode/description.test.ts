import { expect, test } from 'vitest';
import { readDescription } from './description.ts';

test('three spans are what, how and references', () => {
  const html =
    '<span>Do not use <b>MD5</b> &amp; &lt;salt&gt;.</span> <span>Use a<br>password hash.</span> <span>References: <a href="https://a.example/1">CWE</a> <a href=\'https://a.example/2\'>OWASP</a></span>';
  expect(readDescription(html)).toEqual({
    message: 'Do not use MD5 & <salt>.',
    remediation: 'Use a\npassword hash.',
    links: [
      { text: 'CWE', href: 'https://a.example/1' },
      { text: 'OWASP', href: 'https://a.example/2' },
    ],
  });
});

test('what follows the first span is remembered, and gives the same again', () => {
  const html = (what: string) =>
    `<span>${what}</span> <span>How.</span><span>References: <a href="https://a.example/">A</a></span>`;
  const first = readDescription(html('First &amp; foremost'));
  expect(first).toMatchObject({ message: 'First & foremost', remediation: 'How.' });
  expect(readDescription(html('Second &amp; last'))).toEqual({ ...first, message: 'Second & last' });
  expect(readDescription(html('First &amp; foremost'))).toEqual(first);
});

test('paragraphs are what, how and references, too', () => {
  const text =
    'The call is unsafe.\r\n\r\nUse another.\r\n\r\nReferences: \r\nCWE (http://cwe.example/201.html) \r\nWASC (http://wasc.example/x)\r\n\r\n';
  expect(readDescription(text)).toEqual({
    message: 'The call is unsafe.',
    remediation: 'Use another.',
    links: [
      { text: 'CWE', href: 'http://cwe.example/201.html' },
      { text: 'WASC', href: 'http://wasc.example/x' },
    ],
  });
});

test('what looks like an unknown tag is text, and scripts do not become links', () => {
  expect(readDescription('<span>a <script>x</script> if (i<n && n>m) </span>').message).toBe(
    'a <script>x</script> if (i<n && n>m)',
  );
  expect(readDescription('<span>a</span><span>References: <a href="">x</a></span>').links).toEqual([]);
  expect(readDescription('List<String> of `a < b`').message).toBe('List<String> of `a < b`');
});

test('time grows with the length', () => {
  for (const part of ['<a ', '<span>', '<a href="', '&', '\n\n', '< >', '(https://a ']) {
    const text = `<span>${part.repeat(200_000)}`;
    expect(readDescription(text).message.length).toBeLessThanOrEqual(text.length);
  }
});
