import { expect, test } from 'vitest';
import { packageUrl, purlType } from './package-url.ts';

test('package URLs by type', () => {
  expect(packageUrl('npm', '@babel/core', '7.1.0')).toBe('pkg:npm/%40babel/core@7.1.0');
  expect(packageUrl('maven', 'org.acme:core', '1.0')).toBe('pkg:maven/org.acme/core@1.0');
  expect(packageUrl('golang', 'github.com/acme/x', 'v1.2.0')).toBe('pkg:golang/github.com/acme/x@v1.2.0');
  expect(packageUrl('pypi', 'Typing_Extensions', undefined)).toBe('pkg:pypi/typing-extensions');
  expect(packageUrl('deb', 'libx11', '2:1.6.4-3')).toBe('pkg:deb/libx11@2:1.6.4-3');
});

test('ecosystems in any letter case; unknown ones have no type', () => {
  expect(purlType('SwiftPM')).toBe('swift');
  expect(purlType('constructor')).toBeUndefined();
});
