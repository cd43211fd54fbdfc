import { expect, test } from 'vitest';
import { PullError } from './pull-error.ts';
import { serverUrl } from './server-url.ts';

test.each([
  ['https://sonar.example', 'https://sonar.example', ''],
  ['sonar.example/', 'https://sonar.example', ''],
  ['https://sonar.example:9443/sonar//', 'https://sonar.example:9443', '/sonar'],
  ['http://localhost:9000', 'http://localhost:9000', ''],
  ['http://127.0.0.1:9000/x', 'http://127.0.0.1:9000', '/x'],
  ['http://[::1]:9000', 'http://[::1]:9000', ''],
  ['  https://sonar.example  ', 'https://sonar.example', ''],
])('%s', (text, origin, basePath) => {
  expect(serverUrl(text)).toEqual({ origin, basePath });
});

test.each([
  '',
  'https://',
  'http://sonar.example',
  'http://localhost.example',
  'ftp://sonar.example',
  'file:///etc/passwd',
  'https://token@sonar.example',
  'https://user:canary@sonar.example',
  'https://sonar.example/?id=shop',
  'https://sonar.example/#top',
  'https://169.254.169.254/latest',
  'https://[fd00:ec2::254]/',
])('%s is refused', (text) => {
  expect(() => serverUrl(text)).toThrow(PullError);
  try {
    serverUrl(text);
  } catch (error) {
    expect(error).toMatchObject({ code: 'pull-url', end: 'usage' });
    expect(String(error)).not.toContain('canary');
  }
});

test('a long row of slashes takes no time', () => {
  expect(serverUrl(`https://sonar.example/${'/'.repeat(100_000)}`).basePath).toBe('');
});
