import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uriForm } from './uri-form.ts';
import { repairUri } from './uri-repair.ts';
import { isPlainPath, misplacedCharacter } from './uri-syntax.ts';

test.each([
  // As it should be: nothing changes.
  ['', ''],
  ['src/cart.js', 'src/cart.js'],
  ['/src/cart.js', '/src/cart.js'],
  ['//host/share/cart.js', '//host/share/cart.js'],
  ['file:///C:/shop/cart.js', 'file:///C:/shop/cart.js'],
  ['http://[::1]:8080/cart.js', 'http://[::1]:8080/cart.js'],
  ['http://me@[2001:db8::7]/a', 'http://me@[2001:db8::7]/a'],
  ['ssh://git@git.example:shop/cart.git', 'ssh://git@git.example:shop/cart.git'],
  ['file://c:80/shop', 'file://c:80/shop'],
  ["it's.js", "it's.js"],
  ['a%2Fb?x=/?#y?/', 'a%2Fb?x=/?#y?/'],
  ['100%2', '100%252'],
  // What may not stand in a URI.
  ['my cart.js', 'my%20cart.js'],
  ['a"b<c>d^e`f{g}h|i', 'a%22b%3Cc%3Ed%5Ee%60f%7Bg%7Dh%7Ci'],
  ['pages/[id].js', 'pages/%5Bid%5D.js'],
  ['http://[x]/a', 'http://%5Bx%5D/a'],
  ['größe/😀.js', 'gr%C3%B6%C3%9Fe/%F0%9F%98%80.js'],
  ['a\u0000b\u007fc', 'a%00b%7Fc'],
  ['\ud800.js', '%EF%BF%BD.js'],
  ['100%.js', '100%25.js'],
  ['a#b#c', 'a#b%23c'],
  ['1a:b/c.js', './1a:b/c.js'],
  [':x', './:x'],
  [' src/a.js\t', 'src/a.js'],
  ['"src/a b.js"', 'src/a%20b.js'],
  // What Windows writes.
  ['C:\\shop\\cart.js', 'file:///C:/shop/cart.js'],
  ['c:/shop/cart.js', 'file:///c:/shop/cart.js'],
  ['"C:\\shop\\my cart.js"', 'file:///C:/shop/my%20cart.js'],
  ['\\\\host\\share\\a.js', 'file://host/share/a.js'],
  ['\\\\?\\C:\\shop\\a.js', 'file:///C:/shop/a.js'],
  ['\\\\?\\UNC\\host\\share\\a.js', 'file://host/share/a.js'],
  ['src\\cart.js', 'src/cart.js'],
  ['\\src\\cart.js', '/src/cart.js'],
  ['file:///C:\\shop\\a.js', 'file:///C:/shop/a.js'],
  ['file://C:/shop/a.js', 'file:///C:/shop/a.js'],
  ['file://C:\\shop\\a.js', 'file:///C:/shop/a.js'],
  ['\\\\C:\\shop\\a.js', 'file:///C:/shop/a.js'],
  // A back-slash beside slashes belongs to a name.
  ['src/a\\b.js', 'src/a%5Cb.js'],
])('%j is meant as %j', (given, meant) => expect(repairUri(given)).toBe(meant));

test('what comes out is a URI reference, and is not repaired again', () => {
  const pieces = fc.constantFrom(...'abC:/\\?#[]%2F @"\'<é😀\ud800\u0000.-', 'file://', '//', '\\\\', 'C:', '%41');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const repaired = repairUri(parts.join(''));
      expect(misplacedCharacter(repaired)).toBe(-1);
      expect(repairUri(repaired)).toBe(repaired);
    }),
    { seed: 401, numRuns: 3000 },
  );
});

test('a plain path has nothing that could be said of it', () => {
  const pieces = fc.constantFrom('x', 'Z_', '.', '..', '/', ':', '%20', '%41', '%', '~', ' ', '@', '#');
  const plain = /^(?!\.{0,2}(?:\/|$))(?:[\w.~@-]|%20)+(?:\/(?!\.{0,2}(?:\/|$))(?:[\w.~@-]|%20)+)*$/;
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const uri = parts.join('');
      expect(isPlainPath(uri)).toBe(plain.test(uri));
      const form = uriForm(uri);
      if (form.isPlain) expect(form).toMatchObject({ misplaced: undefined, repaired: uri, hasParentSegment: false });
    }),
    { seed: 402, numRuns: 2000 },
  );
});

test('a very long string costs time by its length, and no more', () => {
  for (const piece of ['/', '%', '\\', ':', '[', '../', '"', 'a b']) {
    expect(uriForm(piece.repeat(200_000)).repaired).toBeTypeOf('string');
  }
});
