import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startCertusEmulator } from '../../../../../tools/emulators/certus.ts';
import { canonicalJson, type JsonData } from '../../canonical-json/canonical-json.ts';
import { Secret } from '../../secrets/secret.ts';
import type { HttpAnswer } from '../../send/http-message.ts';
import { uploadParts } from '../../upload/upload-parts.ts';
import { certus, certusUrl, connectCertus, repoSlugOf } from './certus.ts';
import { certusOutcome } from './certus-outcome.ts';
import { certusQuotas } from './certus-quota.ts';
import { type CertusFinding, CertusScanTooLarge, certusScan, gradeOf, scannerOf } from './scan-body.ts';
import { signScan } from './sign-scan.ts';

const context = { repoSlug: 'acme/shop', commitHash: 'a'.repeat(40), branch: 'main' };
const credential = { type: 'standard', keyId: 'none', key: new Secret('ck_test_canary') } as const;
const limit = 4_500_000;

function finding(changes: Partial<CertusFinding> = {}): CertusFinding {
  return {
    tool: 'Scanner',
    ruleId: 'R1',
    ruleName: null,
    severity: 'high',
    message: 'A finding',
    path: 'src/app.ts',
    startLine: 3,
    endLine: null,
    cwe: ['CWE-79'],
    identity: 'id-1',
    suppressed: false,
    baselineState: null,
    ...changes,
  };
}

function bodyOf(findings: readonly CertusFinding[], covered: readonly string[] = [], maxBytes = limit) {
  const scan = certusScan(findings, new Set(covered), context, maxBytes);
  return { ...scan, body: JSON.parse(Buffer.from(scan.bytes).toString()) };
}

describe('the body of a scan', () => {
  test('has every member of the API and is canonical JSON', () => {
    const { bytes, body } = bodyOf([finding()], ['CWE-89']);
    expect(body).toEqual({
      repo_slug: 'acme/shop',
      commit_hash: 'a'.repeat(40),
      branch: 'main',
      grade: 'A',
      score: 90,
      evidence_pack_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      findings: [
        {
          id: 'id-1',
          scanner: 'sast',
          rule_id: 'R1',
          severity: 'high',
          title: 'R1',
          message: 'A finding',
          file_path: 'src/app.ts',
          line_start: 3,
          line_end: 3,
          cwe: ['CWE-79'],
          fingerprint: 'id-1',
        },
      ],
      control_results: [
        { framework: 'owasp-top-10-2021', control_id: 'A03:2021', status: 'fail', finding_ids: ['id-1'] },
      ],
    });
    expect(Buffer.from(bytes).toString()).toBe(canonicalJson(body as JsonData));
  });

  test('controls: failed by what is severe, partly passed with what is not, passed where a rule looked and found nothing', () => {
    const { body } = bodyOf(
      [finding({ severity: 'low', cwe: ['CWE-327'], identity: 'x' }), finding({ suppressed: true, identity: 'y' })],
      ['CWE-79', 'CWE-918', 'CWE-99999'],
    );
    expect(
      body.control_results.map((one: Record<string, unknown>) => [
        one['control_id'],
        one['status'],
        one['finding_ids'],
      ]),
    ).toEqual([
      ['A02:2021', 'partial', ['x']],
      ['A03:2021', 'pass', []],
      ['A10:2021', 'pass', []],
    ]);
  });

  test.each([
    [[], 100, 'A'],
    [['low', 'low', 'info', 'none'], 98, 'A'],
    [['high', 'high'], 80, 'B'],
    [['critical', 'medium'], 72, 'C'],
    [['critical', 'high'], 65, 'D'],
    [['critical', 'critical', 'critical', 'critical', 'critical'], 0, 'F'],
  ] as const)('%j scores %i, %s', (severities, score, grade) => {
    const findings = severities.map((severity, index) => finding({ severity, identity: `id-${index}` }));
    expect(bodyOf(findings).body).toMatchObject({ score, grade });
    expect(bodyOf(findings.map((one) => ({ ...one, suppressed: true }))).body.score).toBe(100);
    expect(gradeOf(score)).toBe(grade);
  });

  test('leaked secrets are critical, whatever their scanner calls them', () => {
    expect(bodyOf([finding({ tool: 'Gitleaks', severity: 'low' })]).body.findings[0]).toMatchObject({
      scanner: 'secrets',
      severity: 'critical',
    });
    expect(['Trivy', 'checkov', 'Semgrep OSS', 'Snyk Open Source'].map(scannerOf)).toEqual([
      'sbom',
      'iac',
      'sast',
      'sbom',
    ]);
  });

  test('the evidence pack is the content: the same twice, another for any difference', () => {
    const pack = (changes: Partial<CertusFinding>) => bodyOf([finding(changes)]).body.evidence_pack_id;
    expect(pack({})).toBe(pack({}));
    expect(pack({ message: 'Another' })).not.toBe(pack({}));
    expect(pack({ startLine: 4 })).not.toBe(pack({}));
  });

  test('too large a scan loses the ends of its messages first, and is never split', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      finding({ identity: `id-${index}`, message: 'ä'.repeat(3000) }),
    );
    expect(bodyOf(many).shortenedTo).toBeUndefined();
    const small = bodyOf(many, [], 200_000);
    expect(small).toMatchObject({ results: 300, shortenedTo: 120 });
    expect(small.bytes.byteLength).toBeLessThan(200_000);
    expect(() => bodyOf(many, [], 20_000)).toThrow(CertusScanTooLarge);
  });

  test('any words: canonical, well-formed, below the limit with its signature', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 8 }), (words) => {
        const findings = words.map((word, index) =>
          finding({ message: `${word}\ud800`, ruleId: word, path: word, identity: `${index}` }),
        );
        const { bytes, body } = bodyOf(findings);
        expect(Buffer.from(bytes).toString()).toBe(canonicalJson(body as JsonData));
        const signed = JSON.parse(Buffer.from(signScan(bytes, new Secret('key'))).toString());
        expect({ ...body, signed_hash: signed.signed_hash }).toEqual(signed);
      }),
    );
  });
});

