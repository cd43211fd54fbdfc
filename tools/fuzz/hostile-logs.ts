import type { Dice } from '../../packages/sarif/src/json/test-support/dice.ts';

/** Makes the text of a log that is meant to hurt. Some hundred kilobytes at most: more than linear work has to show in a second. */
export type HostileLog = (dice: Dice) => string;

type Fields = Record<string, unknown>;

const message = { text: 'The text of the request is evaluated.' };
const uri = 'src/cart.js';

/** How often something is repeated. */
const few = [0, 1, 2, 3, 17];
const many = [100, 300, 1000, 2500];
const countOf = (dice: Dice): number => dice.pick(dice.chance(50) ? few : many);

function listOf<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index));
}

function located(members: Fields = {}, region: Fields = { startLine: 3 }): Fields {
  return { physicalLocation: { artifactLocation: { uri, ...members }, region } };
}

function resultOf(members: Fields = {}): Fields {
  return { ruleId: 'shop/no-eval', level: 'error', message, locations: [located()], ...members };
}

function logOf(run: Fields, results: unknown, driver: Fields = {}): Fields {
  return { version: '2.1.0', runs: [{ tool: { driver: { name: 'Shop Lint', ...driver } }, ...run, results }] };
}

const textOf = (log: unknown): string => JSON.stringify(log);

/** Names that mean something to JavaScript, and nothing to SARIF. */
const trapNames = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'valueOf',
  '',
  ' ',
  '0',
  '-1',
];

/** What expressions and scanners stumble over when there is much of it. */
const stumblingBlocks = [
  '{',
  '}',
  '{{',
  '{0}',
  '{9999999999}',
  '[',
  '](',
  '[a](1)',
  '[a](sarif:/runs/0)',
  '\\[',
  '\\',
  '%',
  '%2',
  '%41',
  '../',
  './',
  'a/',
  '//',
  'a-',
  'a.',
  '1.',
  '0',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\u0000',
  '\u2028',
  'é',
  '😀',
  '<a ',
  '<!--',
  '```',
  '`a',
  '**',
  'CWE-',
  'cwe-79 ',
  'external/cwe/cwe-',
  '/v1',
  ':',
  '?',
  '#',
  '@',
  '&#',
  '"',
  "'",
  'token=',
  'https://',
  'C:\\',
  '!',
  '. ',
];

/** Command lines, paths and URIs with something in them that is nobody's business, and others. */
const recorded = [
  'scan --token 1f9b3c',
  '--token',
  '1f9b3c',
  '--password=hunter2',
  '"--db-password=a b"',
  "--api-key '1f9b3c'",
  '-Dsonar.token=1f9b3c',
  'PASSWORD=hunter2 scan',
  'GITHUB_TOKEN="a',
  '[REDACTED]',
  '--token=[REDACTED]',
  '/home/alice/shop',
  'file:///home/alice/shop/src/a.c',
  'file:///home/alice/',
  'file:///Users/alice/../bob/a.c',
  'C:\\Users\\alice\\a.c',
  'file:///C:/Users/alice%20b/a.c',
  '/home/al%69ce/a.c',
  'https://alice:hunter2@git.shop.example/shop',
  'https://alice:p@ss@git.shop.example/home/alice/shop',
  'https://ghp_0123456789@github.com/a/b',
  'ssh://git@git.shop.example/a',
  '//alice:hunter2@git.shop.example/a',
  '-o=/home/alice/x,/Users/bob/y',
  'src/cart.js',
  'alice',
  '',
  ' ',
];

