import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalize, type Result, readSarif, type SarifEvent } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { cutRandomWords, cutTokens } from './cut-secrets.ts';
import { redactResult } from './redact-result.ts';
import { redactSecrets } from './redact-secrets.ts';

const hexDigits = '0123456789abcdef';
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const alphanumeric = `${letters}0123456789`;

/** Characters that look random and are the same in every run. */
function noise(length: number, alphabet = alphanumeric): string {
  let state = 12_345;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return alphabet[Math.floor((state / 2_147_483_648) * alphabet.length)];
  }).join('');
}

const hex = (length: number) => noise(length, hexDigits);
const upper = (length: number) => noise(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');

/** One secret of each kind, put together here so that no scanner takes this file for a leak. */
const samples: readonly (readonly [kind: string, ...pieces: string[]])[] = [
  ['aws access key', 'AK', 'IA', upper(16)],
  ['aws temporary key', 'AS', 'IA', upper(16)],
  ['github personal', 'gh', 'p_', noise(36)],
  ['github oauth', 'gh', 'o_', noise(36)],
  ['github app', 'gh', 's_', noise(36)],
  ['github refresh', 'gh', 'r_', noise(76)],
  ['github fine-grained', 'github', '_pat_', noise(22), '_', noise(59)],
  ['gitlab personal', 'gl', 'pat-', noise(20)],
  ['gitlab deploy', 'gl', 'dt-', noise(20)],
  ['gitlab runner', 'gl', 'rt-', noise(20)],
  ['gitlab registration', 'GR13', '48941', noise(20)],
  ['slack bot', 'xo', 'xb-', '1234567890-', noise(24)],
  ['slack app', 'xa', 'pp-1-', noise(60)],
  ['stripe secret', 'sk', '_live_', noise(24)],
  ['stripe restricted', 'rk', '_test_', noise(24)],
  ['stripe webhook', 'wh', 'sec_', noise(32)],
  ['google api', 'AI', 'za', noise(35)],
  ['google oauth secret', 'GOC', 'SPX-', noise(28)],
  ['google oauth token', 'ya', '29.', noise(60)],
  ['npm', 'np', 'm_', noise(36)],
  ['pypi', 'py', 'pi-', noise(100)],
  ['rubygems', 'ruby', 'gems_', hex(48)],
  ['sendgrid', 'S', 'G.', noise(22), '.', noise(43)],
  ['twilio', 'S', 'K', hex(32)],
  ['mailgun', 'ke', 'y-', hex(32)],
  ['mailchimp', hex(32), '-us', '12'],
  ['digitalocean', 'do', 'p_v1_', hex(64)],
  ['heroku', 'HR', 'KU-', noise(40)],
  ['shopify', 'sh', 'pat_', hex(32)],
  ['square', 'sq', '0atp-', noise(22)],
  ['databricks', 'da', 'pi', hex(32)],
  ['vault', 'hv', 's.', noise(24)],
  ['terraform cloud', noise(14), '.atlas', 'v1.', noise(64)],
  ['doppler', 'd', 'p.pt.', noise(43)],
  ['linear', 'lin', '_api_', noise(40)],
  ['notion', 'nt', 'n_', noise(46)],
  ['service key', 's', 'k-', noise(48)],
  ['service key of a project', 's', 'k-proj-', noise(80)],
  ['service key, long', 's', 'k-ant-', noise(95)],
  ['hugging face', 'h', 'f_', noise(34, letters)],
  ['postman', 'PM', 'AK-', hex(24), '-', hex(34)],
  ['atlassian', 'ATA', 'TT3', noise(186)],
  ['azure client secret', noise(3), '8', 'Q~', noise(34)],
  ['dropbox', 's', 'l.', noise(136)],
  ['facebook', 'E', 'AA', noise(120)],
  ['telegram', '123456789', ':A', 'A', noise(33)],
  ['discord', 'M', noise(23), '.', noise(6), '.', noise(27)],
  ['cloudflare origin', 'v1', '.0-', hex(24), '-', hex(146)],
  ['new relic', 'NR', 'AK-', upper(27)],
  ['grafana cloud', 'gl', 'c_', noise(60)],
  ['grafana service', 'gl', 'sa_', noise(32), '_', hex(8)],
  ['sentry', 'sn', 'tryu_', hex(64)],
  ['sonarqube', 'sq', 'u_', hex(40)],
  ['planetscale', 'psc', 'ale_tkn_', noise(43)],
  ['supabase', 'sb', 'p_', hex(40)],
  ['pulumi', 'pu', 'l-', hex(40)],
  ['docker', 'dc', 'kr_pat_', noise(27)],
  ['artifactory', 'AK', 'Cp', noise(70)],
  ['age', 'AGE-', 'SECRET-KEY-1', upper(58)],
  ['airtable', 'pa', 't', noise(14), '.', hex(64)],
  ['easypost', 'EZ', 'AK', noise(54)],
  ['brevo', 'xkey', 'sib-', hex(64), '-', noise(16)],
  ['tailscale', 'ts', 'key-auth-', noise(12), '-', noise(32)],
  ['figma', 'fi', 'gd_', noise(40)],
  ['certus', 'ck', '_live_', noise(32)],
  ['json web token', 'ey', 'J', noise(30), '.ey', 'J', noise(60), '.', noise(43)],
];

/** Secrets that are known by what stands around them: the text, and what must be gone. */
const framedSamples: readonly (readonly [kind: string, text: string, secret: string])[] = [
  ['private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----\n${noise(64)}\n${noise(64)}\n-----END`, noise(64)],
  ['password in an address', `https://admin:${noise(12)}@db.example/x`, noise(12)],
  ['authorization', `Authorization: Bearer ${noise(40)}`, noise(40)],
  ['slack webhook', `https://hooks.slack.com/services/T0/B0/${noise(24)}`, noise(24)],
  ['azure storage', `AccountName=x;AccountKey=${noise(86)}==;`, noise(86)],
  ['azure signature', `https://x.example/y?sv=1&sig=${noise(44)}`, noise(44)],
  ['aws secret key', `aws_secret_access_key = "${noise(40)}"`, noise(40)],
];

describe('tokens of known forms', () => {
  test(`there are ${samples.length + framedSamples.length} kinds, 60 at least`, () => {
    expect(new Set([...samples, ...framedSamples].map(([kind]) => kind)).size).toBeGreaterThanOrEqual(60);
  });

  test.each(samples)('%s: nothing of it is left', (_kind, ...pieces) => {
    const secret = pieces.join('');
    for (const text of [secret, `key = "${secret}";`, `(${secret})`, `a ${secret}\nb`, `x=${secret}&y=1`]) {
      const { text: clean, cuts } = cutTokens(text);
      expect(cuts).toBeGreaterThan(0);
      expect(clean).toContain('***');
      expect(clean).not.toContain(secret.slice(-8));
      expect(clean.length).toBeLessThanOrEqual(text.length - secret.length + 3);
    }
  });

  test.each(framedSamples)('%s: what stands around it stays', (_kind, text, secret) => {
    const { text: clean } = cutTokens(text);
    expect(clean).not.toContain(secret);
    expect(clean.slice(0, 8)).toBe(text.slice(0, 8));
  });

  test.each([
    'src/components/sk-button/skeleton-loader.component.ts',
    'd41d8cd98f00b204e9800998ecf8427e',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '3fa85f64-5717-4562-b3fc-2c963f66afa6',
    'https://github.com/acme/shop/blob/main/src/app.ts#L12',
    'javascript.express.security.audit.xss.mustache.explicit-unescape',
    'The key-value store is not encrypted; see CWE-312 and RFC 6749.',
    'org.springframework.security.oauth2.client.registration.ClientRegistrationRepository',
    'AKIA is the prefix of access keys, and npm_ that of tokens',
  ])('%j stays', (text) => {
    expect(cutTokens(text)).toEqual({ text, cuts: 0 });
  });

  test('random words are told from paths, names and prose', () => {
    expect(cutRandomWords(`found ${noise(32)} here`)).toEqual({ text: 'found *** here', cuts: 1 });
    for (const text of ['src/main/java/com/acme/shop/CheckoutController2', 'aaaaaaaaaaaaaaaaaaaaaaaa1A', 'short1A']) {
      expect(cutRandomWords(text)).toEqual({ text, cuts: 0 });
    }
  });
});

describe('findings', () => {
  const secret = `gh${'p_'}${noise(36)}`;
  const leak = (): Result => ({
    ruleId: 'generic-api-key',
    level: 'error',
    message: { text: `A key was found: hunter2!hunter2, ${secret}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/app.ts' },
          region: { startLine: 3, snippet: { text: 'password = "hunter2!hunter2"' } },
          contextRegion: { startLine: 1, snippet: { text: `before\npassword = "hunter2!hunter2"\n` } },
        },
      },
    ],
    partialFingerprints: { commitSha: hex(40) },
    properties: { match: 'hunter2!hunter2', entropy: 3.5 },
  });

  test('about a secret: source text, what stands in it, and tokens are gone; place, rule and fingerprints stay', () => {
    const { result, cuts } = redactResult(leak(), true);
    const text = JSON.stringify(result);
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain(secret.slice(4, 20));
    expect(cuts).toBe(5);
    expect(result).toMatchObject({
      ruleId: 'generic-api-key',
      message: { text: 'A key was found: ***, ***' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'src/app.ts' }, region: { startLine: 3 } } }],
      partialFingerprints: { commitSha: hex(40) },
      properties: { match: '***', entropy: 3.5 },
    });
  });

  test('about something else: only tokens of known forms; one without any is the same object', () => {
    const { result } = redactResult(leak(), false);
    expect(JSON.stringify(result)).toContain('hunter2');
    expect(JSON.stringify(result)).not.toContain(secret);
    const harmless: Result = { message: { text: 'Nothing here' }, ruleId: secret };
    expect(redactResult(harmless, false)).toEqual({ result: harmless, cuts: 0 });
    expect(redactResult(harmless, false).result).toBe(harmless);
  });

  test('members such as __proto__ stay members', () => {
    const odd = JSON.parse(`{"message":{"text":"${secret}"},"properties":{"__proto__":{"x":"${secret}"}}}`) as Result;
    const { result, cuts } = redactResult(odd, true);
    expect(cuts).toBe(2);
    expect(JSON.stringify(result)).toBe('{"message":{"text":"***"},"properties":{"__proto__":{"x":"***"}}}');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

test('in the samples of other tools nothing is cut, whatever is looked for', async () => {
  const folder = fileURLToPath(new URL('../../../../test-data/sarif/rules', import.meta.url));
  const logs = readdirSync(folder).flatMap((name) => {
    const path = join(folder, name, 'clean.sarif');
    return statSync(path, { throwIfNoEntry: false }) === undefined ? [] : [path];
  });
  expect(logs.length).toBeGreaterThan(50);
  const tally = { cuts: 0, findings: 0 };
  let results = 0;
  for (const log of logs) {
    const events = normalize(readSarif(readFileSync(log)), { report: () => {} });
    for await (const event of redactSecrets(events, 'all', tally)) results += Number(event.type === 'result');
  }
  expect(results).toBeGreaterThan(50);
  expect(tally).toEqual({ cuts: 0, findings: 0 });
});

test('a stream: only what concerns secrets is changed, and events without any are the ones that came', async () => {
  const secret = `np${'m_'}${noise(36)}`;
  const log = {
    version: '2.1.0',
    runs: ['gitleaks', 'CodeQL'].map((name) => ({
      tool: { driver: { name } },
      results: [{ message: { text: `x ${secret}` } }, { message: { text: 'y' } }],
    })),
  };
  const collect = async (mode: 'auto' | 'all') => {
    const tally = { cuts: 0, findings: 0 };
    const events: SarifEvent[] = [];
    for await (const event of redactSecrets(readSarif(Buffer.from(JSON.stringify(log))), mode, tally))
      events.push(event);
    const texts = events.flatMap((event) => (event.type === 'result' ? [event.result.message.text] : []));
    return { tally, texts };
  };
  expect(await collect('auto')).toEqual({ tally: { cuts: 1, findings: 1 }, texts: ['x ***', 'y', `x ${secret}`, 'y'] });
  expect(await collect('all')).toEqual({ tally: { cuts: 2, findings: 2 }, texts: ['x ***', 'y', 'x ***', 'y'] });
});

describe('findings about secrets are told', () => {
  const secret = `np${'m_'}${noise(36)}`;
  const location = { physicalLocation: { artifactLocation: { uri: 'src/a.js' }, region: { startLine: 3 } } };
  const finding: Result = { ruleId: 'R1', message: { text: `x ${secret}` }, locations: [location] };
  const plainRule = { id: 'R1' };
  const taggedRule = { id: 'R1', properties: { tags: ['secret'] } };

  test.each<[how: string, expected: boolean, tool: object, result: Result]>([
    ['by the tool', true, { driver: { name: 'TruffleHog' } }, finding],
    ['by the tool, whose name says so', true, { driver: { name: 'JFrog Secrets' } }, finding],
    ['by an extension of the tool', true, { driver: { name: 'T' }, extensions: [{ name: 'ggshield' }] }, finding],
    ['by the tags of the rule', true, { driver: { name: 'Trivy', rules: [taggedRule] } }, finding],
    [
      'by the weakness class of the rule',
      true,
      { driver: { name: 'T', rules: [{ id: 'R1', properties: { tags: ['CWE-798'] } }] } },
      finding,
    ],
    [
      'by the position of the rule alone',
      true,
      { driver: { name: 'T', rules: [{ id: 'R0' }, taggedRule] } },
      { ...finding, ruleId: undefined, ruleIndex: 1 } as unknown as Result,
    ],
    [
      'by an id that no rule has',
      true,
      { driver: { name: 'T', rules: [plainRule] } },
      { ...finding, ruleId: 'generic.secrets.token' },
    ],
    ['by an id where there are no rules at all', true, { driver: { name: 'T' } }, { ...finding, ruleId: 'secret/npm' }],
    ['not by what is about something else', false, { driver: { name: 'CodeQL', rules: [plainRule] } }, finding],
    [
      'not by the position of another rule',
      false,
      { driver: { name: 'T', rules: [plainRule, { ...taggedRule, id: 'R2' }] } },
      { ...finding, ruleId: undefined, ruleIndex: 0 } as unknown as Result,
    ],
  ])('%s', async (_how, expected, tool, result) => {
    const results = Array.from({ length: 20 }, (_, at) => ({
      ...result,
      message: { text: `${result.message.text} ${at}.` },
    }));
    const bytes = Buffer.from(JSON.stringify({ version: '2.1.0', runs: [{ tool, results }] }));
    // As they were read, where most travel in blocks, and as the stages before leave them.
    for (const events of [readSarif(bytes), normalize(readSarif(bytes))]) {
      const tally = { cuts: 0, findings: 0 };
      const out: SarifEvent[] = [];
      for await (const event of redactSecrets(events, 'auto', tally)) out.push(event);
      expect(tally).toEqual(expected ? { cuts: 20, findings: 20 } : { cuts: 0, findings: 0 });
      expect(
        JSON.stringify(out.map((event) => (event.type === 'result' ? event.result : undefined))).includes(secret),
      ).toBe(!expected);
    }
  });
});