test('the test vector of the signature', () => {
  const signed = Buffer.from(signScan(Buffer.from('{"a":1}'), new Secret('key'))).toString();
  expect(signed).toBe('{"a":1,"signed_hash":"88a67f24bbcdaed0e6c997404bb79a743baf44c6bab2f4c27328e3009d22e342"}');
});

describe('answers', () => {
  const answer = (
    status: number,
    body: unknown,
    headers: Record<string, string> = {},
    complete = true,
  ): HttpAnswer => ({
    type: 'answer',
    status,
    headers: new Map(Object.entries(headers)),
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    complete,
  });
  const outcome = (...given: Parameters<typeof answer>) =>
    certusOutcome(answer(...given), { origin: 'https://www.getcertus.cloud', epochMs: 0 });
  const scan = { scan_id: 'x', stored_timestamp: 'y' };

  test.each([
    [201, scan, { status: 'accepted' }],
    [200, scan, { status: 'accepted', warning: 'Certus had this scan already; it was not stored again.' }],
    [200, '<html>', { status: 'unknown', code: 'bad-answer' }],
    [200, {}, { status: 'unknown' }],
    [204, '', { status: 'unknown' }],
    [308, '', { status: 'rejected', code: 'redirect', scope: 'target' }],
    [400, { error: 'no', code: 'x' }, { status: 'rejected', scope: 'part' }],
    [401, '', { status: 'rejected', code: 'auth', scope: 'target' }],
    [403, '', { status: 'rejected', code: 'auth' }],
    [409, '', { status: 'rejected', code: 'conflict', scope: 'part' }],
    [422, '', { status: 'rejected', scope: 'part' }],
    [429, '', { status: 'retryable', code: 'rate-limited', charged: false, pause: 'target' }],
    [500, '', { status: 'retryable', mayBeStored: true }],
    [999, '', { status: 'unknown' }],
  ])('%i %j', (status, body, expected) => {
    expect(outcome(status, body)).toMatchObject(expected);
  });

  test('every status and any body has a meaning', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), fc.string(), fc.boolean(), (status, body, complete) => {
        const said = outcome(status, body, {}, complete);
        if (said.status !== 'accepted') expect(said.reason.length).toBeLessThan(1200);
      }),
    );
  });

  test('a quota says when to come back', () => {
    expect(outcome(429, {}, { 'retry-after': '3600' })).toMatchObject({ waitMs: 3_600_000 });
  });
});

