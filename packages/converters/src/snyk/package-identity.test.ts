import { expect, test } from 'vitest';
import { imagePath, manifestOf } from './manifest.ts';
import { managerOfAdvisory, packageLabel, packageLocation, packageType } from './package-identity.ts';

test.each([
  ['left', '1.0.0', ['npm'], 'pkg:npm/left@1.0.0'],
  ['@scope/left', '1.0.0', ['yarn'], 'pkg:npm/%40scope/left@1.0.0'],
  ['group:artifact', '1', [undefined, 'maven'], 'pkg:maven/group/artifact@1'],
  ['zlib/zlib1g', '1:1.2.13', ['debian:12', 'deb'], 'pkg:deb/debian/zlib1g@1:1.2.13'],
  ['musl/musl', '1.1.24-r9', ['alpine:3.12', 'apk'], 'pkg:apk/alpine/musl@1.1.24-r9'],
  ['openssl', '3.0', ['rpm'], 'pkg:rpm/openssl@3.0'],
  ['https://curl.se|curl', '7.58.0', ['Unmanaged (C/C++)'], 'pkg:generic/curl@7.58.0'],
  ['github.com/a/b', 'v1', ['golang'], 'pkg:golang/github.com/a/b@v1'],
  ['thing', '1', ['unheard-of'], 'thing@1'],
  ['thing', undefined, [], 'thing'],
])('%s %s of %j', (name, version, managers, url) => {
  expect(packageLocation({ name, version, managers }).fullyQualifiedName).toBe(url);
});

test('ids of advisories name the ecosystem', () => {
  expect(managerOfAdvisory('SNYK-JS-LODASH-1')).toBe('npm');
  expect(managerOfAdvisory('SNYK-DEBIAN11-GLIBC-1')).toBe('debian');
  expect(managerOfAdvisory('snyk:lic:maven:a:b:GPL')).toBe('maven');
  expect(managerOfAdvisory('npm:ms:20170412')).toBe('npm');
  expect(managerOfAdvisory('something')).toBeUndefined();
  expect(packageType({ managers: [undefined, managerOfAdvisory('SNYK-ALPINE312-MUSL-1')] })).toBe('apk');
});

test('labels have the version where it is known', () => {
  expect(packageLabel({ name: 'a', version: '1' })).toBe('a@1');
  expect(packageLabel({ name: 'a', version: undefined })).toBe('a');
});

test('lock files lead to their manifests, directories of such a name stay', () => {
  expect(manifestOf('a/package-lock.json')).toEqual({ manifest: 'a/package.json', lockFile: 'a/package-lock.json' });
  expect(manifestOf('a\\Gemfile.lock')).toEqual({ manifest: 'a\\Gemfile', lockFile: 'a\\Gemfile.lock' });
  expect(manifestOf('yarn.lock/pom.xml')).toEqual({ manifest: 'yarn.lock/pom.xml', lockFile: undefined });
  expect(imagePath('registry.example:5000/shop:1')).toBe('registry.example_5000/shop_1');
});
