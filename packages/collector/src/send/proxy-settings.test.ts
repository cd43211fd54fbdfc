import { expect, test } from 'vitest';
import { proxyFromEnv } from './proxy-settings.ts';

test('lower case wins, and an empty variable hides nothing', () => {
  expect(proxyFromEnv({ https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:2' })).toEqual({
    httpsProxy: 'http://low:1',
  });
  expect(proxyFromEnv({ https_proxy: '', HTTPS_PROXY: 'http://up:2', NO_PROXY: 'a,b' })).toEqual({
    httpsProxy: 'http://up:2',
    noProxy: 'a,b',
  });
  expect(proxyFromEnv({ http_proxy: 'http://h:1' })).toEqual({ httpProxy: 'http://h:1', httpsProxy: 'http://h:1' });
  expect(proxyFromEnv({ no_proxy: '*', http_proxy: '' })).toBeUndefined();
});
