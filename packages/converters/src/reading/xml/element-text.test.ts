import { expect, test } from 'vitest';
import { elementText } from './element-text.ts';

test.each([
  ['<a>One &amp; two</a>', 'One & two'],
  ['<a> x &#xA; y </a>', 'x \n y'],
  ['<a>1 &lt; <![CDATA[2 &lt; <b>]]> 3</a>', '1 < 2 &lt; <b> 3'],
  ['<a><![CDATA[open</a>', '<![CDATA[open'],
  ['<a/>', undefined],
  ['<a>  </a>', undefined],
  ['<a>no end', undefined],
])('%s', (written, text) => expect(elementText(written)).toBe(text));
