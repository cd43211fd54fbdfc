/** What a test wants to see in one result. */
export interface SampleResult {
  readonly ruleId?: string;
  readonly level?: string | undefined;
  readonly uri?: string;
  readonly line?: number;
  readonly message?: string;
}

/** A log that the Collector takes without a remark, made for tests: one run, one rule, the results asked for. */
export function sampleLog(results: readonly SampleResult[] = [{}], tool = 'Sample Scanner') {
  return {
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool,
            rules: [
              {
                id: 'sample-rule',
                shortDescription: { text: 'Something to look at' },
                help: { text: 'Look at it.' },
                defaultConfiguration: { level: 'warning' },
                properties: { tags: ['security', 'CWE-79'] },
              },
            ],
          },
        },
        results: results.map(
          ({ ruleId = 'sample-rule', uri = 'src/app.ts', line = 1, message = 'Look here.', ...rest }) => ({
            ruleId,
            level: 'level' in rest ? rest.level : 'error',
            message: { text: message },
            locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: line } } }],
          }),
        ),
      },
    ],
  };
}
