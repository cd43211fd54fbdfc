import type { ServerResponse } from 'node:http';
import type { SeenRequest } from '../../send/test-support/scripted-server.ts';

/** A key that must turn up nowhere but in the header of a request. */
export const canaryKey = 'canary-Key+9f3Kq7Zt2/WxYv81mNbHs';

/** The settings with which the command sends to a server on this machine. */
export function settingsFor(origin: string): Record<string, string> {
  return {
    SARIFLOW_URL: `${origin}/public_api/appsec/v1/collectors/col_1`,
    SARIFLOW_API_KEY: canaryKey,
    SARIFLOW_API_KEY_ID: '7',
    SARIFLOW_REPOSITORY_URL: 'https://example.com/acme/shop',
    SARIFLOW_BRANCH: 'main',
  };
}

/** What a Collector says to a log that it takes. */
export function accept(response: ServerResponse, status = 201): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end('{"status":"INGESTED","message":"some findings will be ingested"}');
}

/** What a log is to hold. */
export interface LogOptions {
  readonly tool?: string;
  readonly results?: number;
  /** What stands in each message, after its number. */
  readonly words?: string;
  /** Further members of each result. */
  readonly more?: object;
}

/** A log that no destination has anything to say against. */
export function sampleLog({ tool = 'Scanner', results = 2, words = '', more = {} }: LogOptions = {}): string {
  const help = { text: 'Change it.' };
  const rule = { id: 'R1', shortDescription: { text: 'A rule' }, help, properties: { tags: ['CWE-79'] } };
  return JSON.stringify({
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: tool, rules: [rule] } },
        results: Array.from({ length: results }, (_, index) => ({
          ruleId: 'R1',
          level: 'error',
          message: { text: `Finding ${index}${words}` },
          locations: [
            { physicalLocation: { artifactLocation: { uri: 'src/app.ts' }, region: { startLine: index + 1 } } },
          ],
          ...more,
        })),
      },
    ],
  });
}

/** The messages of all results that arrived, with repetitions. */
export function arrivedMessages(seen: readonly SeenRequest[]): string[] {
  return seen.flatMap(({ body }) => messagesOf(body));
}

/** The messages of a log that arrived. */
export function messagesOf(body: string): string[] {
  const log = JSON.parse(body) as { runs: { results: { message: { text: string } }[] }[] };
  return log.runs.flatMap(({ results }) => results.map(({ message }) => message.text));
}
