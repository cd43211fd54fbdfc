import { expect, test } from 'vitest';
import { SourcePaths } from './source-paths.ts';

test('without a source root, paths stay', () => {
  const paths = new SourcePaths(undefined);
  expect(paths.locationOf('../x.ts')).toEqual({ uri: '../x.ts' });
  expect(paths.locationOf('../x.ts')).not.toBe(paths.locationOf('../x.ts'));
});

test('with a source root, paths are relative to it where they lie below it', () => {
  const paths = new SourcePaths('/home/ci/my shop');
  expect(paths.locationOf('/home/ci/my shop/src/a.ts')).toEqual({ uri: 'src/a.ts', uriBaseId: 'SRCROOT' });
  expect(paths.locationOf('src/../b.ts')).toEqual({ uri: 'b.ts', uriBaseId: 'SRCROOT' });
  expect(paths.locationOf('../other/c.ts')).toEqual({ uri: 'file:///home/ci/other/c.ts' });
  expect(paths.locationOf('a:b.ts')).toEqual({ uri: './a:b.ts', uriBaseId: 'SRCROOT' });
});

test('a file URI is a source root too', () => {
  expect(new SourcePaths('file:///srv').locationOf('/srv/a')).toEqual({ uri: 'a', uriBaseId: 'SRCROOT' });
});
