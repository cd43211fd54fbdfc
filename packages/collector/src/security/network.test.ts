import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isBuilt, scenario } from '../cli/test-support/scenario.ts';
import { accept, sampleLog, settingsFor } from '../fault-matrix/test-support/command-delivery.ts';
import { startHttpServer } from '../send/test-support/scripted-server.ts';
import { certus } from '../targets/certus/certus.ts';
import { cortex } from '../targets/cortex.ts';

// The security checklist, S5 to S7 and S24: where bytes go.

const { sariflow, write, path } = scenario();
const mayTrace = canTrace();

function canTrace(): boolean {
  try {
    execFileSync('strace', ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=none', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not installed, or not permitted here: the trap alone has to do then.
    return false;
  }
}

const settings = (target: typeof cortex, url: string) => () => target.connect({ url, collectorId: 'c' });

describe.each([cortex, certus])('the address of $id', (target) => {
  test.each(['https://api.example', 'http://127.0.0.1:8790', 'http://localhost:1', 'http://[::1]:1', 'api.example'])(
    'S5 %s is taken',
    (url) => {
      expect(settings(target, url)).not.toThrow();
    },
  );

  test.each([
    'http://api.example',
    'http://10.0.0.1',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'ftp://api.example',
    'file:///etc/passwd',
  ])('S5 %s is refused: not encrypted', (url) => {
    expect(settings(target, url)).toThrow();
  });

  test.each([
    'https://user@api.example',
    'https://user:pass@api.example',
    'https://api.example:443@evil.example',
    'https://169.254.169.254',
    'https://2852039166',
    'https://0xa9fea9fe',
    'https://[::ffff:169.254.169.254]',
    'https://[fe80::1]',
    'https://[fd00:ec2::254]',
    'https://100.100.100.200',
    'https://168.63.129.16',
    'https://metadata.google.internal.',
    'https://api.example/#fragment',
    'https://',
    '',
  ])('S7 %s is refused', (url) => {
    expect(settings(target, url)).toThrow();
  });

  test('S7 letters that look like others are shown as what they are', () => {
    expect(target.connect({ url: 'https://аpi.example', collectorId: 'c' }).origin).toBe('https://xn--pi-6kc.example');
  });
});

describe.skipIf(!isBuilt)('addresses in data', () => {
  test('S6 S24 nothing in a report is ever asked for, and nothing but the target is talked to', async () => {
    await using trap = await startHttpServer((response) => response.end('trapped'));
    await using server = await startHttpServer((response) => accept(response));
    const url = `${trap.origin}/trap`;
    const place = {
      artifactLocation: { uri: url, uriBaseId: 'ROOT', description: { text: url } },
      region: { startLine: 1 },
    };
    const log = JSON.parse(sampleLog({ results: 1 }));
    log.$schema = url;
    log.inlineExternalProperties = [{ schema: url, externalizedProperties: {} }];
    const [run] = log.runs;
    run.originalUriBaseIds = { ROOT: { uri: `${url}/` } };
    run.artifacts = [{ location: { uri: url } }];
    run.versionControlProvenance = [{ repositoryUri: url }];
    run.tool.driver = { ...run.tool.driver, informationUri: url, downloadUri: url };
    Object.assign(run.tool.driver.rules[0], { helpUri: url, help: { text: url, markdown: `![x](${url})` } });
    run.externalPropertyFileReferences = {
      artifacts: [{ location: { uri: url }, guid: 'a3e2d1f0-0000-4000-8000-000000000001' }],
    };
    Object.assign(run.results[0], {
      ...{ hostedViewerUri: url, workItemUris: [url] },
      webRequest: { target: url, protocol: 'HTTP', version: '1.1', method: 'GET' },
      attachments: [{ artifactLocation: { uri: url } }],
      relatedLocations: [{ id: 1, physicalLocation: place }],
    });
    await write('a.sarif', JSON.stringify(log));
    const wrapper = mayTrace ? ['strace', '-f', '-qq', '-o', path('calls'), '-e', 'trace=connect,sendto'] : [];
    const ended = await sariflow(['upload', 'a.sarif', '--force', '--checkout-root', '.'], {
      env: settingsFor(server.origin),
      wrapper,
    });
    expect(server.seen).toHaveLength(1);
    expect(ended.code).toBe(0);
    expect(trap.seen).toEqual([]);
    if (mayTrace) {
      const ports = [...readFileSync(path('calls'), 'utf8').matchAll(/htons\((\d+)\)/g)].map(([, port]) =>
        Number(port),
      );
      expect(new Set(ports)).toEqual(new Set([server.port]));
    }
  });
});
