import { expect, test } from 'vitest';
import { type Component, componentNamed, componentOf } from './component-id.ts';

test.each([
  [
    'gav://org.apache.sshd:sshd-core:1.0.0',
    'org.apache.sshd:sshd-core',
    '1.0.0',
    'pkg:maven/org.apache.sshd/sshd-core@1.0.0',
  ],
  ['gav://test', 'test', undefined, 'pkg:maven/test'],
  ['npm://%40babel/core:7.1.0', '%40babel/core', '7.1.0', 'pkg:npm/%2540babel/core@7.1.0'],
  ['npm://@babel/core:7.1.0', '@babel/core', '7.1.0', 'pkg:npm/%40babel/core@7.1.0'],
  ['pypi://Jinja2:2.11.2', 'Jinja2', '2.11.2', 'pkg:pypi/jinja2@2.11.2'],
  [
    'go://github.com/example/lib:v1.2.3',
    'github.com/example/lib',
    'v1.2.3',
    'pkg:golang/github.com/example/lib@v1.2.3',
  ],
  ['deb://debian:stretch:libx11:2:1.6.4-3', 'libx11', '2:1.6.4-3', 'pkg:deb/debian/libx11@2:1.6.4-3?distro=stretch'],
  ['deb://debian:stretch:libx11', 'libx11', undefined, 'pkg:deb/debian/libx11?distro=stretch'],
  ['deb://libx11:2:1.6.4-3', 'libx11', '2:1.6.4-3', 'pkg:deb/libx11@2:1.6.4-3'],
  ['rpm://8:openssl:1:1.1.1g-12.el8_3', 'openssl', '1:1.1.1g-12.el8_3', 'pkg:rpm/openssl@1:1.1.1g-12.el8_3?distro=8'],
  ['alpine://3.18:libssl3:3.1.1-r1', 'libssl3', '3.1.1-r1', 'pkg:apk/alpine/libssl3@3.1.1-r1?distro=3.18'],
  ['conan://vendor:zlib:1.2.11', 'zlib', '1.2.11', 'pkg:conan/zlib@1.2.11'],
  [
    'docker://registry.example.com:5000/base',
    'registry.example.com:5000/base',
    undefined,
    'pkg:oci/registry.example.com:5000/base',
  ],
  ['docker://shop/web:2.1', 'shop/web', '2.1', 'pkg:oci/shop/web@2.1'],
  ['generic://sha256:00ff/archive_1.zip', 'archive_1.zip', undefined, undefined],
  ['build://[repo]/shop:7', '[repo]/shop', '7', undefined],
  ['3.12:openssl:1.1.1k-r0', 'openssl', '1.1.1k-r0', undefined],
  ['A:1.0.0', 'A', '1.0.0', undefined],
  ['://', '://', undefined, undefined],
])('%s', (id, name, version, purl) => {
  expect(members(componentOf(id))).toEqual({ name, version, purl });
});

test('a type that is given apart is used', () => {
  expect(componentOf('lodash:4.17.0', 'npm').purl).toBe('pkg:npm/lodash@4.17.0');
  expect(members(componentNamed('debian:bookworm:libc6', '2.36', 'debian'))).toEqual({
    name: 'libc6',
    version: '2.36',
    purl: 'pkg:deb/debian/libc6@2.36?distro=bookworm',
  });
  expect(members(componentNamed('odd:name', '1:2', 'npm'))).toEqual({
    name: 'odd:name',
    version: '1:2',
    purl: 'pkg:npm/odd:name@1:2',
  });
});

function members({ name, version, purl }: Component): Component {
  return { name, version, purl };
}