describe('addresses', () => {
  test('the www host is asked; without it there is advice in place of a redirect', () => {
    expect(connectCertus({ url: certusUrl }).origin).toBe('https://www.getcertus.cloud');
    expect(() => connectCertus({ url: 'https://getcertus.cloud' })).toThrow(
      'Set https://www.getcertus.cloud as the URL',
    );
    expect(() => connectCertus({ url: 'http://www.getcertus.cloud' })).toThrow('not encrypted');
    expect(() => connectCertus({ url: 'https://me:pass@www.getcertus.cloud' })).toThrow('user name');
  });

  test('a repository is known by the path of its address', () => {
    expect(repoSlugOf('git@github.com:acme/shop.git')).toBe('acme/shop');
    expect(repoSlugOf('https://gitlab.example/group/sub/shop/')).toBe('group/sub/shop');
    expect(() => connectCertus({ url: certusUrl }).laneOf('T', { repositoryId: 'only' })).toThrow('--repository-url');
  });
});

test('quotas count by month and by day, in UTC', () => {
  const { scans, requests } = certusQuotas('h', 'free', new Date('2026-11-30T23:30:00-02:00'));
  expect(scans).toEqual({ scope: 'certus | h | scans', period: '2026-12', limit: 100 });
  expect(requests).toEqual({ scope: 'certus | h | requests', period: '2026-12-01', limit: 1000 });
});

test('a scan arrives signed, once, however often it is sent; the key is in no result', async () => {
  await using emulator = await startCertusEmulator({
    apiKey: 'ck_test_canary',
    signingKey: 'signing-canary',
    fault: (index) => (index === 0 ? 500 : undefined),
  });
  const destination = connectCertus({ url: emulator.origin, credential, signingKey: new Secret('signing-canary') });
  const upload = () =>
    uploadParts(
      {
        path: 'a.sarif',
        sha256: 'f'.repeat(64),
        parts: (async function* () {
          yield { number: 1, ...certusScan([finding()], new Set(), context, limit), tool: 'Scanner' };
        })(),
      },
      { destination, context: { repositoryUrl: 'https://github.com/acme/shop', branch: 'main' }, retry: { baseMs: 1 } },
    );
  const first = await upload();
  expect(first.parts).toMatchObject([{ outcome: 'accepted', httpStatus: 201, attempts: 2 }]);
  expect((await upload()).parts).toMatchObject([{ outcome: 'accepted', httpStatus: 200 }]);
  expect(emulator.received).toHaveLength(3);
  expect(new Set(emulator.received).size).toBe(1);
  expect([...emulator.scans.values()]).toMatchObject([{ isSigned: true, body: { repo_slug: 'acme/shop' } }]);
  expect(JSON.stringify(first)).not.toContain('canary');
  expect(destination.target).toBe(certus);

  const wrong = connectCertus({ url: emulator.origin, credential });
  const refused = await uploadParts(
    {
      path: 'b.sarif',
      sha256: 'e'.repeat(64),
      parts: (async function* () {
        yield { number: 1, ...certusScan([], new Set(), context, limit), tool: 'Scanner' };
      })(),
    },
    { destination: wrong, context: { repositoryUrl: 'https://github.com/acme/shop' } },
  );
  expect(refused.parts).toMatchObject([{ outcome: 'rejected', httpStatus: 422 }]);
});