/** Members that hold a string, each put where a rule may look at it. */
const placesOfText: Readonly<Record<string, (text: string) => Fields>> = {
  message: (text) => logOf({}, [resultOf({ message: { text, markdown: text, arguments: [text, text] } })]),
  messageString: (text) =>
    logOf({}, [resultOf({ message: { id: text, arguments: ['a'] } })], {
      rules: [{ id: 'shop/no-eval', messageStrings: { [text]: { text, markdown: text } } }],
      globalMessageStrings: { [text]: { text } },
    }),
  uri: (text) =>
    logOf({ originalUriBaseIds: { A: { uri: text, uriBaseId: text } } }, [
      resultOf({ locations: [located({ uri: text, uriBaseId: 'A' })] }),
    ]),
  ruleId: (text) =>
    logOf({}, [resultOf({ ruleId: text, rule: { id: text, toolComponent: { name: text } } })], {
      rules: [{ id: text.slice(0, -1), deprecatedIds: [text], name: text }],
    }),
  forms: (text) =>
    logOf(
      {
        language: text,
        baselineGuid: text,
        automationDetails: { id: text, guid: text },
        defaultEncoding: text,
        newlineSequences: [text],
      },
      [
        resultOf({
          guid: text,
          provenance: { firstDetectionTimeUtc: text },
          hostedViewerUri: text,
          workItemUris: [text],
        }),
      ],
      { version: text, semanticVersion: text, dottedQuadFileVersion: text, informationUri: text, language: text },
    ),
  fingerprints: (text) =>
    logOf({}, [resultOf({ fingerprints: { [text]: text }, partialFingerprints: { [`${text}/v1`]: text } })]),
  properties: (text) =>
    logOf({}, [resultOf({ properties: { tags: [text], cwe: text, 'security-severity': text, [text]: text } })], {
      rules: [{ id: 'shop/no-eval', properties: { tags: [text], 'security-severity': text, cwe: [text] } }],
    }),
  logical: (text) =>
    logOf({ logicalLocations: [{ name: text, fullyQualifiedName: text }] }, [
      resultOf({ locations: [{ logicalLocations: [{ fullyQualifiedName: text, name: text, kind: text }] }] }),
    ]),
  invocation: (text) =>
    logOf(
      {
        invocations: [
          {
            executionSuccessful: true,
            commandLine: text,
            arguments: [text],
            account: text,
            machine: text,
            environmentVariables: { [text]: text },
            workingDirectory: { uri: text },
            startTimeUtc: text,
          },
        ],
        versionControlProvenance: [{ repositoryUri: text, mappedTo: { uriBaseId: text } }],
      },
      [resultOf()],
    ),
  contents: (text) =>
    logOf({ artifacts: [{ location: { uri }, contents: { text, binary: text }, encoding: text, mimeType: text }] }, [
      resultOf({
        locations: [
          located({ index: 0 }, { startLine: 2, endLine: 3, charOffset: 1, charLength: 2, snippet: { text } }),
        ],
      }),
    ]),
};

/** Where SARIF has an index, a position, a count. */
const placesOfNumbers: readonly ((value: unknown) => Fields)[] = [
  (value) =>
    logOf({}, [resultOf({ ruleIndex: value, rule: { index: value, toolComponent: { index: value } } })], {
      rules: [{ id: 'shop/no-eval' }],
    }),
  (value) =>
    logOf({ artifacts: [{ location: { uri, index: value }, parentIndex: value, length: value, offset: value }] }, [
      resultOf({ locations: [located({ index: value })] }),
    ]),
  (value) =>
    logOf(
      {
        logicalLocations: [{ name: 'a', index: value, parentIndex: value }],
        addresses: [
          { index: value, parentIndex: value, length: value, absoluteAddress: value, offsetFromParent: value },
        ],
      },
      [
        resultOf({
          locations: [
            { id: value, logicalLocations: [{ index: value }], physicalLocation: { address: { index: value } } },
          ],
        }),
      ],
    ),
  (value) =>
    logOf({}, [
      resultOf({
        locations: [
          located(
            {},
            {
              startLine: value,
              endLine: value,
              startColumn: value,
              endColumn: value,
              charOffset: value,
              charLength: value,
              byteOffset: value,
              byteLength: value,
            },
          ),
        ],
        rank: value,
        occurrenceCount: value,
      }),
    ]),
  (value) =>
    logOf({ threadFlowLocations: [{ index: value }] }, [
      resultOf({
        codeFlows: [
          {
            threadFlows: [
              { locations: [{ index: value, executionOrder: value, nestingLevel: value, taxa: [{ index: value }] }] },
            ],
          },
        ],
      }),
    ]),
  (value) =>
    logOf({ graphs: [{ nodes: [{ id: 'a' }] }] }, [
      resultOf({
        graphTraversals: [{ runGraphIndex: value, edgeTraversals: [{ edgeId: 'a', stepOverEdgeCount: value }] }],
        webRequest: { index: value },
        webResponse: { index: value, statusCode: value },
        provenance: { invocationIndex: value },
      }),
    ]),
  (value) =>
    logOf(
      {
        taxonomies: [
          {
            name: 'CWE',
            taxa: [{ id: 'CWE-79', relationships: [{ target: { index: value, toolComponent: { index: value } } }] }],
          },
        ],
        invocations: [
          {
            executionSuccessful: true,
            exitCode: value,
            exitSignalNumber: value,
            processId: value,
            ruleConfigurationOverrides: [{ descriptor: { index: value }, configuration: { rank: value } }],
          },
        ],
      },
      [resultOf({ taxa: [{ index: value, toolComponent: { index: value } }] })],
    ),
];

