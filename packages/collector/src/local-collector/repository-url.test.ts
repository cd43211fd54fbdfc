import { expect, test } from 'vitest';
import { normalizeRepositoryUrl, repositoryIdOf } from './repository-url.ts';

test.each([
  'https://github.com/acme/shop',
  'http://github.com/acme/shop',
  'https://GitHub.com/acme/shop.git',
  'https://github.com/acme/shop/',
  'https://github.com/acme/shop.git/',
  'https://me:password@github.com/acme/shop.git',
  'https://github.com:443/acme/shop?tab=readme#top',
  'ssh://git@github.com/acme/shop.git',
])('%s is the same repository', (url) => {
  expect(normalizeRepositoryUrl(url)).toBe('github.com/acme/shop');
});

test.each([
  '',
  'acme/shop',
  'github.com/acme/shop',
  'git@github.com:acme/shop.git',
  'https://github.com',
  'https://github.com/',
  'javascript:alert(1)',
  'file:///srv/shop',
])('"%s" is no complete repository URL', (url) => {
  expect(normalizeRepositoryUrl(url)).toBeUndefined();
});

test('what differs stays different', () => {
  const urls = [
    'https://github.com/acme/shop',
    'https://github.com/acme/Shop',
    'https://github.com:8443/acme/shop',
    'https://gitlab.com/acme/shop',
  ];
  expect(new Set(urls.map(normalizeRepositoryUrl)).size).toBe(urls.length);
});

test('an id is 64 hex digits', () => {
  expect(repositoryIdOf('github.com/acme/shop')).toMatch(/^[0-9a-f]{64}$/);
});
