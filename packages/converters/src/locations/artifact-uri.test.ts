import fc from 'fast-check';
import { expect, test } from 'vitest';
import { artifactUri } from './artifact-uri.ts';

const cases: Record<string, string> = {
  'src/app.ts': 'src/app.ts',
  './src//a/./b.ts': 'src/a/b.ts',
  'a b/#1?[x]%20.ts': 'a%20b/%231%3F%5Bx%5D%2520.ts',
  'src\\win\\x.cs': 'src/win/x.cs',
  './src\\win\\x.cs': 'src/win/x.cs',
  '././x\\y.cs': 'x/y.cs',
  'src/odd\\name.c': 'src/odd%5Cname.c',
  'C:\\ci\\x.cs': 'file:///C:/ci/x.cs',
  'C:/ci/x.cs': 'file:///C:/ci/x.cs',
  '\\\\host\\share\\x': 'file://host/share/x',
  '/home/ci/x.ts': 'file:///home/ci/x.ts',
  'alpine:3.18': './alpine:3.18',
  'src/a:b.ts': 'src/a:b.ts',
  '../../vulnado/x.java': '../../vulnado/x.java',
  'größe/日本.ts': 'gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC.ts',
  '.': './',
  '\ud800x': '%EF%BF%BDx',
};

for (const [path, uri] of Object.entries(cases)) {
  test(`${JSON.stringify(path)} is ${uri}`, () => expect(artifactUri(path)).toBe(uri));
}

test('any path is a URI reference that means the same file', () => {
  const segment = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((s) => !/[/\\]/.test(s) && !/^\.+$/.test(s));
  fc.assert(
    fc.property(fc.array(segment, { minLength: 2, maxLength: 4 }), (segments) => {
      fc.pre(!/^[A-Za-z]:$/.test(segments[0] as string));
      const uri = artifactUri(segments.join('/'));
      expect(uri).toMatch(/^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/);
      const url = new URL(uri, 'file:///root/');
      expect(decodeURIComponent(url.pathname)).toBe(`/root/${segments.join('/')}`.toWellFormed());
    }),
  );
});