/** As they stand in the text: most of them are no numbers of JavaScript. */
const hostileNumbers = [
  '-1',
  '-2',
  '0',
  '-0',
  '1.0',
  '1e0',
  '0.1e1',
  '2147483647',
  '2147483648',
  '4294967295',
  '4294967296',
  '9007199254740991',
  '9007199254740993',
  '-9007199254740993',
  '12345678901234567890',
  '1e15',
  '1e21',
  '1e300',
  '1e400',
  '-1e400',
  '1e-400',
  '0.5',
  '1E+2',
  '9'.repeat(400),
  `0.${'1'.repeat(5000)}`,
  `1${'0'.repeat(20_000)}`,
];

/** Text with a number in the places where a made-up word stands. */
function withNumber(log: Fields, number: string): string {
  return textOf(log).replaceAll('"NUMBER"', number);
}

export const hostileLogs: Readonly<Record<string, HostileLog>> = {
  'deep nesting'(dice) {
    const depth = dice.pick([50, 190, 195, 196, 197, 198, 199, 200, 201, 1000, 20_000]);
    const [open, close] = dice.pick([
      ['[', ']'],
      ['{"a":', '}'],
      ['[{"a":', '}]'],
    ] as const);
    const tail = dice.chance(80) ? `0${close.repeat(depth)}` : '';
    const nest = `${open.repeat(depth)}${tail}`;
    const place = dice.pick(['"properties"', '"results"', '"automationDetails"', '"logicalLocations"']);
    return `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Shop Lint"}},${place}:${nest}}]}`;
  },

  'nested children'(dice) {
    const depth = dice.pick([10, 60, 90]);
    let node: Fields = { id: 'leaf' };
    for (let level = 0; level < depth; level += 1)
      node = { id: `n${level % dice.pick([1, 3, 100])}`, children: [node] };
    let exception: Fields = { message: 'Stopped.' };
    for (let level = 0; level < depth; level += 1) exception = { message: 'Stopped.', innerExceptions: [exception] };
    const graphs = [{ nodes: [node], edges: [{ id: 'e', sourceNodeId: 'n0', targetNodeId: 'leaf' }] }];
    const notification = { message, exception };
    return textOf(
      logOf({ graphs, invocations: [{ executionSuccessful: false, toolExecutionNotifications: [notification] }] }, [
        resultOf({ graphs }),
      ]),
    );
  },

  'hostile numbers'(dice) {
    return withNumber(dice.pick(placesOfNumbers)('NUMBER'), dice.pick(hostileNumbers));
  },

  'long strings'(dice) {
    const block = dice.pick(stumblingBlocks);
    const length = dice.pick([1, 10, 300, 5000, 40_000]);
    const other = dice.chance(30) ? dice.pick(stumblingBlocks) : '';
    const text =
      dice.pick(['', 'a', other]) +
      (block + other).repeat(Math.ceil(length / (block + other).length)) +
      dice.pick(['', 'a', '!', '\n', other]);
    const place = dice.pick(Object.keys(placesOfText)) as keyof typeof placesOfText;
    return textOf((placesOfText[place] as (text: string) => Fields)(text));
  },

  'nested brackets'(dice) {
    const [open, close] = dice.pick([
      ['[', '](1)'],
      ['[\\[', '\\]](sarif:/runs/0)'],
      ['{', '}'],
      ['{{0}', '}}'],
      ['(', ')'],
      ['**', '**'],
      ['<b>', '</b>'],
      ['`[', ']`'],
      ['a/../', '/..'],
      ['%25', '%25'],
      ['"', '"'],
    ] as const);
    const depth = dice.pick([2, 9, 12, 300, 10_000]);
    const text = `${open.repeat(depth)}a${close.repeat(depth)}`;
    const place = dice.pick(Object.keys(placesOfText)) as keyof typeof placesOfText;
    return textOf((placesOfText[place] as (text: string) => Fields)(text));
  },

  'many strings'(dice) {
    const results = listOf(dice.pick([3, 200]), () => {
      const text = listOf(dice.below(30), () => dice.pick(stumblingBlocks)).join('');
      return resultOf({
        message: { text, arguments: ['a'] },
        locations: [located({ uri: text })],
        ruleId: text,
        fingerprints: { [text]: text },
      });
    });
    return textOf(logOf({}, results));
  },

  'repeated members'(dice) {
    const text = textOf(
      logOf({ artifacts: [{ location: { uri } }] }, [resultOf(), resultOf()], { rules: [{ id: 'shop/no-eval' }] }),
    );
    const members = [...text.matchAll(/"(\w+)":/g)];
    const times = dice.pick([1, 2, 500]);
    const { index, 0: member } = dice.pick(members);
    const value = dice.pick([
      'null',
      '1',
      '"x"',
      '[]',
      '{}',
      '[{}]',
      '[null]',
      '[1,{}]',
      '{"a":1,"a":2}',
      '[{"message":{"text":"a"}}]',
    ]);
    return text.slice(0, index) + `${member}${value},`.repeat(times) + text.slice(index);
  },

  'trap names'(dice) {
    const name = dice.pick(trapNames);
    const named = (value: unknown): Fields => Object.fromEntries([[name, value]]);
    const log = logOf(
      {
        originalUriBaseIds: named({ uri: 'src/', uriBaseId: name }),
        properties: named({ tags: [name] }),
        artifacts: [{ location: { uri: name, uriBaseId: name }, hashes: named('00') }],
        invocations: [{ executionSuccessful: true, environmentVariables: named('1') }],
        logicalLocations: [{ name, fullyQualifiedName: name, kind: name }],
        language: name,
      },
      [
        resultOf({
          ruleId: name,
          rule: { id: name, toolComponent: { name } },
          message: { id: name },
          fingerprints: named(name),
          partialFingerprints: named(name),
          properties: { ...named(1), tags: [name] },
          locations: [{ id: 1, ...located({ uri: name, uriBaseId: name }) }],
        }),
        Object.fromEntries([...Object.entries(resultOf()), [name, { level: 'note' }]]),
      ],
      {
        rules: [{ id: name, messageStrings: named({ text: name }), guid: name }],
        globalMessageStrings: named({ text: 'a' }),
      },
    );
    return textOf(log);
  },

  'lone surrogates'(dice) {
    const text = dice.pick([
      '\\ud800',
      '\\udc00',
      'a\\ud83d',
      '\\ud83d\\ud83d\\ude00',
      '\\u0000',
      '\\u0007\\ud800',
      '\\uffff',
    ]);
    const place = dice.pick(Object.keys(placesOfText)) as keyof typeof placesOfText;
    return textOf((placesOfText[place] as (text: string) => Fields)('TEXT')).replaceAll('TEXT', text);
  },

  'cyclic parents'(dice) {
    const length = Math.max(1, countOf(dice));
    const parent = dice.pick<(index: number) => number>([
      (index) => (index + 1) % length,
      (index) => index,
      (index) => index - 1,
      (index) => index + 1,
      () => 0,
      (index) => Math.floor(index / 2),
    ]);
    return textOf(
      logOf(
        {
          artifacts: listOf(length, (index) => ({ location: { uri: `f${index}` }, parentIndex: parent(index) })),
          logicalLocations: listOf(length, (index) => ({ name: `n${index}`, parentIndex: parent(index) })),
          addresses: listOf(length, (index) => ({ offsetFromParent: 1, parentIndex: parent(index) })),
        },
        listOf(dice.pick([1, 300]), (index) =>
          resultOf({
            locations: [
              {
                physicalLocation: { artifactLocation: { index: index % length }, address: { index: index % length } },
                logicalLocations: [{ index: length - 1 }],
              },
            ],
          }),
        ),
      ),
    );
  },

  'parents of what the header names'(dice) {
    const length = Math.max(1, countOf(dice));
    const chain = (members: (index: number) => Fields): Fields[] =>
      listOf(length, (index) => ({ ...members(index), parentIndex: index - 1 }));
    const location = (index: number): Fields => ({
      physicalLocation: {
        artifactLocation: { index },
        address: { index, offsetFromParent: 1, parentIndex: index - 1 },
      },
      logicalLocations: [{ index }, { name: `m${index}`, parentIndex: index }],
    });
    const toolExecutionNotifications = listOf(dice.pick([1, 500]), (index) => ({
      message,
      locations: [location((index * 7) % length)],
    }));
    return textOf(
      logOf(
        {
          artifacts: chain((index) => ({ location: { uri: `/f${index}` } })),
          logicalLocations: chain((index) => ({ name: `n${index}` })),
          addresses: chain(() => ({ offsetFromParent: 1 })),
          invocations: [{ executionSuccessful: true, workingDirectory: { index: 0 }, toolExecutionNotifications }],
        },
        listOf(dice.pick([0, 1, 200]), (index) => resultOf({ locations: [location((index * 11) % length)] })),
      ),
    );
  },

  'cyclic base ids'(dice) {
    const length = Math.max(1, countOf(dice));
    const next = dice.pick<(index: number) => number>([
      (index) => (index + 1) % length,
      (index) => index,
      (index) => index + 1,
    ]);
    const bases = Object.fromEntries(
      listOf(length, (index) => [
        `B${index}`,
        { uri: dice.pick(['x/', 'x', '../', 'file:///a/', '']), uriBaseId: `B${next(index)}` },
      ]),
    );
    const results = listOf(dice.pick([1, 500]), (index) =>
      resultOf({ locations: [located({ uriBaseId: `B${index % length}` })] }),
    );
    return textOf(
      logOf(
        {
          originalUriBaseIds: bases,
          versionControlProvenance: [{ repositoryUri: 'https://git.shop.example/', mappedTo: { uriBaseId: 'B0' } }],
        },
        results,
      ),
    );
  },

  'index bombs'(dice) {
    const count = countOf(dice);
    const value = dice.pick([0, count - 1, count, 2 ** 31, 2 ** 53, -1]);
    const rules = listOf(count, (index) => ({ id: `R${index}` }));
    const results = listOf(dice.pick([1, 1000]), (index) =>
      resultOf({
        ruleId: `R${index}`,
        ruleIndex: value,
        locations: [located({ index: value })],
        taxa: [{ index: value, toolComponent: { index: 0 } }],
      }),
    );
    return textOf(
      logOf({ artifacts: listOf(count, (index) => ({ location: { uri: `f${index}` } })) }, results, { rules }),
    );
  },

  'thousands of flows'(dice) {
    const count = countOf(dice);
    const step = (index: number): Fields => ({
      executionOrder: index,
      location: { id: index % dice.pick([1, 7, 10_000]), ...located() },
    });
    const flows =
      dice.below(3) === 0
        ? listOf(count, (index) => ({ threadFlows: [{ locations: [step(index)] }] }))
        : [
            {
              threadFlows: dice.chance(50)
                ? [{ locations: listOf(count, step) }]
                : listOf(count, (index) => ({ id: 't', locations: [step(index)] })),
            },
          ];
    const relatedLocations = listOf(countOf(dice), (index) => ({
      id: index,
      ...located(),
      relationships: [{ target: index + 1 }, { target: -1 }],
    }));
    const links = listOf(Math.min(count, 300), (index) => `[step](${index})`).join(' ');
    return textOf(logOf({}, [resultOf({ codeFlows: flows, relatedLocations, message: { text: links } })]));
  },

  'equal elements'(dice) {
    const count = countOf(dice);
    const rule = { id: 'shop/no-eval', name: 'NoEval', guid: '7a3f1f9e-8d1c-4a6e-9a53-000000000000' };
    const artifact = { location: { uri }, roles: ['analysisTarget', 'analysisTarget'] };
    const tags = listOf(count, (index) => `t${index % dice.pick([1, 10, 100_000])}`);
    return textOf(
      logOf(
        {
          artifacts: listOf(count, () => artifact),
          logicalLocations: listOf(count, () => ({ name: 'a' })),
          taxonomies: listOf(Math.min(count, 100), () => ({ name: 'CWE' })),
        },
        listOf(dice.pick([2, 500]), () => resultOf({ properties: { tags }, guid: rule.guid }).valueOf()).slice(
          0,
          Math.max(2, Math.ceil(30_000 / (count + 1))),
        ),
        { rules: listOf(count, () => rule) },
      ),
    );
  },

  'more than there is room for'(dice) {
    const tags = listOf(dice.pick([10, 11, 21, 1000]), (index) => `t${index}`);
    const locations = listOf(dice.pick([2, 101, 1001, 1500]), (index) => located({ uri: `src/f${index % 50}.js` }));
    const steps = listOf(dice.pick([1, 1001, 10_001]), () => ({}));
    return textOf({
      version: '2.1.0',
      runs: listOf(dice.pick([1, 21]), (index) => ({
        tool: {
          driver: { name: `Shop Lint ${index}`, rules: [{ id: 'shop/no-eval', properties: { tags } }] },
          extensions: listOf(index === 0 ? dice.pick([0, 101]) : 0, (at) => ({ name: `E${at}` })),
        },
        results: index === 0 ? [resultOf({ locations, codeFlows: [{ threadFlows: [{ locations: steps }] }] })] : [],
      })),
    });
  },

  'what rules and runs say of levels'(dice) {
    const level = (): unknown => dice.pick(['none', 'note', 'warning', 'error', undefined, 'critical']);
    const ids = ['R', 'R/sub', 'S'];
    const configuration = (): Fields => ({ level: level(), enabled: dice.pick([true, false, undefined]) });
    const rules = listOf(3, (index) => ({
      id: ids[index],
      defaultConfiguration: configuration(),
      properties: { 'security-severity': dice.pick<unknown>(['9.8', '', 'high', 7, undefined]), cwe: 'CWE-79' },
    }));
    const ruleConfigurationOverrides = listOf(4, () => ({
      descriptor: dice.pick<unknown>([{ id: dice.pick(ids) }, { index: dice.below(4) }]),
      configuration: configuration(),
    }));
    const invocation = {
      executionSuccessful: true,
      exitCode: 1,
      exitSignalName: dice.pick([undefined, 'SIGKILL']),
      processStartFailureMessage: dice.pick([undefined, 'No memory.']),
      ruleConfigurationOverrides,
    };
    const suppression = {
      kind: 'external',
      status: dice.pick([undefined, 'accepted', 'rejected', 'underReview']),
      properties: { expiryUtc: dice.pick(['2001-01-01', '2999-01-01T00:00:00Z', 'never']) },
    };
    const results = listOf(dice.pick([3, 30]), (index) =>
      resultOf({
        ruleId: dice.pick(ids),
        level: level(),
        kind: dice.pick([undefined, 'fail', 'pass', 'review', 'informational']),
        rank: dice.pick([undefined, 50]),
        provenance: dice.pick([undefined, { invocationIndex: dice.below(3) }]),
        suppressions: dice.pick<unknown>([undefined, null, [], [suppression], [suppression, suppression]]),
        baselineState: dice.pick([undefined, 'new', 'absent', 'unchanged']),
        fingerprints: dice.pick<unknown>([undefined, { 'a/v1': 'same' }, { 'a/v1': `${index}`, 'a/v2': 'same' }]),
      }),
    );
    return textOf(
      logOf(
        {
          invocations: listOf(dice.pick([1, 2]), () => invocation),
          conversion: { tool: { driver: { name: dice.pick(['Shop Lint', 'Converter']) } } },
          policies: [{ name: 'Policy', rules: dice.pick<unknown>([undefined, rules]) }],
        },
        results,
        { rules },
      ),
    );
  },

  'what a scan records'(dice) {
    const text = (): string => dice.pick(recorded);
    const location = (): Fields => ({
      uri: text(),
      ...(dice.chance(30) && { uriBaseId: 'ROOT' }),
      ...(dice.chance(20) && { index: 0 }),
    });
    const invocation = (): Fields => ({
      executionSuccessful: true,
      commandLine: listOf(dice.pick([1, 2, 5]), text).join(' '),
      arguments: listOf(dice.below(5), text),
      account: text(),
      machine: text(),
      environmentVariables: { PATH: text(), TOKEN: text() },
      workingDirectory: location(),
      executableLocation: location(),
      responseFiles: [location()],
      stdout: location(),
      toolExecutionNotifications: [
        { message: { text: text() }, locations: [{ physicalLocation: { artifactLocation: location() } }] },
      ],
    });
    return textOf(
      logOf(
        {
          redactionTokens: dice.pick<unknown>([undefined, [], ['[REDACTED]'], ['hunter2', '']]),
          invocations: listOf(dice.pick([1, 3]), invocation),
          conversion: dice.pick<unknown>([undefined, { tool: { driver: { name: 'C' } }, invocation: invocation() }]),
          versionControlProvenance: [{ repositoryUri: text(), mappedTo: location() }],
          originalUriBaseIds: { ROOT: { uri: text() }, HOME: location() },
          artifacts: [{ location: location() }],
        },
        listOf(dice.pick([1, 20]), () =>
          resultOf({
            locations: [{ physicalLocation: { artifactLocation: location(), region: { startLine: 1 } } }],
            analysisTarget: location(),
            hostedViewerUri: text(),
            workItemUris: [text()],
            webRequest: { target: text() },
          }),
        ),
        { rules: [{ id: 'shop/no-eval', helpUri: text() }], informationUri: text(), downloadUri: text() },
      ),
    );
  },

  'long rule ids'(dice) {
    const depth = dice.pick([3, 300, 10_000]);
    const id = listOf(depth, () => 'a').join('/');
    const rules = listOf(dice.pick([1, 300]), (index) => ({ id: id.slice(0, 2 * index + 1) }));
    return textOf(
      logOf(
        {},
        listOf(dice.pick([1, 20]), () => resultOf({ ruleId: id })),
        { rules: rules.slice(0, 300) },
      ),
    );
  },

  'many components'(dice) {
    const count = countOf(dice);
    const extensions = listOf(count, (index) => ({
      name: dice.chance(50) ? `E${index}` : 'E',
      rules: [{ id: `R${index}` }],
      guid: dice.pick([undefined, '7a3f1f9e-8d1c-4a6e-9a53-000000000000']),
    }));
    const results = listOf(dice.pick([1, 1000]), (index) =>
      resultOf({
        ruleId: `R${count - 1 - index}`,
        rule: dice.pick([
          undefined,
          { toolComponent: { name: `E${index}` } },
          { toolComponent: { guid: '7a3f1f9e-8d1c-4a6e-9a53-00000000000f' } },
        ]),
      }),
    );
    const log = logOf({ translations: extensions, policies: extensions, taxonomies: extensions }, results);
    (log['runs'] as [{ tool: Fields }])[0].tool['extensions'] = extensions;
    return textOf(log);
  },

  'many overrides'(dice) {
    const count = Math.min(countOf(dice), 2000);
    const rules = listOf(count, (index) => ({ id: `R${index}` }));
    const ruleConfigurationOverrides = listOf(count, (index) => ({
      descriptor: { id: `R${index}/sub` },
      configuration: { level: 'note' },
    }));
    const notification = (index: number): Fields => ({
      message: { id: 'm' },
      descriptor: { id: `N${index}` },
      associatedRule: { id: `R${index}` },
      level: dice.pick(['error', undefined]),
    });
    const invocations = listOf(dice.pick([1, 2, 50]), () => ({ executionSuccessful: true }));
    invocations[0] = {
      executionSuccessful: true,
      ruleConfigurationOverrides,
      toolExecutionNotifications: listOf(Math.min(count, 500), notification),
    } as never;
    return textOf(
      logOf(
        { invocations },
        listOf(dice.pick([1, 1000]), (index) => resultOf({ ruleId: `R${index}`, level: undefined })),
        { rules },
      ),
    );
  },

  'large graphs'(dice) {
    const count = countOf(dice);
    const id = (index: number): string => `n${index % dice.pick([1, count + 1])}`;
    const graph = {
      nodes: listOf(count, (index) => ({ id: id(index) })),
      edges: listOf(count, (index) => ({ id: `e${index}`, sourceNodeId: id(index), targetNodeId: id(index + 1) })),
    };
    const edgeTraversals = listOf(count, (index) => ({ edgeId: `e${index}` }));
    const traversal = dice.pick([
      { runGraphIndex: 0 },
      { resultGraphIndex: 0 },
      { runGraphIndex: 0, resultGraphIndex: 0 },
      {},
    ]);
    return textOf(
      logOf({ graphs: [graph] }, [resultOf({ graphs: [graph], graphTraversals: [{ ...traversal, edgeTraversals }] })]),
    );
  },

  'many taxa'(dice) {
    const count = countOf(dice);
    const taxa = listOf(count, (index) => ({
      id: `CWE-${index}`,
      relationships: [{ target: { id: `CWE-${index + 1}` } }],
    }));
    const references = listOf(Math.min(count, 1000), (index) =>
      dice.pick([{ id: `CWE-${count - index}` }, { index }, { id: `CWE-${index}`, toolComponent: { name: 'CWE' } }]),
    );
    const rules = [
      { id: 'shop/no-eval', relationships: references.map((target) => ({ target, kinds: ['superset'] })) },
    ];
    return textOf(
      logOf(
        { taxonomies: [{ name: 'CWE', taxa }] },
        listOf(dice.pick([1, 30]), () => resultOf({ taxa: references })),
        { rules, supportedTaxonomies: listOf(Math.min(count, 500), (index) => ({ name: `X${index}` })) },
      ),
    );
  },

  'regions in contents'(dice) {
    const line = dice.pick(['a', 'var x = 1;', 'é😀', '']);
    const lines = dice.pick([1, 1000, 10_000]);
    const text = listOf(lines, () => line).join(dice.pick(['\n', '\r\n', '\r', '\u2028']));
    const results = listOf(dice.pick([1, 500]), (index) =>
      resultOf({
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri, index: 0 },
              region: {
                startLine: (index * 37) % (lines + 2) || 1,
                endLine: lines,
                charOffset: index,
                charLength: dice.pick([0, 1, 1e9]),
                snippet: { text: line },
              },
              contextRegion: { startLine: 1, endLine: lines + 1 },
            },
          },
        ],
      }),
    );
    return textOf(logOf({ artifacts: [{ location: { uri }, contents: { text } }] }, results));
  },

  'links into the log'(dice) {
    const target = dice.pick([
      '/runs/0',
      '/runs/0/results/0',
      '/runs/9/artifacts/0',
      '/runs/0/~2',
      '/runs/0/a%2Fb',
      '//host/runs',
      '/runs/0?q',
      '/runs/0#f',
      '',
      '/',
      '/inlineExternalProperties/0',
      '/runs/0/artifacts/00',
      `/${'runs/'.repeat(dice.pick([1, 200]))}`,
    ]);
    const text = listOf(dice.pick([1, 300]), () => `[a](sarif:${target})`).join('');
    return textOf(
      logOf({ artifacts: [{ location: { uri: `sarif:${target}` } }] }, [
        resultOf({ message: { text }, locations: [located({ uri: `sarif:${target}` })] }),
      ]),
    );
  },

  'odd runs'(dice) {
    const run = dice.pick<unknown>([
      null,
      1,
      'x',
      [],
      {},
      { tool: null },
      { tool: { driver: { name: '' } } },
      { tool: { driver: { name: 'Shop Lint' } } },
      {
        tool: { driver: { name: 'Shop Lint' } },
        results: dice.pick<unknown>([null, 1, {}, [null], [1], [[]], [{}], 'x']),
      },
    ]);
    const runs = listOf(dice.pick([1, 2, 300]), () => run);
    return textOf({
      version: dice.pick(['2.1.0', '1.0.0', 210, null]),
      runs: dice.pick<unknown>([runs, { 0: run }, null]),
      inlineExternalProperties: dice.pick<unknown>([undefined, [], [{}], [null]]),
    });
  },

  'external properties'(dice) {
    const reference = dice.pick<Fields>([
      {},
      { location: { uri: '../../etc/passwd' } },
      { location: { uri: 'http://localhost/x' } },
      { guid: '7a3f1f9e-8d1c-4a6e-9a53-000000000000' },
      { location: { uri: 'sarif:/inlineExternalProperties/0' } },
      { location: { uri: 'a.json' }, itemCount: 2 ** 40 },
    ]);
    const names = ['results', 'artifacts', 'driver', 'externalizedProperties', 'graphs', 'taxonomies', 'conversion'];
    const externalPropertyFileReferences = Object.fromEntries(
      names.map((name) => [name, dice.pick<unknown>([reference, listOf(dice.pick([1, 300]), () => reference)])]),
    );
    return textOf({
      ...logOf({ externalPropertyFileReferences }, [resultOf()]),
      inlineExternalProperties: [
        { guid: '7a3f1f9e-8d1c-4a6e-9a53-000000000000', results: [resultOf()], artifacts: [] },
      ],
    });
  },

  'fixes that overlap'(dice) {
    const replacement = (index: number): Fields => ({
      deletedRegion: { startLine: dice.pick([1, index + 1]), endLine: dice.pick([1, index + 5]) },
      insertedContent: dice.pick<unknown>([undefined, { text: '' }, { binary: 'AA==' }]),
    });
    const change = (): Fields => ({
      artifactLocation: { uri },
      replacements: listOf(dice.pick([0, 1, 1000]), replacement),
    });
    return textOf(
      logOf({}, [
        resultOf({
          fixes: listOf(dice.pick([1, 20]), () => ({ artifactChanges: listOf(dice.pick([0, 1, 3]), change) })),
        }),
      ]),
    );
  },

  'white space and escapes'(dice) {
    const log = logOf(
      {},
      listOf(dice.pick([1, 50]), () => resultOf()),
    );
    if (dice.chance(30))
      return JSON.stringify(log, undefined, dice.pick([2, 10])).replaceAll(
        '\n',
        dice.pick(['\r\n', '\r', '\n\n\n\n', ' \t\n']),
      );
    if (dice.chance(50))
      return textOf(log).replaceAll(/[a-z]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return `${' '.repeat(dice.pick([0, 100_000]))}${textOf(log)}${dice.pick(['\n', ' '.repeat(70_000), '\u0000', '{}', '\ufeff', ',', '//'])}`;
  },
};
