import type { MultitoolFinding } from './multitool.ts';

/**
 * Something that sarif-multitool finds fault with and Sariflow does not, on purpose. Each has a log that shows it and nothing
 * else, so that an entry which is no longer true fails.
 */
export interface MultitoolDifference {
  readonly id: string;
  readonly reason: string;
  readonly covers: (finding: MultitoolFinding, document: unknown) => boolean;
  readonly example: object;
  /** Other differences that come with this one, always. */
  readonly comesWith?: readonly string[];
}

const rule = { id: 'SHOP1001', shortDescription: { text: 'Do not evaluate text as code.' } };
const driver = {
  name: 'Shop Lint',
  version: '1.4.0',
  semanticVersion: '1.4.0',
  informationUri: 'https://shop.example/lint',
  rules: [{ ...rule, fullDescription: rule.shortDescription, help: rule.shortDescription }],
};
const region = { startLine: 7, startColumn: 3 };

const resultWith = (members: object): object => ({
  ruleId: 'SHOP1001',
  level: 'error',
  message: { text: 'The text of the request is evaluated.' },
  locations: [{ physicalLocation: { artifactLocation: { uri: 'src/cart.js' }, region } }],
  ...members,
});

/** A log in which both find nothing to mend, with these members in its run. */
const log = (run: object, results: readonly object[] = [resultWith({})]): object => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', ...run, results }],
});

const notified = (notification: object): object =>
  log({
    invocations: [
      { executionSuccessful: true, toolExecutionNotifications: [{ message: { text: 'Stopped.' }, ...notification }] },
    ],
  });

export const multitoolDifferences: readonly MultitoolDifference[] = [
  {
    id: 'run-without-rules',
    reason: 'GitHub shows results whose tool describes no rules; its documentation does not ask for them.',
    covers: ({ ruleId, messageId }) => ruleId === 'GH1018' && messageId === 'Error_MissingDriverRules',
    example: log({ tool: { driver: { ...driver, rules: undefined } } }),
  },
  {
    id: 'reference-by-id-alone',
    reason:
      'An id takes no part in the lookup of a descriptor (section 3.52.4): one that nothing describes is a name, no dead reference.',
    covers: ({ ruleId, messageId }) =>
      (ruleId === 'AI2017' && messageId === 'Warning_Unresolvable') ||
      (ruleId === 'AI1013' && messageId === 'Error_Default'),
    example: notified({ descriptor: { id: 'SHOP9001' }, associatedRule: { id: 'SHOP9002' } }),
  },
  {
    id: 'notification-without-descriptor',
    reason: 'A notification need not have a descriptor (section 3.58.2).',
    covers: ({ ruleId, messageId }) => ruleId === 'AI2017' && messageId === 'Warning_Missing',
    example: notified({}),
  },
  {
    id: 'rule-id-beside-rule',
    reason:
      "A rule of an extension needs 'rule', and most readers look for 'ruleId' alone: both together help everyone.",
    covers: ({ messageId }) => messageId === 'Warning_AvoidDuplicativeResultRuleInformation',
    example: log(
      { tool: { driver: { ...driver, rules: [] }, extensions: [{ name: 'Shop Rules', rules: driver.rules }] } },
      [resultWith({ rule: { id: 'SHOP1001', index: 0, toolComponent: { index: 0 } } })],
    ),
  },
  {
    id: 'rule-index-into-an-extension',
    comesWith: ['rule-id-beside-rule'],
    reason:
      "The component that 'rule' names is the one that 'ruleIndex' counts in (section 3.27.6); sarif-multitool looks at the driver's rules.",
    covers: ({ ruleId, details: [place = '', , member] }, document) =>
      ruleId === 'SARIF1009' && member === 'ruleIndex' && namesComponent(document, place),
    example: log(
      { tool: { driver: { ...driver, rules: [] }, extensions: [{ name: 'Shop Rules', rules: driver.rules }] } },
      [
        resultWith({
          ruleId: undefined,
          ruleIndex: 0,
          rule: { id: 'SHOP1001', index: 0, toolComponent: { index: 0 } },
        }),
      ],
    ),
  },
  {
    id: 'sarif-uri-believed',
    reason: 'Results are read one by one: what a URI names in results or in other runs is believed.',
    covers: ({ ruleId, details: [, uri = ''] }) => ruleId === 'SARIF1013' && /^sarif:\/runs\/\d+/.test(uri),
    example: log({}, [
      resultWith({
        relatedLocations: [{ physicalLocation: { artifactLocation: { uri: 'sarif:/runs/0/results/99' }, region } }],
      }),
    ]),
  },
  {
    id: 'location-beside-the-repository',
    reason: 'A result may lie outside of the repository: in a generated file, or in what the compiler brings along.',
    covers: ({ messageId }) => messageId === 'Warning_ExpressResultLocationsRelativeToMappedTo',
    example: log(
      {
        versionControlProvenance: [
          { repositoryUri: 'https://git.shop.example/shop', mappedTo: { uriBaseId: 'SRCROOT' } },
        ],
        originalUriBaseIds: { SRCROOT: { uri: 'file:///shop/' }, OUT: { uri: 'file:///out/' } },
      },
      [
        resultWith({
          locations: [{ physicalLocation: { artifactLocation: { uri: 'cart.js', uriBaseId: 'OUT' }, region } }],
        }),
      ],
    ),
  },
];

/** Whether the rule of the result at `runs[0].results[1]` lies in a component that is named. */
function namesComponent(document: unknown, place: string): boolean {
  const [, run, result] = /^runs\[(\d+)\]\.results\[(\d+)\]/.exec(place) ?? [];
  const { runs } = document as { runs?: { results?: { rule?: { toolComponent?: unknown } }[] }[] };
  return runs?.[Number(run)]?.results?.[Number(result)]?.rule?.toolComponent !== undefined;
}
