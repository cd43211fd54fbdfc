import { expect, test } from 'vitest';
import { fileUri } from './file-uri.ts';

test.each([
  ['scan.sarif', 'scan.sarif'],
  ['./out//a b#1.sarif', 'out/a%20b%231.sarif'],
  ['/home/ci/shop/out/scan.sarif', 'out/scan.sarif'],
  ['../scan.sarif', 'file:///home/ci/scan.sarif'],
  ['/tmp/ä.sarif', 'file:///tmp/%C3%A4.sarif'],
  ['..scan.sarif', '..scan.sarif'],
  ['old.zip!/sub/scan.sarif', 'old.zip!/sub/scan.sarif'],
  ['old.zip!/../../etc\\x:y.sarif', 'old.zip!/etc/x%3Ay.sarif'],
  ['a:b.sarif', 'a%3Ab.sarif'],
  ['\ud800.sarif', '%EF%BF%BD.sarif'],
  ['-', 'standard-input'],
])('%s is %s', (path, uri) => expect(fileUri(path, '/home/ci/shop')).toBe(uri));
