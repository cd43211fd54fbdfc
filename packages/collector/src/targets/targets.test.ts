import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../secrets/secret.ts';
import { collectorUrl } from './collector-url.ts';
import { cortex } from './cortex.ts';
import { laneKey } from './lane.ts';
import { cleanRepositoryUrl } from './repository-url.ts';
import { TargetError, type TargetErrorCode } from './target-error.ts';
import { targetById, targets } from './targets.ts';

const path = '/public_api/appsec/v1/collectors';

function codeOf(work: () => unknown): TargetErrorCode | 'none' {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof TargetError) return error.code;
    throw error;
  }
}

describe('collectorUrl', () => {
  test.each([
    ['api-t.example', 'col_1', `https://api-t.example${path}/col_1`],
    ['https://api-t.example/', 'col_1', `https://api-t.example${path}/col_1`],
    ['https://api-t.example:8443', 'a b/c', `https://api-t.example:8443${path}/a%20b%2Fc`],
    [`https://api-t.example${path}`, 'col_1', `https://api-t.example${path}/col_1`],
    [`https://api-t.example${path}/col_1?x=1`, undefined, `https://api-t.example${path}/col_1?x=1`],
    [`https://api-t.example${path}/col_1`, 'col_1', `https://api-t.example${path}/col_1`],
    ['https://gate.example/some/other/form', undefined, 'https://gate.example/some/other/form'],
    ['http://127.0.0.1:8790', 'c', `http://127.0.0.1:8790${path}/c`],
    ['http://[::1]:8790', 'c', `http://[::1]:8790${path}/c`],
    ['http://localhost:1', 'c', `http://localhost:1${path}/c`],
  ])('%s and %s give %s', (text, id, url) => {
    expect(collectorUrl(text, id).url.href).toBe(url);
  });

  test.each<[string, string | undefined, TargetErrorCode]>([
    ['http://api-t.example', 'c', 'target-url-insecure'],
    ['http://127.0.0.1.evil.example', 'c', 'target-url-insecure'],
    ['ftp://api-t.example', 'c', 'target-url-insecure'],
    ['https://user:pw@api-t.example', 'c', 'target-url-userinfo'],
    ['https://169.254.169.254', 'c', 'target-url-forbidden'],
    ['https://api-t.example', undefined, 'collector-missing'],
    [`https://api-t.example${path}/col_1`, 'col_2', 'collector-differs'],
    ['https://api-t.example#x', 'c', 'target-url'],
    ['https://', 'c', 'target-url'],
    ['', 'c', 'target-url'],
  ])('%s is refused', (text, id, code) => {
    expect(codeOf(() => collectorUrl(text, id))).toBe(code);
  });
});

test.each([
  ['https://github.com/org/repo', 'https://github.com/org/repo'],
  ['https://user:token@github.com/org/repo.git?x=1#y', 'https://github.com/org/repo'],
  ['git@github.com:org/repo.git', 'https://github.com/org/repo'],
  ['ssh://git@git.example:2222/org/repo.git', 'https://git.example/org/repo'],
  ['github.com/org/repo/', 'https://github.com/org/repo'],
  ['http://git.example:8080/a', 'http://git.example:8080/a'],
])('the repository %s is sent as %s', (text, clean) => {
  expect(cleanRepositoryUrl(text)).toBe(clean);
});

test('what is no repository is refused', () => {
  for (const text of ['https://github.com/', 'https://', ':']) {
    expect(codeOf(() => cleanRepositoryUrl(text))).toBe('repository-url');
  }
});

test('different lanes never share a key, and a key is one line', () => {
  const part = fc.oneof(fc.string(), fc.constantFrom('a | b', 'a', '%7C', '|', '\n', ''));
  const lane = fc.record({ target: part, collector: part, repository: part, branch: part, tool: part });
  fc.assert(
    fc.property(lane, lane, (a, b) => {
      const wellFormed = (one: typeof a) => Object.values(one).map((text) => text.toWellFormed());
      expect(laneKey(a) === laneKey(b)).toBe(JSON.stringify(wellFormed(a)) === JSON.stringify(wellFormed(b)));
      expect(laneKey(a)).not.toMatch(/[\r\n\u0000]/);
    }),
  );
});

describe('requests', () => {
  const part = { sha256: 'f'.repeat(64), lane: 'l', number: 1, bytes: Buffer.from('{}'), results: 1 };
  const credential = { type: 'collector', keyId: 'token-1', key: new Secret('very-secret') } as const;
  const connect = (url: string) => cortex.connect({ url, collectorId: 'c', credential });
  const queryOf = (requestPath: string) => new URL(requestPath, 'https://x.example').searchParams;

  test('carry the log itself, one pair of headers, and the context in the query', () => {
    const request = connect('https://api-t.example').requestFor(part, { repositoryId: 'r1', branch: 'main' }, 2);
    expect(request).toMatchObject({ method: 'POST', path: `${path}/c?repository_id=r1&branch=main`, body: part.bytes });
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'x-crtx-auth-id': 'token-1',
      authorization: 'very-secret',
      'x-request-id': `${part.sha256}; attempt=2`,
    });
    expect(request.headers).not.toHaveProperty('x-xdr-auth-id');
  });

  test('append to a query that is there', () => {
    const destination = cortex.connect({ url: `https://api-t.example${path}/c?x=1`, credential });
    expect(destination.requestFor(part, { repositoryId: 'r' }, 1).path).toBe(`${path}/c?x=1&repository_id=r`);
  });

  test('encode every value exactly once, and leave user info out', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('feature/ä#?&%2f', 'a+b c', '\ud800x')),
        (branch) => {
          const request = connect('https://api-t.example').requestFor(
            part,
            { repositoryUrl: 'https://u:p@git.example/o/r', branch },
            1,
          );
          const query = queryOf(request.path);
          expect(query.get('branch')).toBe(branch.toWellFormed());
          expect(query.get('repository_url')).toBe('https://git.example/o/r');
        },
      ),
    );
  });

  test('cannot be built without a key or a repository, and lanes can without a key', () => {
    const dry = cortex.connect({ url: 'https://api-t.example', collectorId: 'c' });
    expect(dry.laneOf('Semgrep', { repositoryUrl: 'https://git.example/o/r' })).toContain('Semgrep');
    expect(codeOf(() => dry.check())).toBe('credential-missing');
    expect(codeOf(() => connect('https://api-t.example').check({ branch: 'main' }))).toBe('repository-missing');
    expect(codeOf(() => connect('https://api-t.example').laneOf('x', {}))).toBe('repository-missing');
  });

  test('an echoed key does not come back in a reason', () => {
    const body = Buffer.from(JSON.stringify({ errorCode: 'E', message: 'bad key very-secret' }));
    const answer = { type: 'answer', status: 401, headers: new Map(), body, complete: true } as const;
    expect(JSON.stringify(connect('https://api-t.example').outcomeOf(answer, 0))).not.toContain('very-secret');
  });

  test('the embedded Collector has the same lanes on another port', () => {
    const lanes = [1, 2].map((port) =>
      targetById('local')
        .connect({ url: `http://127.0.0.1:${port}`, collectorId: 'c' })
        .laneOf('x', { repositoryId: 'r' }),
    );
    expect(lanes[0]).toBe(lanes[1]);
  });
});

test('targets are found by id, and the limits leave room', () => {
  for (const target of targets) {
    expect(targetById(target.id)).toBe(target);
    expect(target.limits.defaultPartBytes).toBeLessThanOrEqual(target.limits.maxPartBytes);
  }
  expect(codeOf(() => targetById('nowhere'))).toBe('target-unknown');
});
