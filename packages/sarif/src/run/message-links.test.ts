import { describe, expect, test } from 'vitest';
import { embeddedLinks, linksOf, locationIdOf, withoutLinks } from './message-links.ts';

test.each<[text: string, links: readonly string[]]>([
  ['see [here](1) and [there](sarif:/runs/0)', ['here → 1', 'there → sarif:/runs/0']],
  ['[a\\[0\\]\\\\](2)', ['a\\[0\\]\\\\ → 2']],
  ['\\[a](1)', []],
  ['\\\\[a](1)', ['a → 1']],
  ['[a] (1) [b](c d) [c]() [d](', []],
  ['[[a](1)](2)', ['a → 1']],
  ['[a](x(y)z) [b](x(y)', ['a → x(y)z']],
  ['f[i](0)', ['i → 0']],
  ['[](1)', [' → 1']],
])('the links of %s', (text, links) => {
  expect([...embeddedLinks(text)].map(({ rawText, destination }) => `${rawText} → ${destination}`)).toEqual(links);
});

test('code in Markdown has no links', () => {
  expect([...linksOf('`f[i](0)` [a](1)\n```\n[b](2)\n```', 'markdown')].map(({ destination }) => destination)).toEqual([
    '1',
  ]);
});

test.each([
  ['7', 7],
  ['007', 7],
  ['-1', undefined],
  ['1a', undefined],
  ['', undefined],
])('%j leads to location %s', (destination, id) => expect(locationIdOf(destination)).toBe(id));

describe('a link that is taken away', () => {
  const without = (text: string, format: 'text' | 'markdown' = 'text') =>
    withoutLinks(text, format, ({ destination }) => destination.startsWith('x'));

  test.each([
    ['see [a](x1), [b](y) and [c](x2).', 'see a, [b](y) and c.'],
    ['[a\\[0\\]](x)', 'a[0]'],
    ['[](x1)', 'x1'],
    ['[\\[a\\](x1)](x2)', 'a'],
    ['nothing', 'nothing'],
  ])('%s → %s', (text, expected) => expect(without(text)).toBe(expected));

  test('in links in links ends, and leaves none behind', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}a${'](x)'.repeat(depth)}`;
    expect(without(nested(10))).toBe('a');
    const deep = without(nested(50_000));
    expect([...embeddedLinks(deep)]).toEqual([]);
    expect(without(deep)).toBe(deep);
  });

  test('leaves escapes of Markdown and its code', () => {
    expect(without('[a\\*](x) `[b](x)`', 'markdown')).toBe('a\\* `[b](x)`');
  });
});

test.each(['[', '](', '[a](', '[a](b', '\\[', '[\\[', '[a]((', '[a](x)'])('%s many times takes no longer', (piece) => {
  const text = piece.repeat(60_000);
  const start = performance.now();
  expect([...embeddedLinks(text)].length).toBeLessThanOrEqual(60_000);
  expect(performance.now() - start).toBeLessThan(1000);
});
